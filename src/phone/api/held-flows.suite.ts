import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'

/** What is done within a call and needs nobody's consent: hold, mute, tones. */
export function heldFlows(network: PhoneNetwork): void {
  describe('within a call', () => {
    const stage = useStage(network)

    it('one side holds and resumes, and both hear who did', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.hold()
      await alice.phone.resume()
      await stage().tell([
        [alice, ['call:held hold initiator', 'call:resumed resume initiator']],
        [bob, ['call:held hold receiver', 'call:resumed resume receiver']],
      ])
    })

    it('both hold, and each has its own hold to resume', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.hold()
      await bob.hears('call:held')
      await bob.phone.hold()
      await alice.hears('call:held', 2)
      await alice.phone.resume()
      await stage().tell([
        [alice, ['call:held hold initiator', 'call:held hold receiver', 'call:resumed resume initiator']],
        [bob, ['call:held hold receiver', 'call:held hold initiator', 'call:resumed resume receiver']],
      ])
      expect([alice.call().hold.local, alice.call().hold.remote]).to.deep.equal([false, true])
      expect([bob.call().hold.local, bob.call().hold.remote]).to.deep.equal([true, false])
    })

    it('both hold and both resume', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.hold()
      await bob.hears('call:held')
      await bob.phone.hold()
      await alice.hears('call:held', 2)
      await alice.phone.resume()
      await bob.hears('call:resumed')
      await bob.phone.resume()
      const mirrored = (mine: string, theirs: string) =>
        [
          [
            alice,
            [
              'call:held hold initiator',
              'call:held hold receiver',
              `call:resumed resume ${mine}`,
              `call:resumed resume ${theirs}`,
            ],
          ],
          [
            bob,
            [
              'call:held hold receiver',
              'call:held hold initiator',
              `call:resumed resume ${theirs}`,
              `call:resumed resume ${mine}`,
            ],
          ],
        ] as const
      await stage().tell(mirrored('initiator', 'receiver'))
    })

    it('both hold at the same moment, and both holds count', async () => {
      const [alice, bob] = await stage().talk()
      await Promise.all([alice.phone.hold(), bob.phone.hold()])
      await Promise.all([alice.hears('call:held', 2), bob.hears('call:held', 2)])
      await stage().settled()
      const sorted = [alice, bob].map(({ story }) => [...story].sort())
      const both = ['call:held hold initiator', 'call:held hold receiver']
      expect(sorted).to.deep.equal([both, both])
    })

    it('one side mutes, and mutes again: a warning, and nothing to the other side', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.mute()
      await alice.phone.mute()
      await alice.phone.unmute()
      await alice.phone.unmute()
      await stage().tell([
        [
          alice,
          ['call:muted', 'warning (The call is muted already)', 'call:unmuted', 'warning (The call is not muted)'],
        ],
        [bob, []],
      ])
    })

    it('tones are sent one after the other, each told twice', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.sendDTMFTone({ input: '12' })
      await stage().tell([
        [alice, ['dtmf:tone-sending', 'dtmf:tone-sent 1', 'dtmf:tone-sending', 'dtmf:tone-sent 2']],
        [bob, []],
      ])
    })

    it('tones of two requests keep their order', async () => {
      const [alice] = await stage().talk()
      await Promise.all([alice.phone.sendDTMFTone({ input: '1' }), alice.phone.sendDTMFTone({ input: '2', gap: 50 })])
      await stage().tell([[alice, ['dtmf:tone-sending', 'dtmf:tone-sent 1', 'dtmf:tone-sending', 'dtmf:tone-sent 2']]])
    })
  })
}
