import { describe, it } from 'node:test'
import { pairs, usePeople, type Pair } from './harness/people.ts'
import type { Person } from './harness/person.ts'

describe('a call through the gateway', () => {
  const people = usePeople()

  async function talk(pair: Pair): Promise<readonly [Person, Person]> {
    const [alice, bob] = await people.meet(pair)
    await alice.dial(bob.address)
    await bob.press('Answer')
    await Promise.all([alice.seesTheTime(), bob.seesTheTime()])
    return [alice, bob]
  }

  for (const pair of pairs) {
    describe(pair.title, () => {
      it('rings at the other side, and says who calls', async () => {
        const [alice, bob] = await people.meet(pair)
        await alice.dial(bob.address)
        await Promise.all([alice.sees('Ringing…'), bob.sees(/alice Incoming call/)])
      })

      it('is ended by who dialled', async () => {
        const [alice, bob] = await talk(pair)
        await alice.press('Hang up')
        await Promise.all([alice.sees('Call ended'), bob.sees('alice hung up')])
      })

      it('is ended by who answered', async () => {
        const [alice, bob] = await talk(pair)
        await bob.press('Hang up')
        await Promise.all([bob.sees('Call ended'), alice.sees('bob hung up')])
      })

      it('is ended by a person who closes the window', async () => {
        const [alice, bob] = await talk(pair)
        await bob.window.close()
        await alice.sees('bob hung up')
      })

      it('is ended by a person who goes to another page', async () => {
        const [alice, bob] = await talk(pair)
        // Firefox keeps the page that is left for a while, and that finds its session gone.
        bob.window.forgive(/response 404/)
        await bob.window.page.goto('about:blank')
        await alice.sees('bob hung up')
      })

      it('is declined', async () => {
        const [alice, bob] = await people.meet(pair)
        await alice.dial(bob.address)
        await bob.press('Decline')
        await Promise.all([bob.sees('Declined'), alice.sees('bob declined')])
      })

      it('is taken back before it is answered', async () => {
        const [alice, bob] = await people.meet(pair)
        await alice.dial(bob.address)
        await bob.sees('Incoming call')
        await alice.press('Cancel')
        await Promise.all([alice.sees('Call canceled'), bob.sees('Missed call')])
      })

      it('ends by itself when nobody answers', async () => {
        const [alice, bob] = await people.meet(pair, { ringTimeout: 1500 })
        await alice.dial(bob.address)
        await bob.sees('Incoming call')
        await Promise.all([alice.sees('No answer'), bob.sees('Missed call')])
      })

      it('is refused where nobody has the number', async () => {
        const alice = await people.signIn(pair.caller, 'alice')
        alice.window.forgive(/response 404: POST/)
        await alice.dial(people.addressOf('nobody'))
        await alice.sees('That number isn’t reachable.')
      })

      it('is refused where the other person signed out', async () => {
        const [alice, bob] = await people.meet(pair)
        await bob.leaves()
        alice.window.forgive(/response 404: POST/)
        await alice.dial(bob.address)
        await alice.sees('That number isn’t reachable.')
      })

      it('rings at every device of a user, and stops at the others when one answers', async () => {
        const [alice, bob] = await people.meet(pair)
        const elsewhere = await people.signIn(pair.caller, 'bob')
        await alice.dial(bob.address)
        await elsewhere.sees('Incoming call')
        await bob.press('Answer')
        await elsewhere.sees('Answered on another device')
        await alice.hearsSound()
      })
    })
  }
})
