import { describe, it } from 'node:test'
import { browserNames } from './harness.ts'
import { usePeople } from './harness/people.ts'

describe('somebody who does not let the page use the microphone', () => {
  const people = usePeople()

  for (const name of browserNames) {
    describe(`in ${name}`, () => {
      it('is told what to do when they dial', async () => {
        const alice = await people.signIn(name, 'alice', { capture: 'denied' })
        const bob = await people.signIn(name, 'bob')
        await alice.dial(bob.address)
        await alice.sees('Microphone blocked. Allow it next to the page address, then try again.')
      })

      it('is told what to do when they answer', async () => {
        const alice = await people.signIn(name, 'alice')
        const bob = await people.signIn(name, 'bob', { capture: 'denied' })
        await alice.dial(bob.address)
        await bob.press('Answer')
        await bob.sees('Microphone blocked. Allow it next to the page address, then try again.')
      })

      it('can still decline', async () => {
        const alice = await people.signIn(name, 'alice')
        const bob = await people.signIn(name, 'bob', { capture: 'denied' })
        await alice.dial(bob.address)
        await bob.press('Answer')
        await bob.sees('Microphone blocked.')
        await bob.press('Decline')
        await alice.sees('bob declined')
      })
    })
  }
})
