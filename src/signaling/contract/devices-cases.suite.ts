import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import type { Line } from './line.ts'
import type { RecordedLeg } from './recorded-leg.ts'
import { useStage } from './stage.ts'

export function devicesCases(network: ContractNetwork): void {
  describe('a user with two devices', () => {
    const stage = useStage(network)

    interface Scene {
      readonly outgoing: RecordedLeg
      readonly first: RecordedLeg
      readonly second: RecordedLeg
      readonly bob: Line
    }

    async function ringing(): Promise<Scene> {
      const [alice, bob, second] = (await stage().lines('alice', 'bob', 'bob')) as [Line, Line, Line]
      const legs = await Promise.all([alice.dial(bob), bob.ringing(), second.ringing()])
      return { outgoing: legs[0], first: legs[1], second: legs[2], bob }
    }

    it('talks on the one that answers first; the other hears so', async () => {
      const { outgoing, first, second, bob } = await ringing()
      await bob.answer(first)
      expect((await second.ended()).reason).to.equal('answered-elsewhere')
      await outgoing.hears('established')
      await Promise.all([outgoing.receives('audio'), first.receives('audio')])
    })

    it('declines on both by declining on one', async () => {
      const { outgoing, first, second } = await ringing()
      await first.leg.reject('rejected')
      expect((await outgoing.ended()).reason).to.equal('rejected')
      expect((await second.ended()).reason).to.equal('canceled')
    })

    it('can be reached on one while the other is busy', async () => {
      const { outgoing, first, second, bob } = await ringing()
      await second.leg.reject('busy')
      await bob.answer(first)
      await outgoing.hears('established')
      expect(outgoing.story).not.to.include('ended busy')
    })

    it('rings no more on either when the caller takes the call back', async () => {
      const { outgoing, first, second } = await ringing()
      await outgoing.leg.cancel('canceled')
      expect((await first.ended()).reason).to.equal('canceled')
      expect((await second.ended()).reason).to.equal('canceled')
    })

    it('gets the call once when both answer at the same moment', async () => {
      const { outgoing, first, second, bob } = await ringing()
      const outcomes = await Promise.allSettled([bob.answer(first), bob.answer(second)])
      if (!network.callerChooses) {
        expect(outcomes.map(({ status }) => status)).to.have.members(['fulfilled', 'rejected'])
      }
      const end = await Promise.race([first.ended(), second.ended()])
      expect(end.reason).to.equal('answered-elsewhere')
      expect([first, second].filter(({ leg }) => leg.connection)).to.have.lengthOf(1)
      await outgoing.hears('established')
      expect(outgoing.story.filter((event) => event.startsWith('established'))).to.have.lengthOf(1)
    })
  })
}
