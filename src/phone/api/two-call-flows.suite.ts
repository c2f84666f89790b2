import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'

const resumedByOther = 'call:resumed resume receiver'
const heldByOther = 'call:held hold receiver'

/** Two calls of one phone: which one is in front, and what becomes of the other. */
export function twoCallFlows(network: PhoneNetwork): void {
  describe('a second call', () => {
    const stage = useStage(network)
    const dialled = ['dialing #2', 'call:connecting #2']

    it('is dialled by addCall, which holds the first', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, bob)
      for (const phone of [alice, bob]) phone.forget()
      await Promise.all([alice.addCall(carol), carol.rings()])
      await carol.phone.answer({})
      await stage().tell([
        [alice, ['call:held hold initiator', ...dialled, 'call:connected #2', 'media:established #2']],
        [bob, [heldByOther]],
        [carol, ['call:incoming', 'answering', 'call:connecting', 'call:connected', 'media:established']],
      ])
    })

    it('that is rejected gives the first one back', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, bob)
      for (const phone of [alice, bob]) phone.forget()
      await Promise.all([alice.addCall(carol), carol.rings()])
      await carol.phone.reject()
      await stage().tell([
        [
          alice,
          ['call:held hold initiator', ...dialled, 'call:rejected #2 (Call rejected)', 'call:resumed resume initiator'],
        ],
        [bob, [heldByOther, resumedByOther]],
      ])
    })

    it('to nobody gives the first one back', async () => {
      const [alice, bob] = await stage().talk()
      const nobody = await stage().phone('nobody')
      const refused = await alice.addCall(nobody).catch((error: unknown) => error)
      expect(refused).to.include({ ErrorCode: '404', JSMethod: 'addCall' })
      await stage().tell([
        [
          alice,
          [
            'call:held hold initiator',
            ...dialled,
            'error 404',
            'call:disconnected #2 (Nothing at that address)',
            'call:resumed resume initiator',
          ],
        ],
        [bob, [heldByOther, resumedByOther]],
      ])
    })

    it('that is hung up gives the first one back', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await alice.phone.hangup()
      await stage().tell([
        [alice, ['call:disconnecting #2', 'call:disconnected #2', 'call:resumed resume initiator']],
        [bob, [resumedByOther]],
        [carol, ['call:disconnected']],
      ])
    })

    it('that ends does not resume a call the user held on purpose', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, bob)
      await alice.phone.hold()
      await stage().connect(alice, carol)
      for (const phone of [alice, bob, carol]) phone.forget()
      await carol.phone.hangup()
      await stage().tell([
        [alice, ['call:disconnected #2']],
        [bob, []],
        [carol, ['call:disconnecting', 'call:disconnected']],
      ])
      expect(alice.call()).to.deep.include({ foreground: true, hold: { local: true, remote: false, explicit: true } })
    })

    it('that comes in is answered with the first on hold', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, carol)
      for (const phone of [alice, carol]) phone.forget()
      await Promise.all([bob.dial(alice), alice.rings()])
      await alice.phone.answer({ action: 'hold' })
      const answered = ['answering #2', 'call:connecting #2', 'call:connected #2', 'media:established #2']
      await stage().tell([
        [alice, ['call:incoming #2', 'call:held hold initiator', ...answered]],
        [carol, [heldByOther]],
        [bob, ['dialing', 'call:connecting', 'call:connected', 'media:established']],
      ])
    })

    it('that comes in is answered and the first ended', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, carol)
      for (const phone of [alice, carol]) phone.forget()
      await Promise.all([bob.dial(alice), alice.rings()])
      await alice.phone.answer({ action: 'end' })
      const answered = ['answering #2', 'call:connecting #2', 'call:connected #2', 'media:established #2']
      await stage().tell([
        [alice, ['call:incoming #2', 'call:disconnecting', 'call:disconnected', ...answered]],
        [carol, ['call:disconnected']],
        [bob, ['dialing', 'call:connecting', 'call:connected', 'media:established']],
      ])
    })

    it('that comes in is rejected, and the first goes on', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, carol)
      for (const phone of [alice, carol]) phone.forget()
      await Promise.all([bob.dial(alice), alice.rings()])
      await alice.phone.reject()
      await stage().tell([
        [alice, ['call:incoming #2', 'call:rejected #2']],
        [carol, []],
        [bob, ['dialing', 'call:connecting', 'call:rejected (Call rejected)']],
      ])
      expect(alice.call()).to.deep.include({ foreground: true, progress: 'connected' })
    })

    it('changes places with the first', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await alice.phone.switchCall()
      await stage().tell([
        [alice, ['call:held #2 hold initiator', 'call:resumed resume initiator', 'session:call-switched']],
        [bob, [resumedByOther]],
        [carol, [heldByOther]],
      ])
      expect(alice.call(1).foreground).to.be.true
      expect(alice.call(2).foreground).to.be.false
    })

    it('changes places with one the user held on purpose, which stays held', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(alice, bob)
      await alice.phone.hold()
      await stage().connect(alice, carol)
      for (const phone of [alice, bob, carol]) phone.forget()
      await alice.phone.switchCall()
      await stage().tell([
        [alice, ['call:held #2 hold initiator', 'session:call-switched']],
        [bob, []],
        [carol, [heldByOther]],
      ])
    })

    it('in the background ends without touching the one in front', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await bob.phone.hangup()
      await stage().tell([
        [alice, ['call:disconnected background']],
        [bob, ['call:disconnecting', 'call:disconnected']],
        [carol, []],
      ])
    })

    it('keeps its ordinal when the first has ended', async () => {
      const [alice, bob] = await stage().twoCalls()
      await bob.phone.hangup()
      await alice.hears('call:disconnected')
      expect(alice.snapshot.calls.map(({ index }) => index)).to.deep.equal([2])
    })
  })
}
