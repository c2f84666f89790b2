import { expect } from '@open-wc/testing'
import { eventually } from './testing/in-time.ts'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'

/** Resolves when sound from the other side has come since it was asked. */
async function hearsSound({ phone }: RecordedPhone): Promise<void> {
  const received = async () => (await phone.getStatistics())?.audio.received.packets ?? 0
  const before = await received()
  await eventually('sound comes', received, (packets) => packets > before)
}

/** Transfer and move: a call goes on without who began it. */
export function handoverFlows(network: PhoneNetwork): void {
  describe('handing a call over', () => {
    const stage = useStage(network)

    it('by transfer joins the two others, and leaves both calls', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await alice.phone.transfer()
      await stage().tell([
        [
          alice,
          [
            'call:transferring background',
            'call:transferred background',
            'call:disconnected background',
            'call:disconnected #2',
          ],
        ],
        [bob, ['call:state-changed receiver audio→audio']],
        [carol, ['call:state-changed receiver audio→audio']],
      ])
      const [{ payload: ofBob }] = bob.heard as [RecordedPhone['heard'][number]]
      const [{ payload: ofCarol }] = carol.heard as [RecordedPhone['heard'][number]]
      expect(String(ofBob['from'])).to.contain(carol.address)
      expect(String(ofCarol['from'])).to.contain(bob.address)
      await Promise.all([hearsSound(bob), hearsSound(carol)])
    })

    it('by a transfer that fails leaves both calls as they were', async function () {
      // There a request of the other side does not stand in the way of a transfer.
      if (network.signaling().kind === 'sip') this.skip()
      const [alice, bob, carol] = await stage().twoCalls()
      const asking = bob.phone.upgrade()
      await alice.hears('call:media-modification')
      for (const phone of [alice, bob, carol]) phone.forget()
      const before = alice.snapshot.calls
      const failed = await alice.phone.transfer().catch((error: unknown) => error)
      expect(failed).to.include({ ErrorCode: '1401', JSMethod: 'transfer' })
      await stage().tell([
        [alice, ['call:transferring background', 'error 1401']],
        [bob, []],
        [carol, []],
      ])
      expect(alice.snapshot.calls).to.deep.equal(before)
      await alice.phone.hangup()
      await bob.phone.hangup()
      await asking
    })

    it('by move rings the other device, and the call goes on there', async () => {
      const [[alice, bob], alice2] = await Promise.all([stage().talk(), stage().signedIn('alice')])
      await Promise.all([alice.phone.move(), alice2.rings().then(() => alice2.phone.answer({}))])
      await stage().tell([
        [alice, ['call:moved']],
        [alice2, ['call:incoming', 'answering', 'call:connecting', 'call:connected', 'media:established']],
        [bob, []],
      ])
      await Promise.all([hearsSound(alice2), hearsSound(bob)])
    })

    it('by a move that nobody answers keeps the call here', async () => {
      const [[alice, bob], alice2] = await Promise.all([stage().talk(), stage().signedIn('alice')])
      const moving = alice.phone.move().catch((error: unknown) => error)
      await alice2.rings()
      await alice2.phone.reject()
      expect(await moving).to.include({ ErrorCode: '404', JSMethod: 'move' })
      await stage().tell([
        [alice, ['error 404']],
        [alice2, ['call:incoming', 'call:rejected']],
        [bob, []],
      ])
      await Promise.all([hearsSound(alice), hearsSound(bob)])
    })

    it('by a move without another device keeps the call here', async () => {
      const [alice, bob] = await stage().talk()
      const refused = await alice.phone.move().catch((error: unknown) => error)
      expect(refused).to.include({ ErrorCode: '404', JSMethod: 'move' })
      await stage().tell([
        [alice, ['error 404']],
        [bob, []],
      ])
    })
  })
}
