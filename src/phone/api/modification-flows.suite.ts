import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'

/** Upgrade and downgrade: what one side asks for and the other agrees to or does not. */
export function modificationFlows(network: PhoneNetwork): void {
  describe('a change of media', () => {
    const stage = useStage(network)

    it('to video is asked for and accepted', async () => {
      const [alice, bob] = await stage().talk()
      await Promise.all([
        alice.phone.upgrade(),
        bob.hears('call:media-modification').then(() => bob.phone.acceptModification()),
      ])
      await stage().tell([
        [alice, ['call:modification-in-progress', 'call:state-changed video upgrade initiator audio→video']],
        [
          bob,
          [
            'call:media-modification asks video',
            'call:modification-in-progress',
            'call:state-changed video upgrade receiver audio→video',
          ],
        ],
      ])
      expect([alice.call().camera, bob.call().camera]).to.deep.equal([true, true])
    })

    it('to video is asked for and refused: the picture of who asked is sent, the other is not', async () => {
      const [alice, bob] = await stage().talk()
      await Promise.all([
        alice.phone.upgrade(),
        bob.hears('call:media-modification').then(() => bob.phone.rejectModification()),
      ])
      await stage().tell([
        [
          alice,
          [
            'call:modification-in-progress',
            'call:state-changed video upgrade initiator audio→video',
            'notification video (The other party did not accept the change)',
          ],
        ],
        [
          bob,
          [
            'call:media-modification asks video',
            'call:modification-in-progress',
            'call:state-changed video upgrade receiver audio→video',
          ],
        ],
      ])
      expect([alice.call().camera, bob.call().camera]).to.deep.equal([true, false])
    })

    it('to video is refused by who keeps the call as it is: nothing changes, and who asked is told', async () => {
      const [alice, bob] = await stage().talk()
      await Promise.all([
        alice.phone.upgrade(),
        bob.hears('call:media-modification').then(() => bob.phone.rejectModification({ keepsMedia: true })),
      ])
      await stage().tell([
        [alice, ['call:modification-in-progress', 'notification (The other party did not accept the change)']],
        [bob, ['call:media-modification asks video', 'call:modification-in-progress']],
      ])
      expect([alice.call().mediaType, bob.call().mediaType]).to.deep.equal(['audio', 'audio'])
      expect([alice.call().camera, bob.call().camera]).to.deep.equal([false, false])
      expect([alice.call().refused, bob.call().refused ?? null]).to.deep.equal([{ mediaType: 'video' }, null])
    })

    for (const answer of ['acceptModification', 'rejectModification'] as const) {
      it(`to audio happens, whether the other side answers by ${answer}`, async () => {
        const [alice, bob] = await stage().talk('video')
        await Promise.all([
          alice.phone.downgrade(),
          bob.hears('call:media-modification').then(() => bob.phone[answer]()),
        ])
        await stage().tell([
          [alice, ['call:modification-in-progress video', 'call:state-changed downgrade initiator video→audio']],
          [
            bob,
            [
              'call:media-modification video asks audio',
              'call:modification-in-progress video',
              'call:state-changed downgrade receiver video→audio',
            ],
          ],
        ])
        expect([alice.call().camera, bob.call().camera]).to.deep.equal([false, false])
      })
    }

    it('asked for by both sides at once: one request wins, the other gets a notification', async () => {
      const [alice, bob] = await stage().talk()
      const asked = Promise.all([alice.phone.upgrade(), bob.phone.upgrade()])
      const isAsked = ([name]: readonly string[]) => name === 'call:media-modification asks video'
      await Promise.race([alice, bob].map((phone) => phone.hears('call:media-modification')))
      const [asker, answerer] = isAsked(alice.story.filter((line) => line.startsWith('call:media')))
        ? [bob, alice]
        : [alice, bob]
      await answerer.hears('notification')
      await answerer.phone.acceptModification()
      await asked
      await asker.hears('call:state-changed')
      await stage().settled()
      expect(asker.story).to.deep.equal([
        'call:modification-in-progress',
        'call:state-changed video upgrade initiator audio→video',
      ])
      expect([...answerer.story].sort()).to.deep.equal([
        'call:media-modification asks video',
        'call:modification-in-progress',
        'call:modification-in-progress',
        'call:state-changed video upgrade receiver audio→video',
        'notification (The other party did not accept the change)',
      ])
      expect([alice.call().camera, bob.call().camera]).to.deep.equal([true, true])
    })

    it('that ends with the call leaves nothing to answer', async () => {
      const [alice, bob] = await stage().talk()
      const asking = alice.phone.upgrade()
      await bob.hears('call:media-modification')
      await bob.phone.hangup()
      await asking
      await stage().tell([
        [alice, ['call:modification-in-progress', 'call:disconnected']],
        [bob, ['call:media-modification asks video', 'call:disconnecting', 'call:disconnected']],
      ])
    })
  })
}
