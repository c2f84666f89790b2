import { expect } from '@open-wc/testing'
import { defaultConnectionSettings } from '../../media/connection-settings.ts'
import type { ContractNetwork } from './contract-network.ts'
import { abortAtEachAwait } from './each-await.ts'
import { eventually } from '../../media/testing/eventually.ts'
import { never, type Line } from './line.ts'
import { RecordedLeg } from './recorded-leg.ts'
import { rejection, signalingRejection } from './rejection.ts'
import { useStage } from './stage.ts'

export function raceCases(network: ContractNetwork): void {
  const stage = useStage(network)
  const ends = (leg: RecordedLeg) => leg.story.filter((event) => event.startsWith('ended'))
  const noConnectionIsLeft = () =>
    eventually(
      'no connection is left',
      () => stage().resources.connections.length,
      (count) => count === 0,
    )

  async function ringing(): Promise<readonly [RecordedLeg, RecordedLeg, Line]> {
    const [alice, bob] = await stage().pair()
    const [outgoing, incoming] = await Promise.all([alice.dial(bob), bob.ringing()])
    return [outgoing, incoming, bob]
  }

  describe('a race', () => {
    it('between the caller who cancels and the callee who answers ends the call once on both sides', async () => {
      const [outgoing, incoming, bob] = await ringing()
      await Promise.allSettled([bob.answer(incoming), outgoing.leg.cancel('canceled')])
      await Promise.all([outgoing.ended(), incoming.ended()])
      expect(ends(outgoing)).to.deep.equal(['ended canceled'])
      expect(ends(incoming)).to.have.lengthOf(1)
      await noConnectionIsLeft()
    })

    it('between the caller who cancels and the callee who rejects ends the call once on both sides', async () => {
      const [outgoing, incoming] = await ringing()
      await Promise.all([outgoing.leg.cancel('canceled'), incoming.leg.reject('rejected')])
      expect(ends(outgoing)).to.have.lengthOf(1)
      expect(ends(incoming)).to.have.lengthOf(1)
      await noConnectionIsLeft()
    })

    it('between two who hang up ends the call once on both sides', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.leg.end(), far.leg.end()])
      expect(ends(near)).to.have.lengthOf(1)
      expect(ends(far)).to.have.lengthOf(1)
      await noConnectionIsLeft()
    })

    it('between hanging up and hanging up again is none', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.leg.end(), near.leg.end()])
      await near.leg.end()
      expect(ends(near)).to.deep.equal(['ended hangup'])
      await far.ended()
      expect(ends(far)).to.deep.equal(['ended remote-hangup'])
    })

    it('between holding and hanging up settles both', async () => {
      const [near, far] = await stage().talk()
      const [holding] = await Promise.allSettled([near.leg.hold(), near.leg.end()])
      expect(holding.status).to.equal('rejected')
      await far.ended()
      await noConnectionIsLeft()
    })

    it('between holding and the far side that hangs up settles both', async () => {
      const [near, far] = await stage().talk()
      await Promise.allSettled([near.leg.hold(), far.leg.end()])
      await near.ended()
      expect(ends(near)).to.have.lengthOf(1)
      await noConnectionIsLeft()
    })

    it('between a hold and a request for a picture settles both', async () => {
      const [near, far] = await stage().talk()
      near.leg.on('change-requested', () => void near.leg.answerChange(true).catch(() => {}))
      const [holding] = await Promise.allSettled([near.leg.hold(), far.leg.change('video', never())])
      expect(holding.status).to.equal('fulfilled')
      await far.hears('held')
      await Promise.all([near.leg.end(), far.ended()])
    })

    it('between a hold and the far side’s request that waits for its answer leaves the media as it is', async () => {
      const [near, far] = await stage().talk()
      const changing = far.leg.change('video', never())
      await near.hears('change-requested')
      const holding = near.leg.hold()
      await near.leg.answerChange(false)
      await changing
      const [outcome] = await Promise.allSettled([holding])
      if (outcome.status === 'fulfilled') await far.hears('held')
      else await far.receives('audio')
    })
  })

  describe('after its end a leg', () => {
    it('refuses everything that is asked of it', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.leg.end(), far.ended()])
      for (const asked of [
        () => near.leg.hold(),
        () => near.leg.resume(),
        () => near.leg.change('video', never()),
        () => near.leg.answerChange(true),
        () => near.leg.restartMedia(),
        () => far.leg.hold(),
      ]) {
        expect((await signalingRejection(asked())).kind).to.equal('refused')
      }
    })

    it('ends no second time', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.leg.end(), far.ended()])
      await Promise.all([near.leg.end(), near.leg.cancel('canceled'), far.leg.end(), far.leg.reject('rejected')])
      expect([...ends(near), ...ends(far)]).to.deep.equal(['ended hangup', 'ended remote-hangup'])
    })
  })

  describe('placing a call', () => {
    it('leaves nothing when it is aborted at whichever step', async () => {
      const [alice, bob] = await stage().pair()
      const media = await alice.captured('audio')
      const incoming: RecordedLeg[] = []
      bob.signaling.on('incoming', (leg) => incoming.push(new RecordedLeg(leg, media.local)))
      await abortAtEachAwait(
        (signal) => alice.signaling.place(bob.address, media, signal),
        async (outcome, reason) => {
          if (outcome.status === 'fulfilled') await outcome.value.cancel('canceled')
          else expect(outcome.reason).to.equal(reason)
          await Promise.all(incoming.map((leg) => leg.ended()))
          await noConnectionIsLeft()
        },
      )
      // All that was told of the calls before has arrived when this one is up.
      const [leg] = await stage().call(await stage().line('carol'), alice)
      await leg.receives('audio')
      await Promise.all(incoming.map((each) => each.ended()))
      expect(incoming.map(ends)).to.deep.equal(incoming.map(() => ['ended canceled']))
    })

    it('rejects with the reason when it is aborted before', async () => {
      const [alice, bob] = await stage().pair()
      const media = await alice.captured('audio')
      const reason = new Error('Not now')
      expect(await rejection(alice.signaling.place(bob.address, media, AbortSignal.abort(reason)))).to.equal(reason)
      await stage().call(alice, bob)
      expect(bob.rung).to.equal(1)
    })
  })

  describe('answering a call', () => {
    it('settles, and leaves nothing after the end, when it is aborted at whichever step', async () => {
      const [alice, bob] = await stage().pair()
      const media = await bob.captured('audio')
      let legs: readonly [RecordedLeg, RecordedLeg] | undefined
      const steps = await abortAtEachAwait(
        async (signal) => {
          legs = await Promise.all([alice.dial(bob), bob.ringing()])
          await legs[1].leg.accept({ ...media, settings: defaultConnectionSettings }, signal)
        },
        async (outcome, reason) => {
          if (outcome.status === 'rejected') expect(outcome.reason).to.equal(reason)
          const [outgoing, incoming] = legs!
          await incoming.leg.end()
          await outgoing.ended()
          expect([ends(outgoing).length, ends(incoming).length]).to.deep.equal([1, 1])
          await noConnectionIsLeft()
        },
      )
      expect(steps).to.be.at.least(4)
    })
  })
}
