import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowsers, useServer, type BrowserName, type BrowserWindow } from './harness.ts'
import { Person } from './harness/person.ts'
import type { OriginalClient } from './pages/original-client.js'

declare global {
  interface Window {
    readonly client: OriginalClient
  }
}

describe('a client of the original protocol', () => {
  const server = useServer({ serve: ['/e2e/=test/e2e/pages'] })
  const open = useBrowsers()
  let domains = 0

  /** Somebody with our phone, and somebody with a client that knows nothing of it. */
  async function meet(browser: BrowserName): Promise<readonly [Person, BrowserWindow, string]> {
    domains += 1
    const [ours, theirs] = ['alice', 'bob'].map((name) => `${name}@original${domains}.example`)
    assert.ok(ours && theirs)
    const url = new URL('/e2e/phone.html', server().url)
    url.search = new URLSearchParams({ server: server().url, 'user-id': ours, 'media-type': 'audio' }).toString()
    const alice = new Person(await open(browser, url.href), ours)
    await alice.sees('Ready')
    const bob = await open(browser, new URL('/e2e/original-client.html', server().url).href)
    await bob.until('the client is loaded', () => window.client.state)
    await bob.evaluate((name) => window.client.signIn(name), theirs)
    return [alice, bob, theirs]
  }

  const becomes = (bob: BrowserWindow, state: string): Promise<unknown> =>
    bob.until(`the call is ${state}`, (wanted) => window.client.state === wanted, state)

  /** Resolves when the phone holds the client's call, or no longer, and the client has answered. */
  const isHeld = (bob: BrowserWindow, held: boolean): Promise<unknown> =>
    bob.until(
      `the call is ${held ? 'held' : 'resumed'} by the other side`,
      (wanted) => window.client.calls.some((call) => call.heldByOther === wanted && call.state === 'connected'),
      held,
    )

  /** Resolves when a second of sound arrives that had not come before. */
  async function hears(bob: BrowserWindow): Promise<void> {
    const before = await bob.evaluate(() => window.client.packets())
    await bob.until('sound arrives', async (least) => (await window.client.packets()) > least, before + 50)
  }

  async function talk(browser: BrowserName): Promise<readonly [Person, BrowserWindow]> {
    const [alice, bob] = await meet(browser)
    await bob.evaluate((address) => window.client.dial(address), alice.address)
    await alice.press('Answer')
    await Promise.all([alice.seesTheTime(), becomes(bob, 'connected')])
    return [alice, bob]
  }

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      it('calls a phone, and both hear each other', async () => {
        const [alice, bob] = await talk(browser)
        await Promise.all([alice.hearsSound(), hears(bob)])
      })

      it('is called by a phone, and both hear each other', async () => {
        const [alice, bob, theirs] = await meet(browser)
        await alice.dial(theirs)
        await becomes(bob, 'ringing')
        await bob.evaluate(() => window.client.answer())
        await Promise.all([alice.seesTheTime(), becomes(bob, 'connected')])
        await Promise.all([alice.hearsSound(), hears(bob)])
      })

      it('is put on hold and back by a phone', async () => {
        const [alice, bob] = await talk(browser)
        await alice.press('Hold')
        await Promise.all([alice.sees('On hold'), isHeld(bob, true)])
        await alice.press('Hold')
        await isHeld(bob, false)
        await Promise.all([alice.hearsSound(), hears(bob)])
      })

      it('puts a phone on hold and back', async () => {
        const [alice, bob] = await talk(browser)
        await bob.evaluate(() => window.client.hold())
        await Promise.all([alice.sees(/put you on hold/), becomes(bob, 'held')])
        await bob.evaluate(() => window.client.resume())
        await Promise.all([alice.hearsSound(), hears(bob)])
      })

      it('hears that a phone declined', async () => {
        const [alice, bob] = await meet(browser)
        await bob.evaluate((address) => window.client.dial(address), alice.address)
        await alice.press('Decline')
        await becomes(bob, 'rejected')
      })

      it('hears that a phone gave up', async () => {
        const [alice, bob, theirs] = await meet(browser)
        await alice.dial(theirs)
        await becomes(bob, 'ringing')
        await alice.press('Cancel')
        await becomes(bob, 'canceled')
      })

      it('hangs up', async () => {
        const [alice, bob] = await talk(browser)
        await bob.evaluate(() => window.client.end('terminate'))
        await alice.sees(/hung up/)
      })
    })
  }
})
