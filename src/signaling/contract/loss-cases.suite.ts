import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import { eventually } from '../../media/testing/eventually.ts'
import { never, type Line } from './line.ts'
import type { RecordedLeg } from './recorded-leg.ts'
import { signalingRejection } from './rejection.ts'
import { useStage } from './stage.ts'

export function lossCases(network: ContractNetwork): void {
  const stage = useStage(network)

  function lost(line: Line): Promise<void> {
    return line.until('the loss is told', () => line.links.some(({ state }) => state === 'lost'))
  }

  const { lose, expire } = network
  if (lose) {
    describe('when the path to the network is lost', () => {
      /** Alice's path is lost and both lines take their sessions up again. */
      const interrupt = async (alice: Line, bob: Line): Promise<void> => {
        alice.recovers()
        bob.recovers()
        await lose(alice.signaling)
        await lost(alice)
      }

      const talkThrough = async (): Promise<readonly [RecordedLeg, RecordedLeg, Line, Line]> => {
        const [alice, bob] = await stage().pair()
        const legs = await stage().call(alice, bob)
        await interrupt(alice, bob)
        return [...legs, alice, bob]
      }

      it('it is told, once, with the reason, and not repaired', async () => {
        const alice = await stage().line('alice')
        await lose(alice.signaling)
        await lost(alice)
        expect(alice.links).to.have.lengthOf(1)
        expect(alice.links[0]).to.have.nested.property('error.kind', 'unreachable')
      })

      it('the same session can be taken up again', async () => {
        const alice = await stage().device('alice')
        const { id } = await alice.signIn()
        await lose(alice.signaling)
        await lost(alice)
        expect((await alice.signaling.resume(never())).id).to.equal(id)
      })

      it('a call that is up stays up, and is heard all the time', async () => {
        const [near, far] = await talkThrough()
        await Promise.all([near.receives('audio'), far.receives('audio')])
        expect([near.story, far.story].flat().join()).not.to.include('ended')
      })

      it('a call that is up can be held afterwards', async () => {
        const [near, far] = await talkThrough()
        await eventually('the call can be held', () =>
          near.leg.hold().then(
            () => true,
            () => false,
          ),
        )
        await far.hears('held')
      })

      it('a call that is up can be ended afterwards, and both sides hear it', async () => {
        const [near, far, alice, bob] = await talkThrough()
        await Promise.all([alice.signaling.resume(never()), bob.signaling.resume(never())])
        await far.leg.end()
        await near.ended()
      })

      it('calls come and go again afterwards', async () => {
        const [alice, bob] = await stage().pair()
        await lose(alice.signaling)
        await lost(alice)
        await alice.signaling.resume(never())
        await bob.signaling.resume(never())
        const [leg] = await stage().call(bob, alice)
        await leg.receives('audio')
      })

      it('what was being asked settles', async () => {
        const [alice, bob] = await stage().pair()
        const [near, far] = await stage().call(alice, bob)
        far.leg.on('change-requested', () => void far.leg.answerChange(true).catch(() => {}))
        const holding = Promise.allSettled([near.leg.change('video', never())])
        await interrupt(alice, bob)
        await holding
        expect([near.story, far.story].flat().join()).not.to.include('ended')
      })

      it('ending a call ends it here all the same', async () => {
        const [alice, bob] = await stage().pair()
        const [near] = await stage().call(alice, bob)
        await lose(alice.signaling)
        await near.leg.end()
        expect(near.story.at(-1)).to.equal('ended hangup')
        expect(near.leg.connection).to.be.null
      })

      it('signing out leaves nothing behind', async () => {
        const [alice, bob] = await stage().pair()
        await stage().call(alice, bob)
        await lose(alice.signaling)
        await lost(alice)
        await alice.signaling.disconnect()
        await bob.signaling.disconnect()
        await eventually(
          'nothing is left',
          () => stage().leftovers(),
          ({ length }) => length === 0,
        )
      })
    })
  }

  if (expire) {
    describe('when the network has forgotten the session', () => {
      it('it is told as expired, by the event or to the caller who asks', async () => {
        const alice = await stage().line('alice')
        const told = alice.until('the end of the session', () => alice.links.length + alice.expiries.length > 0)
        await expire(alice.signaling)
        await told
        if (alice.expiries.length > 0) expect(alice.expiries[0]?.kind).to.equal('expired')
        else expect((await signalingRejection(alice.signaling.resume(never()))).kind).to.equal('expired')
      })

      it('signing out leaves nothing behind', async () => {
        const alice = await stage().line('alice')
        await expire(alice.signaling)
        await alice.signaling.disconnect()
        await eventually(
          'nothing is left',
          () => stage().leftovers(),
          ({ length }) => length === 0,
        )
      })
    })
  }
}
