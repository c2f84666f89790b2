import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import type { Line } from './line.ts'
import { RecordedLeg } from './recorded-leg.ts'
import { unreachable } from './rejection.ts'
import { useStage } from './stage.ts'

export function setupCases(network: ContractNetwork): void {
  describe('a call', () => {
    const stage = useStage(network)

    async function ringing(mediaType: 'audio' | 'video' = 'audio'): Promise<readonly [RecordedLeg, RecordedLeg, Line]> {
      const [alice, bob] = await stage().pair()
      const [outgoing, incoming] = await Promise.all([alice.dial(bob, mediaType), bob.ringing(mediaType)])
      return [outgoing, incoming, bob]
    }

    it('shows who calls, and for what', async () => {
      const [alice, bob] = await stage().pair()
      const [, { leg }] = await Promise.all([alice.dial(bob, 'video'), bob.ringing()])
      expect(leg.direction).to.equal('incoming')
      expect(leg.remote.address).to.equal(alice.address)
      expect(leg.mediaType).to.equal('video')
    })

    it('shows who is called, before anything is answered', async () => {
      const [alice, bob] = await stage().pair()
      const { leg } = await alice.dial(bob)
      expect(leg.direction).to.equal('outgoing')
      expect(leg.remote.address).to.equal(bob.address)
      expect(leg.mediaType).to.equal('audio')
      expect(leg.codecs).to.deep.equal([])
    })

    it('says once, and before it is placed, that its offer leaves', async () => {
      const [alice, bob] = await stage().pair()
      let offers = 0
      await alice.dial(bob, 'audio', { onOffer: () => offers++ })
      expect(offers).to.equal(1)
    })

    it('tells the caller that the callee is alerted', async () => {
      const [outgoing] = await ringing()
      expect(await outgoing.hears('progress')).to.equal('ringing')
    })

    it('is established on both sides, in order', async () => {
      const [outgoing, incoming, bob] = await ringing()
      await outgoing.hears('progress')
      await bob.answer(incoming)
      await Promise.all([outgoing.hears('established'), incoming.hears('established')])
      expect(outgoing.story).to.deep.equal(['progress ringing', 'established audio'])
      expect(incoming.story).to.deep.equal(['established audio'])
    })

    it('carries sound both ways', async () => {
      const [outgoing, incoming] = await stage().talk()
      await Promise.all([outgoing.receives('audio'), incoming.receives('audio')])
    })

    it('carries pictures both ways', async () => {
      const [outgoing, incoming] = await stage().talk('video')
      await Promise.all([outgoing.receives('video'), incoming.receives('video')])
    })

    it('carries no picture when it was answered with sound alone', async () => {
      const [outgoing, incoming, bob] = await ringing('video')
      await bob.answer(incoming, 'audio')
      expect(await outgoing.hears('established')).to.deep.equal({ mediaType: 'audio' })
      expect(await incoming.hears('established')).to.deep.equal({ mediaType: 'audio' })
      await outgoing.receives('audio')
    })

    it('says that its media path is up', async () => {
      const [outgoing, incoming] = await stage().talk()
      expect(await outgoing.hears('link')).to.equal('ok')
      expect(await incoming.hears('link')).to.equal('ok')
    })

    it('names its codecs when it is up', async () => {
      const [outgoing, incoming] = await stage().talk('video')
      expect(outgoing.leg.codecs).to.have.lengthOf(2)
      expect(outgoing.leg.codecs).to.deep.equal(incoming.leg.codecs)
    })

    it('fills one remote stream, the same from its beginning', async () => {
      const [outgoing, incoming, bob] = await ringing('video')
      const { remoteStream } = outgoing.leg
      await bob.answer(incoming, 'video')
      await outgoing.hears('track', 2)
      expect(outgoing.leg.remoteStream).to.equal(remoteStream)
      expect(remoteStream.getTracks().map(({ kind }) => kind)).to.have.members(['audio', 'video'])
    })

    it('ends as rejected on both sides when the callee rejects it', async () => {
      const [outgoing, incoming] = await ringing()
      await incoming.leg.reject('rejected')
      expect(incoming.story).to.deep.equal(['ended rejected'])
      expect((await outgoing.ended()).reason).to.equal('rejected')
    })

    it('ends as busy when the callee is', async () => {
      const [outgoing, incoming] = await ringing()
      await incoming.leg.reject('busy')
      expect(incoming.story.at(-1)).to.match(/^ended (busy|rejected)$/)
      expect((await outgoing.ended()).reason).to.equal('busy')
    })

    it('ends as canceled on both sides when the caller takes it back', async () => {
      const [outgoing, incoming] = await ringing()
      await outgoing.leg.cancel('canceled')
      expect(outgoing.story.at(-1)).to.equal('ended canceled')
      expect((await incoming.ended()).reason).to.equal('canceled')
    })

    it('ends without an answer when the caller gives up', async () => {
      const [outgoing, incoming] = await ringing()
      await outgoing.leg.cancel('no-answer')
      expect(outgoing.story.at(-1)).to.equal('ended no-answer')
      expect((await incoming.ended()).reason).to.be.oneOf(['no-answer', 'canceled'])
    })

    for (const [who, index] of [
      ['the caller', 0],
      ['the callee', 1],
    ] as const) {
      it(`ends on both sides when ${who} hangs up`, async () => {
        const legs = await stage().talk()
        const [near, far] = [legs[index], legs[1 - index]] as [RecordedLeg, RecordedLeg]
        await near.leg.end()
        expect(near.story.at(-1)).to.equal('ended hangup')
        expect((await far.ended()).reason).to.equal('remote-hangup')
      })
    }

    it('frees its connection, and empties its stream, with its end', async () => {
      const [outgoing, incoming] = await stage().talk()
      const connection = outgoing.leg.connection
      await outgoing.hears('track')
      await Promise.all([outgoing.leg.end(), incoming.ended()])
      expect(connection?.signalingState).to.equal('closed')
      expect([outgoing.leg.connection, incoming.leg.connection]).to.deep.equal([null, null])
      expect(outgoing.leg.remoteStream.getTracks()).to.deep.equal([])
      expect(stage().resources.connections).to.deep.equal([])
    })

    it('stops no track of what it sent', async () => {
      const [outgoing, incoming] = await stage().talk('video')
      await Promise.all([outgoing.leg.end(), incoming.ended()])
      expect(outgoing.local.stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['live', 'live'])
    })

    it('cannot reach who is unknown', async () => {
      const alice = await stage().line('alice')
      const { address: nobody } = await stage().device('nobody')
      expect(await unreachable(alice, nobody)).to.have.property('kind', 'refused')
      expect(stage().resources.connections).to.deep.equal([])
    })

    it('keeps its events back until somebody listens to its end', async () => {
      const [alice, bob] = await stage().pair()
      const outgoing = await alice.dial(bob)
      const unheard = await bob.rings()
      await outgoing.leg.cancel('canceled')
      // All that was told of the first call has arrived when the second one rings.
      const [, second] = await Promise.all([alice.dial(bob), bob.ringing()])
      const incoming = new RecordedLeg(unheard, second.local)
      expect((await incoming.ended()).reason).to.equal('canceled')
    })

    it('is one of several on a line, and they do not touch each other', async () => {
      const [alice, bob, carol] = (await stage().lines('alice', 'bob', 'carol')) as [Line, Line, Line]
      const [first] = await stage().call(alice, bob)
      const [second, third] = await stage().call(alice, carol)
      await Promise.all([first.leg.end(), third.receives('audio')])
      await second.leg.hold()
      await third.hears('held')
      expect(first.story.at(-1)).to.equal('ended hangup')
      expect(second.story).not.to.include('ended hangup')
    })
  })
}
