import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import { never, type Line } from './line.ts'
import type { RecordedLeg } from './recorded-leg.ts'
import { rejection, signalingRejection } from './rejection.ts'
import { useStage } from './stage.ts'

export function handoverCases(network: ContractNetwork): void {
  const stage = useStage(network)

  describe('transferring a call to another', () => {
    interface Scene {
      readonly held: RecordedLeg
      readonly bob: RecordedLeg
      readonly other: RecordedLeg
      readonly carol: RecordedLeg
      readonly lines: readonly [Line, Line, Line]
    }

    /** Alice holds Bob and talks to Carol. */
    async function scene(): Promise<Scene> {
      const lines = (await stage().lines('alice', 'bob', 'carol')) as [Line, Line, Line]
      const [held, bob] = await stage().call(lines[0], lines[1])
      await held.leg.hold()
      const [other, carol] = await stage().call(lines[0], lines[2])
      return { held, bob, other, carol, lines }
    }

    const transfer = ({ held, other }: Scene, signal = never()) =>
      held.leg.transfer?.(other.leg, signal) ?? Promise.reject(new Error('It cannot'))

    before(async function () {
      const { signaling } = await network.device('alice')
      if (!signaling.capabilities.transfer) this.skip()
    })

    it('joins the far sides of both', async () => {
      const all = await scene()
      await transfer(all)
      await Promise.all([all.bob.hears('replaced'), all.carol.hears('replaced')])
      await Promise.all([all.bob.receives('audio'), all.carol.receives('audio')])
    })

    it('tells both who is there now', async () => {
      const all = await scene()
      const [, bob, carol] = all.lines
      await transfer(all)
      expect((await all.bob.hears('replaced')).address).to.equal(carol.address)
      expect((await all.carol.hears('replaced')).address).to.equal(bob.address)
      expect([all.bob.leg.remote.address, all.carol.leg.remote.address]).to.deep.equal([carol.address, bob.address])
    })

    it('keeps the hold of a party that held, and tells the other of it', async () => {
      const all = await scene()
      await all.bob.leg.hold()
      await transfer(all)
      await Promise.all([all.bob.hears('replaced'), all.carol.hears('held')])
      await all.bob.leg.resume()
      await all.carol.hears('resumed')
      await Promise.all([all.bob.receives('audio'), all.carol.receives('audio')])
    })

    it('ends both here, as transferred', async () => {
      const all = await scene()
      await transfer(all)
      expect((await all.held.ended()).reason).to.equal('transferred')
      expect((await all.other.ended()).reason).to.equal('transferred')
    })

    it('makes a call that can be held and ended like any', async () => {
      const all = await scene()
      await transfer(all)
      await Promise.all([all.bob.hears('replaced'), all.carol.hears('replaced')])
      await all.bob.leg.hold()
      await all.carol.hears('held')
      await all.carol.leg.end()
      expect((await all.bob.ended()).reason).to.equal('remote-hangup')
    })

    it('fails when the other one has gone, and leaves the call as it was', async () => {
      const all = await scene()
      await Promise.all([all.carol.leg.end(), all.other.ended()])
      await signalingRejection(transfer(all))
      expect(all.held.story).not.to.include('ended transferred')
      await all.held.leg.resume()
      await all.bob.receives('audio')
    })

    it('does not begin when it is aborted before', async () => {
      const all = await scene()
      const reason = new Error('Not now')
      expect(await rejection(transfer(all, AbortSignal.abort(reason)))).to.equal(reason)
      await all.held.leg.resume()
      await all.bob.receives('audio')
    })
  })

  describe('moving a call to another device', () => {
    /** Alice talks to Bob, and has a second device. */
    async function scene(): Promise<readonly [near: RecordedLeg, far: RecordedLeg, second: Line]> {
      const [alice, bob] = await stage().pair()
      const legs = await stage().call(alice, bob)
      return [...legs, await stage().line('alice')]
    }

    const move = ({ leg }: RecordedLeg, signal = never()) =>
      leg.move?.(signal) ?? Promise.reject(new Error('It cannot'))

    before(async function () {
      const { signaling } = await network.device('alice')
      if (!signaling.capabilities.move) this.skip()
    })

    it('goes on at the device that takes it', async () => {
      const [near, far, second] = await scene()
      const moving = move(near)
      const moved = await second.ringing()
      await second.answer(moved)
      await moving
      await moved.hears('established')
      await moved.receives('audio')
      await far.receives('audio')
    })

    it('ends it here, as moved', async () => {
      const [near, , second] = await scene()
      const moving = move(near)
      await second.answer(await second.ringing())
      await moving
      expect((await near.ended()).reason).to.equal('moved')
    })

    it('shows the far side at the other device, and does not end for it', async () => {
      const [near, far, second] = await scene()
      const moving = move(near)
      const moved = await second.ringing()
      const { address } = near.leg.remote
      await second.answer(moved)
      await moving
      expect(moved.leg.remote.address).to.equal(address)
      expect(far.story.join()).not.to.include('ended')
    })

    it('fails when no device takes it, and the call goes on here', async () => {
      const [near, far, second] = await scene()
      const moving = signalingRejection(move(near))
      await (await second.ringing()).leg.reject('rejected')
      await moving
      await Promise.all([near.receives('audio'), far.receives('audio')])
      await near.leg.hold()
      await far.hears('held')
    })

    it('fails when there is no other device', async () => {
      const [near, far] = await stage().talk()
      await signalingRejection(move(near))
      await Promise.all([near.receives('audio'), far.receives('audio')])
    })

    it('settles when the far side hangs up meanwhile', async () => {
      const [near, far, second] = await scene()
      const moving = signalingRejection(move(near))
      const moved = await second.ringing()
      await far.leg.end()
      await moving
      await Promise.all([near.ended(), moved.ended()])
      expect(stage().resources.connections).to.be.empty
    })
  })
}
