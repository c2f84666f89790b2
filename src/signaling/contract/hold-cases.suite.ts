import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import { useStage } from './stage.ts'

export function holdCases(network: ContractNetwork): void {
  describe('holding a call', () => {
    const stage = useStage(network)

    it('stops the sound both ways, and the far side learns of it', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.receives('audio'), far.receives('audio')])
      await near.leg.hold()
      await far.hears('held')
      await Promise.all([near.receivesNo('audio'), far.receivesNo('audio')])
      expect(near.story).not.to.include('held')
    })

    it('stops the pictures too', async () => {
      const [near, far] = await stage().talk('video')
      await Promise.all([near.receives('video'), far.receives('video')])
      await near.leg.hold()
      await Promise.all([near.receivesNo('video'), far.receivesNo('video')])
    })

    it('keeps the devices open', async () => {
      const [near] = await stage().talk('video')
      await near.leg.hold()
      expect(near.local.stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['live', 'live'])
    })

    it('ends by resuming: the far side learns of it, and sound and pictures flow again', async () => {
      const [near, far] = await stage().talk('video')
      await near.leg.hold()
      await near.leg.resume()
      await far.hears('resumed')
      await Promise.all([near.receives('audio'), far.receives('audio'), near.receives('video'), far.receives('video')])
      expect(far.story.slice(-2)).to.deep.equal(['held', 'resumed'])
      expect([near.leg.mediaType, far.leg.mediaType]).to.deep.equal(['video', 'video'])
    })

    it('works again and again, from either side', async () => {
      const [near, far] = await stage().talk()
      for (const [one, other] of [
        [near, far],
        [far, near],
        [near, far],
      ] as const) {
        await one.leg.hold()
        await one.leg.resume()
        await other.receives('audio')
      }
      expect(far.story.slice(1)).to.deep.equal(['held', 'resumed', 'held', 'resumed'])
    })

    it('by both sides lasts until both have resumed', async () => {
      const [near, far] = await stage().talk()
      await near.leg.hold()
      await far.leg.hold()
      await near.hears('held')
      await near.leg.resume()
      await far.hears('resumed')
      await Promise.all([near.receivesNo('audio'), far.receivesNo('audio')])
      await far.leg.resume()
      await near.hears('resumed')
      await Promise.all([near.receives('audio'), far.receives('audio')])
    })

    it('at the same moment on both sides holds on both', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.leg.hold(), far.leg.hold()])
      await Promise.all([near.hears('held'), far.hears('held')])
      await Promise.all([near.receivesNo('audio'), far.receivesNo('audio')])
    })

    it('and resuming at the same moment on both sides lets the sound flow', async () => {
      const [near, far] = await stage().talk()
      await Promise.all([near.leg.hold(), far.leg.hold()])
      await Promise.all([near.leg.resume(), far.leg.resume()])
      await Promise.all([near.hears('resumed'), far.hears('resumed')])
      await Promise.all([near.receives('audio'), far.receives('audio')])
    })

    it('does not keep the call from ending', async () => {
      const [near, far] = await stage().talk()
      await near.leg.hold()
      await far.leg.end()
      expect((await near.ended()).reason).to.equal('remote-hangup')
    })

    it('outlives a new media path', async () => {
      const [near, far] = await stage().talk()
      await near.leg.hold()
      await near.leg.restartMedia()
      await Promise.all([near.receivesNo('audio'), far.receivesNo('audio')])
      await near.leg.resume()
      await far.receives('audio')
      expect(far.story.slice(1)).to.deep.equal(['held', 'resumed'])
    })
  })
}
