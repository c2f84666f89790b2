import { describe, it } from 'node:test'
import { oneBrowser } from './harness.ts'
import { useOriginals } from './harness/originals.ts'

/** Calls that the same two clients make one after the other. */
const inARow = 20

describe('clients of the original protocol', () => {
  const { meet, talk, allIsWell } = useOriginals()

  for (const browser of oneBrowser) {
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

      it('hang up at the same moment, and nobody is told that their session is over', async () => {
        const { alice, bob } = await meet(browser)
        await talk(alice, bob)
        await Promise.all([alice.end(), bob.end()])
        await Promise.all([alice.becomes('disconnected'), bob.becomes('disconnected')])
        await talk(bob, alice)
        await allIsWell(alice, bob)
      })
    })
  }
})
