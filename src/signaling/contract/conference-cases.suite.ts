import { expect } from '@open-wc/testing'
import type { ContractNetwork } from './contract-network.ts'
import { never, type Line } from './line.ts'
import type { RecordedLeg } from './recorded-leg.ts'
import { useStage } from './stage.ts'

/** Legs between the focus of a conference and who takes part (RFC 4579): ordinary legs that say what they are. */
export function conferenceCases(network: ContractNetwork): void {
  describe('an invitation to a conference', () => {
    const stage = useStage(network)

    /** The leg of the focus, and that of whom it invites. */
    async function invited(): Promise<readonly [RecordedLeg, RecordedLeg]> {
      const [focus, guest] = await stage().pair()
      return Promise.all([focus.dial(guest, 'audio', { focus: true }), guest.ringing()])
    }

    it('says to the invitee that it is one', async () => {
      const [, invitation] = await invited()
      expect(invitation.leg.conference).to.equal(true)
    })

    it('is none where nobody says so', async () => {
      const [alice, bob] = await stage().pair()
      const [outgoing, incoming] = await Promise.all([alice.dial(bob), bob.ringing()])
      expect([outgoing.leg.conference, incoming.leg.conference]).to.deep.equal([false, false])
    })

    it('leads nowhere but to the invitee for the focus', async () => {
      const [ofFocus] = await invited()
      expect(ofFocus.leg.conference).to.equal(false)
    })

    it('is accepted, held, resumed and ended as a call is', async () => {
      const [focus, guest] = await stage().pair()
      const [ofFocus, ofGuest] = await Promise.all([focus.dial(guest, 'audio', { focus: true }), guest.ringing()])
      await guest.answer(ofGuest)
      await Promise.all([ofFocus.receives('audio'), ofGuest.receives('audio')])
      await ofFocus.leg.hold()
      await ofGuest.hears('held')
      await ofFocus.leg.resume()
      await ofGuest.hears('resumed')
      await ofFocus.leg.end()
      expect((await ofGuest.ended()).reason).to.equal('remote-hangup')
    })

    /** A part of the conference that is up: a hand-over is believed within one alone. */
    async function taking(focus: Line, guest: Line): Promise<readonly [RecordedLeg, RecordedLeg]> {
      const [ofFocus, ofGuest] = await Promise.all([focus.dial(guest, 'audio', { focus: true }), guest.ringing()])
      await guest.answer(ofGuest)
      await ofFocus.hears('established')
      return [ofFocus, ofGuest]
    }

    for (const purpose of ['hand-over', 'hand-over-silenced'] as const) {
      it(`says that it is none, where the focus leaves: ${purpose}`, async () => {
        const [focus, guest] = await stage().pair()
        const [{ leg: within }] = await taking(focus, guest)
        const [, offered] = await Promise.all([focus.dial(guest, 'audio', { focus: purpose, within }), guest.ringing()])
        expect(offered.leg.conference).to.equal(purpose)
      })
    }

    it('brings a participant to whom the focus hands over', async () => {
      const [focus, guest, heir] = (await stage().lines('alice', 'bob', 'carol')) as [Line, Line, Line]
      const [ofFocus, ofGuest] = await taking(focus, guest)
      const [{ leg: within }] = await taking(focus, heir)
      const options = { focus: 'hand-over', within } as const
      const [carrier, ofHeir] = await Promise.all([focus.dial(heir, 'audio', options), heir.ringing()])
      await heir.answer(ofHeir)
      await carrier.hears('established')
      await ofFocus.leg.transfer?.(carrier.leg, never())
      expect((await ofHeir.hears('replaced')).address).to.equal(guest.address)
      expect((await ofGuest.hears('replaced')).address).to.equal(heir.address)
      await Promise.all([ofGuest.receives('audio'), ofHeir.receives('audio')])
      expect(ofGuest.leg.conference).to.equal(true)
    })

    it('is declined as a call is', async () => {
      const [ofFocus, ofGuest] = await invited()
      await ofGuest.leg.reject('rejected')
      expect((await ofFocus.ended()).reason).to.equal('rejected')
    })

    it('is taken back as a call is', async () => {
      const [ofFocus, ofGuest] = await invited()
      await ofFocus.leg.cancel('canceled')
      expect((await ofGuest.ended()).reason).to.equal('canceled')
    })
  })
}
