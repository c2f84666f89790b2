import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { oneBrowser, useBrowser, type BrowserWindow } from '../e2e/harness.ts'
import { NetworkPath } from '../e2e/harness/network-path.ts'
import { hears, hearsSound, rings, signIn, useKamailio, usePages } from './harness.ts'
import type {} from './page/engine.ts'

/** Calls up, held and resumed by each, with a new media path, and ended by who did not call. */
async function wholeCall(alice: BrowserWindow, bob: BrowserWindow, address: string): Promise<void> {
  await alice.evaluate((to) => softphone.dial(to), address)
  await rings(bob)
  await bob.evaluate(() => softphone.answer())
  await hears(alice, 'established')
  await Promise.all([hearsSound(alice), hearsSound(bob)])
  for (const [one, other] of [
    [alice, bob],
    [bob, alice],
  ] as const) {
    await one.evaluate(() => softphone.line().leg.hold())
    await hears(other, 'held')
    await one.evaluate(() => softphone.line().leg.resume())
    await hears(other, 'resumed')
    await one.evaluate(() => softphone.line().leg.restartMedia())
    await Promise.all([hearsSound(alice), hearsSound(bob)])
  }
  await bob.evaluate(() => softphone.line().leg.end())
  assert.deepEqual(await hears(alice, 'ended'), { reason: 'remote-hangup' })
}

for (const browser of oneBrowser) {
  describe(`Kamailio at an address of IPv6, in ${browser}`, () => {
    const kamailio = useKamailio({ ipv6: true })
    const pages = usePages('softphone')
    const open = useBrowser(browser)

    /** The account is one of the address itself: it has no name. */
    async function person(name: string): Promise<BrowserWindow> {
      const window = await open(pages().url('softphone'))
      const identity = { userId: name, password: 'secret' }
      await window.evaluate((who, servers) => softphone.signIn(who, { servers }), identity, kamailio().ipv6Url)
      return window
    }

    it('takes a whole call of two accounts of that address', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await wholeCall(alice, bob, 'bob@[::1]')
      assert.equal((await rings(bob)).address, 'alice@[::1]')
    })
  })

  describe(`Kamailio that hides topology, in ${browser}`, () => {
    const kamailio = useKamailio({ hidesTopology: true })
    const pages = usePages('softphone')
    const open = useBrowser(browser)

    async function person(name: string): Promise<BrowserWindow> {
      const window = await open(pages().url('softphone'))
      await signIn(window, kamailio(), name)
      return window
    }

    it('takes a whole call', async () => {
      const [alice, bob] = await Promise.all([person('alice'), person('bob')])
      await wholeCall(alice, bob, 'bob@127.0.0.1')
      const headers: Readonly<Record<string, string>> = await bob.evaluate(() => softphone.line().leg.headers ?? {})
      assert.match(headers['Contact'] ?? '', /<sip:[ab]tpsh-/)
      assert.equal(headers['Record-Route'], undefined)
    })

    it('sends a call on to somebody else', async () => {
      const [alice, bob, carol] = await Promise.all([person('alice'), person('bob'), person('carol')])
      await alice.evaluate(() => softphone.dial('bob@127.0.0.1'))
      await rings(bob)
      await bob.evaluate(() => softphone.answer())
      await hears(alice, 'established')
      const transferring = alice.evaluate(() =>
        softphone.line().leg.transfer?.('carol@127.0.0.1', AbortSignal.timeout(15_000)),
      )
      await rings(carol)
      await carol.evaluate(() => softphone.answer())
      await transferring
      assert.deepEqual(await hears(alice, 'ended'), { reason: 'transferred' })
      await Promise.all([hearsSound(bob), hearsSound(carol)])
    })
  })

  describe(`Kamailio with the address of a page that is gone, in ${browser}`, () => {
    // It keeps the address though nobody is there, as it does where the connection died without a word.
    const kamailio = useKamailio({ forgetsLost: false })
    const pages = usePages('engine')
    const open = useBrowser(browser)
    const paths: NetworkPath[] = []
    afterEach(async () => {
      await Promise.all(paths.splice(0).map((path) => path.cut()))
    })
    const instanceId = '5a1f3c9e-0b7d-4c7e-9a55-1d2e3f405162'

    async function person(name: string, { server = kamailio().url, device = '' } = {}): Promise<BrowserWindow> {
      const window = await open(pages().url('engine'))
      window.forgive(/WebSocket/)
      await window.evaluate(
        (id, to, instance) => engine.signIn(id, { server: to, ...(instance && { sip: { instanceId: instance } }) }),
        `${name}@127.0.0.1`,
        server,
        device,
      )
      return window
    }

    /** Bob's page had a connection that ended without a word. */
    async function bobIsGone(): Promise<void> {
      const path = await NetworkPath.to(Number(new URL(kamailio().url).port))
      paths.push(path)
      const bob = await person('bob', { server: path.url.replace('http:', 'ws:'), device: instanceId })
      await path.cut()
      await bob.close()
    }

    const dials = (alice: BrowserWindow) => alice.evaluate(() => engine.dial({ destination: 'bob' }))

    it('tells who calls that the person is not available, and rings the page that comes back as that device', async () => {
      await bobIsGone()
      const alice = await person('alice')
      await dials(alice)
      await alice.until('the call has ended', () => engine.lastCall !== null && engine.calls.length === 0)
      assert.equal(await alice.evaluate(() => engine.lastCall?.endedReason), 'unavailable')
      assert.equal(await alice.evaluate(() => engine.ending), 'bob is not available')
      const bob = await person('bob', { device: instanceId })
      await dials(alice)
      await bob.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      assert.equal(await bob.evaluate(() => engine.calls.length), 1)
      await bob.evaluate(() => engine.answer())
      await alice.until('the call is up', () => engine.calls[0]?.progress === 'connected')
    })

    it('rings another device of the person beside it', async () => {
      await bobIsGone()
      const [alice, desk] = await Promise.all([person('alice'), person('bob')])
      await dials(alice)
      await desk.until('it rings', () => engine.calls[0]?.progress === 'ringing')
      await desk.evaluate(() => engine.answer())
      await alice.until('the call is up', () => engine.calls[0]?.progress === 'connected')
    })
  })
}
