import { describe, it } from 'node:test'
import { oneBrowser } from './harness.ts'
import { useOriginals } from './harness/originals.ts'

describe('calls of clients of the original protocol', () => {
  const { meet, talk, asks, phone, allIsWell, addressOf } = useOriginals()

  for (const browser of oneBrowser) {
    describe(`in ${browser}`, () => {
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

      it('take part in a conference, leave it, and call each other after', async () => {
        const { alice, bob } = await meet(browser)
        const host = await phone(browser, addressOf('host'), true)
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
    })
  }
})
