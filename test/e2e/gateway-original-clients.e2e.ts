import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowsers, useServer, type BrowserName } from './harness.ts'
import { Original } from './harness/original.ts'
import { Person } from './harness/person.ts'

const names = ['alice', 'bob', 'carol'] as const
type Name = (typeof names)[number]
type Three = Readonly<Record<Name, Original>>

/** Calls that the same two clients make one after the other. */
const inARow = 20

describe('clients of the original protocol', () => {
  const server = useServer({ serve: ['/e2e/=test/e2e/pages'] })
  const open = useBrowsers()
  let domains = 0

  async function original(browser: BrowserName, address: string): Promise<Original> {
    return Original.signedIn(await open(browser, new URL('/e2e/original-client.html', server().url).href), address)
  }

  async function meet(browser: BrowserName): Promise<Three> {
    domains += 1
    const [alice, bob, carol] = await Promise.all(
      names.map((name) => original(browser, `${name}@originals${domains}.example`)),
    )
    assert.ok(alice && bob && carol)
    return { alice, bob, carol }
  }

  /** Somebody at a page with our phone. */
  async function phone(browser: BrowserName, address: string, panel = false): Promise<Person> {
    const url = new URL('/e2e/phone.html', server().url)
    const options = {
      server: server().url,
      'user-id': address,
      'media-type': 'audio',
      ...(panel && { conference: '' }),
    }
    url.search = new URLSearchParams(options).toString()
    const person = new Person(await open(browser, url.href), address)
    await person.sees(address)
    return person
  }

  /** Nobody's client heard anything it could make nothing of, or was refused. */
  async function allIsWell(...clients: readonly Original[]): Promise<void> {
    for (const client of clients) assert.deepEqual(await client.complaints(), [], await client.tells())
  }

  async function talk(caller: Original, callee: Original, mediaType: 'audio' | 'video' = 'audio'): Promise<void> {
    await caller.dial(callee, mediaType)
    await callee.becomes('ringing')
    await callee.does('answer')
    await Promise.all([caller.becomes('connected'), callee.becomes('connected')])
    await Promise.all([caller.receives(), callee.receives()])
  }

  /** `asker` does something that the other side's client answers by itself. */
  async function asks(asker: Original, step: 'hold' | 'resume', other: Original): Promise<void> {
    await asker.does(step)
    await asker.becomes(step === 'hold' ? 'held' : 'connected')
    await other.isHeldByOther(step === 'hold')
  }

  for (const browser of browserNames) {
    describe(`in ${browser}`, () => {
      for (const [who, ends] of [
        ['the caller', true],
        ['the callee', false],
      ] as const) {
        it(`call each other ${inARow} times in a row, and ${who} hangs up`, async () => {
          const { alice, bob } = await meet(browser)
          for (let call = 0; call < inARow; call += 1) {
            const [caller, callee] = call % 2 === 0 ? [alice, bob] : [bob, alice]
            await talk(caller, callee)
            await (ends ? caller : callee).end()
            await Promise.all([alice.becomes('disconnected'), bob.becomes('disconnected')])
          }
          await allIsWell(alice, bob)
        })
      }

      it('cancel and decline, and call again', async () => {
        const { alice, bob } = await meet(browser)
        await alice.dial(bob)
        await bob.becomes('ringing')
        await alice.end('cancel')
        await Promise.all([alice.becomes('canceled'), bob.becomes('canceled')])
        await bob.dial(alice)
        await alice.becomes('ringing')
        await alice.does('reject')
        await Promise.all([alice.becomes('rejected'), bob.becomes('rejected')])
        await talk(alice, bob)
        await allIsWell(alice, bob)
      })

      it('hold and resume, each side in turn, again and again', async () => {
        const { alice, bob } = await meet(browser)
        await talk(alice, bob)
        for (const [one, other] of [
          [alice, bob],
          [bob, alice],
          [alice, bob],
        ] as const) {
          await asks(one, 'hold', other)
          await asks(one, 'resume', other)
          await Promise.all([one.receives(), other.receives()])
        }
        await bob.end()
        await Promise.all([alice.becomes('disconnected'), bob.becomes('disconnected')])
        await allIsWell(alice, bob)
      })

      it('upgrade and downgrade, either side, and refuse a picture', async () => {
        const { alice, bob } = await meet(browser)
        await talk(alice, bob)
        for (const [one, other] of [
          [alice, bob],
          [bob, alice],
        ] as const) {
          for (const step of ['upgrade', 'downgrade'] as const) {
            await one.does(step)
            await other.isAsked()
            await other.does('acceptModification')
            await Promise.all([one.becomes('connected'), other.becomes('connected')])
            if (step === 'upgrade') await Promise.all([one.receives('video'), other.receives('video')])
          }
        }
        await alice.does('upgrade')
        await bob.isAsked()
        await bob.does('rejectModification')
        await Promise.all([alice.becomes('connected'), bob.becomes('connected')])
        await Promise.all([alice.receives(), bob.receives()])
        await alice.end()
        await Promise.all([alice.becomes('disconnected'), bob.becomes('disconnected')])
        await allIsWell(alice, bob)
      })

      it('have a second call, switch, and go on with the first', async () => {
        const { alice, bob, carol } = await meet(browser)
        await talk(alice, bob)
        await asks(alice, 'hold', bob)
        await talk(alice, carol)
        await asks(alice, 'hold', carol)
        await alice.does('switchCall')
        await asks(alice, 'resume', bob)
        await Promise.all([alice.receives(), bob.receives()])
        await asks(alice, 'hold', bob)
        await alice.does('switchCall')
        await asks(alice, 'resume', carol)
        await alice.end()
        await Promise.all([alice.becomes('held'), carol.becomes('disconnected')])
        await asks(alice, 'resume', bob)
        await Promise.all([alice.receives(), bob.receives()])
        await bob.end()
        await Promise.all([alice.becomes('disconnected'), bob.becomes('disconnected')])
        await allIsWell(alice, bob, carol)
      })

      it('hang up at the same moment, and nobody is told that their session is over', async () => {
        const { alice, bob } = await meet(browser)
        await talk(alice, bob)
        await Promise.all([alice.end(), bob.end()])
        await Promise.all([alice.becomes('disconnected'), bob.becomes('disconnected')])
        await talk(bob, alice)
        await allIsWell(alice, bob)
      })

      it('take part in a conference, leave it, and call each other after', async () => {
        const { alice, bob } = await meet(browser)
        const host = await phone(browser, `host@originals${domains}.example`, true)
        await host.press('Start a conference')
        for (const guest of [alice, bob]) {
          await host.press('Add a name or number')
          await host.window.page.keyboard.type(guest.address)
          await host.press('Add')
          await guest.becomes('ringing')
          await guest.does('answer')
          await guest.becomes('connected')
        }
        await Promise.all([alice.receives(), bob.receives()])
        await alice.does('hold')
        await alice.becomes('held')
        await alice.does('resume')
        await alice.becomes('connected')
        await alice.end()
        await alice.becomes('disconnected')
        await bob.end()
        await bob.becomes('disconnected')
        await talk(alice, bob)
        await allIsWell(alice, bob)
      })

      /** Alice holds Bob and talks to Dave, who has our phone. */
      const betweenTwo = async (): Promise<Three & { readonly dave: Person }> => {
        const three = await meet(browser)
        const { alice, bob } = three
        const dave = await phone(browser, `dave@originals${domains}.example`)
        await talk(alice, bob)
        await asks(alice, 'hold', bob)
        await alice.dial(dave)
        await dave.press('Answer')
        await Promise.all([alice.becomes('connected'), dave.seesTheTime()])
        return { ...three, dave }
      }

      /** Alice talks to Bob, and has our phone on another device. */
      const atTwoDevices = async (): Promise<Three & { readonly device: Person }> => {
        const three = await meet(browser)
        const device = await phone(browser, three.alice.address)
        await talk(three.alice, three.bob)
        return { ...three, device }
      }

      if (browser === 'chromium') {
        it('transfer a call to somebody with our phone, and call each other after', async () => {
          const { alice, bob, dave } = await betweenTwo()
          await alice.does('transfer')
          await Promise.all([alice.becomes('disconnected'), bob.isHeldByOther(false)])
          await Promise.all([bob.receives(), dave.hearsSound()])
          await bob.end()
          await Promise.all([bob.becomes('disconnected'), dave.sees(/hung up/)])
          await talk(alice, bob)
          await allIsWell(alice, bob)
        })

        it('move a call to a device with our phone, and call each other after', async () => {
          const { alice, bob, device } = await atTwoDevices()
          await alice.does('move')
          await device.press('Answer')
          await alice.becomes('disconnected')
          await Promise.all([bob.receives(), device.hearsSound()])
          await device.press('Hang up')
          await bob.becomes('disconnected')
          await talk(alice, bob)
          await allIsWell(alice, bob)
        })
      } else {
        it('are refused a transfer and a move that their browser would not take, and talk on', async () => {
          const { alice, bob, dave } = await betweenTwo()
          for (const person of [alice, bob, dave]) person.window.forgive(/response (501|400)/)
          await alice.does('transfer')
          await alice.does('move')
          await Promise.all([alice.receives(), dave.hearsSound()])
          assert.deepEqual(await alice.complaints(), [501, 400])
        })
      }

      it('move a call with somebody who has our phone to another device of the original protocol', async () => {
        const { alice } = await meet(browser)
        const dave = await phone(browser, `dave@originals${domains}.example`)
        const other = await original(browser, alice.address)
        await alice.dial(dave)
        await dave.press('Answer')
        await Promise.all([alice.becomes('connected'), dave.seesTheTime()])
        await alice.does('move')
        await other.becomes('ringing')
        await other.does('answer')
        await Promise.all([alice.becomes('disconnected'), other.becomes('connected')])
        await Promise.all([other.receives(), dave.hearsSound()])
        await allIsWell(alice, other)
      })
    })
  }
})
