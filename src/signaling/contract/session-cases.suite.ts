import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import { abortAtEachAwait } from './each-await.ts'
import { eventually } from '../../media/testing/eventually.ts'
import { never } from './line.ts'
import { rejection, signalingRejection, unreachable } from './rejection.ts'
import { useStage } from './stage.ts'

export function sessionCases(network: ContractNetwork): void {
  describe('a session', () => {
    const stage = useStage(network)
    const nothingIsLeft = () =>
      eventually(
        'nothing is left',
        () => stage().leftovers(),
        ({ length }) => length === 0,
      )

    it('has an id and the address of its user', async () => {
      const alice = await stage().device('alice')
      const { id, userId } = await alice.signIn()
      expect(id).to.be.a('string').and.not.empty
      expect(userId).to.be.a('string').and.not.empty
    })

    it('can be refreshed, and stays the same', async () => {
      const alice = await stage().device('alice')
      const { id } = await alice.signIn()
      expect((await alice.signaling.refresh(never())).id).to.equal(id)
    })

    it('leaves nothing behind', async () => {
      const alice = await stage().line('alice')
      await alice.signaling.disconnect()
      await nothingIsLeft()
    })

    it('leaves nothing behind when it ends in a call', async () => {
      const [alice, bob] = await stage().pair()
      const [leg, far] = await stage().call(alice, bob)
      await alice.signaling.disconnect()
      expect(leg.story.at(-1)).to.equal('ended session-ended')
      await far.ended()
      await bob.signaling.disconnect()
      await nothingIsLeft()
    })

    it('ends the calls that ring', async () => {
      const [alice, bob] = await stage().pair()
      const [leg, far] = await Promise.all([alice.dial(bob), bob.ringing()])
      await alice.signaling.disconnect()
      expect((await leg.ended()).reason).to.equal('session-ended')
      await far.ended()
      await bob.signaling.disconnect()
      await nothingIsLeft()
    })

    it('ends once: a second disconnect is none', async () => {
      const alice = await stage().line('alice')
      await Promise.all([alice.signaling.disconnect(), alice.signaling.disconnect()])
      await alice.signaling.disconnect()
      await nothingIsLeft()
    })

    it('can begin anew, and calls come and go again', async () => {
      const [alice, bob] = await stage().pair()
      await alice.signaling.disconnect()
      await alice.signIn()
      const [leg] = await stage().call(bob, alice)
      await leg.receives('audio')
    })

    it('takes no call after its end', async () => {
      const [alice, bob] = await stage().pair()
      await alice.signaling.disconnect()
      expect((await signalingRejection(alice.dial(bob))).kind).to.equal('expired')
    })

    it('is reached no more after its end', async () => {
      const [alice, bob] = await stage().pair()
      await bob.signaling.disconnect()
      expect(await unreachable(alice, bob.address)).to.have.property('kind', 'refused')
    })
  })

  describe('signing in', () => {
    const stage = useStage(network)
    const nothingIsLeft = () =>
      eventually(
        'nothing is left',
        () => stage().leftovers(),
        ({ length }) => length === 0,
      )

    it('does not begin when it is aborted before', async () => {
      const alice = await stage().device('alice')
      const reason = new Error('Not now')
      expect(await rejection(alice.signIn(AbortSignal.abort(reason)))).to.equal(reason)
      await nothingIsLeft()
    })

    it('leaves nothing when it is aborted at whichever step', async () => {
      const alice = await stage().device('alice')
      const steps = await abortAtEachAwait(
        (signal) => alice.signIn(signal),
        async (outcome, reason) => {
          if (outcome.status === 'rejected') expect(outcome.reason).to.equal(reason)
          else await alice.signaling.disconnect()
          await nothingIsLeft()
        },
      )
      expect(steps).to.be.at.least(1)
    })

    it('stops when it is signed out meanwhile', async () => {
      const alice = await stage().device('alice')
      const signingIn = rejection(alice.signIn())
      await alice.signaling.disconnect()
      await signingIn
      await nothingIsLeft()
    })

    it('works after one that was aborted', async () => {
      const [alice, bob] = [await stage().device('alice'), await stage().line('bob')]
      await rejection(alice.signIn(AbortSignal.abort(new Error('Not now'))))
      await alice.signIn()
      const [leg] = await stage().call(bob, alice)
      await leg.receives('audio')
    })
  })
}
