import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from './testing/phone-network.ts'
import type { PhoneStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'
import { useStage } from './testing/phone-stage.ts'

const heldByOther = 'call:held hold receiver'
const resumedByOther = 'call:resumed resume receiver'
const joinedSecond = ['conference:joining #2', 'conference:connecting #2', 'conference:connected #2']

/** A conference and a call at one phone, at its host and at a participant. */
export function conferenceBesideCallFlows(network: PhoneNetwork): void {
  describe('a conference beside a call', () => {
    const stage = useStage(network)

    /** Bob, in a call with Carol, is invited by Alice. */
    async function invitedInCall(): Promise<readonly [RecordedPhone, RecordedPhone, RecordedPhone]> {
      const [alice, bob, carol] = await stage().three()
      await stage().connect(bob, carol)
      await stage().host(alice)
      for (const phone of [alice, bob, carol]) phone.forget()
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      return [alice, bob, carol]
    }

    it('is started with the call on hold', async () => {
      const [alice, bob] = await stage().talk()
      await alice.phone.startConference({ mediaType: 'audio' })
      const started = ['conference:connecting #2', 'conference:connected #2', 'media:established #2']
      await stage().tell([
        [alice, ['call:held hold initiator', ...started]],
        [bob, [heldByOther]],
      ])
      expect(alice.snapshot.conference?.index).to.equal(2)
    })

    it('gives the call back when it ends', async () => {
      const [alice, bob] = await stage().talk()
      await stage().host(alice)
      // Alice’s request is done before Bob has heard of it.
      await bob.hears('call:held')
      for (const phone of [alice, bob]) phone.forget()
      await alice.phone.endConference()
      await stage().tell([
        [alice, ['conference:disconnecting #2', 'conference:ended #2', 'call:resumed resume initiator']],
        [bob, [resumedByOther]],
      ])
    })

    it('is joined with the call on hold', async () => {
      const [, bob, carol] = await invitedInCall()
      await bob.phone.joinConference({ action: 'hold' })
      const held = ['conference:invitation-received #2', 'call:held hold initiator']
      await stage().tell([
        [bob, [...held, ...joinedSecond, 'media:established #2']],
        [carol, [heldByOther]],
      ])
    })

    it('is joined with the call ended', async () => {
      const [, bob, carol] = await invitedInCall()
      await bob.phone.joinConference({ action: 'end' })
      const ended = ['conference:invitation-received #2', 'call:disconnecting', 'call:disconnected']
      await stage().tell([
        [bob, [...ended, ...joinedSecond, 'media:established #2']],
        [carol, ['call:disconnected']],
      ])
    })

    it('is declined, and the call goes on', async () => {
      const [alice, bob, carol] = await invitedInCall()
      await bob.phone.rejectConference()
      await stage().tell([
        [bob, ['conference:invitation-received #2', 'conference:invitation-rejected #2']],
        [carol, []],
      ])
      await alice.hears('conference:invitation-rejected')
    })

    it('is busy to who has two calls', async () => {
      const [alice, bob] = await stage().twoCalls()
      const dave = await stage().signedIn('dave')
      await stage().host(dave)
      dave.forget()
      await dave.phone.addParticipant(alice.address)
      const sent = ['conference:invitation-sending', 'conference:invitation-sent']
      await stage().tell([
        [dave, [...sent, 'conference:invitation-rejected (Busy)']],
        [alice, ['notification (Somebody called while the line was busy)']],
        [bob, []],
      ])
    })

    it('is held by a participant who calls somebody else', async () => {
      const [alice, bob] = await stage().conference()
      const dave = await stage().signedIn('dave')
      await stage().connect(bob, dave)
      const second = ['dialing #2', 'call:connecting #2', 'call:connected #2', 'media:established #2']
      await stage().tell([
        [alice, []],
        [bob, ['conference:held hold initiator', ...second]],
      ])
      expect(alice.participant(bob)?.state).to.equal('held')
    })

    it('changes places with the call, at its host', async () => {
      const { alice, bob, dave } = await hostInCall(stage())
      await alice.phone.switchCall()
      await stage().tell([
        [alice, ['call:held #2 hold initiator', 'conference:resumed resume initiator', 'session:call-switched']],
        [bob, ['conference:resumed resume receiver']],
        [dave, [heldByOther]],
      ])
    })

    it('is not touched by a call that only rings', async () => {
      const [alice, bob] = await stage().conference()
      const dave = await stage().signedIn('dave')
      await Promise.all([dave.dial(alice), alice.rings()])
      await alice.phone.reject()
      await stage().tell([
        [alice, ['call:incoming #2', 'call:rejected #2']],
        [bob, []],
      ])
    })
  })

  describe('two calls', () => {
    const stage = useStage(network)
    const gone = '(It goes on as a part of the conference)'

    it('are merged into a conference, and the others notice nothing but that they are resumed', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await alice.phone.merge()
      const started = ['conference:connecting #3', 'conference:connected #3', 'media:established #3']
      await alice.hears('conference:invitation-accepted', 2)
      expect(alice.story).to.include.members([
        ...started,
        `call:disconnected background ${gone}`,
        `call:disconnected #2 background ${gone}`,
      ])
      await stage().tell([
        [bob, [resumedByOther]],
        [carol, []],
      ])
      expect(alice.snapshot.calls.map(({ callType, foreground }) => [callType, foreground])).to.deep.equal([
        ['conference', true],
      ])
      expect(Object.keys(alice.phone.getParticipants())).to.deep.equal([bob.address, carol.address])
    })

    it('that were merged end when the conference does', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await alice.phone.merge()
      await alice.phone.endConference()
      await Promise.all([bob.hears('call:disconnected'), carol.hears('call:disconnected')])
    })

    it('of which one is the own conference become one', async () => {
      const { alice, bob, dave } = await hostInCall(stage())
      await alice.phone.merge()
      await alice.until('both take part', () => Object.keys(alice.phone.getParticipants()).length === 3)
      expect(alice.participant(dave)?.state).to.equal('joined')
      await bob.until('it is resumed', () => !bob.call().hold.remote)
      expect(alice.snapshot.calls).to.have.lengthOf(1)
    })

    it('cannot be merged where there is only one', async () => {
      const [alice] = await stage().talk()
      const refused = await alice.phone.merge().catch((error: unknown) => error)
      expect(refused).to.include({ ErrorCode: '3100', JSMethod: 'merge' })
      expect(alice.call()).to.include({ progress: 'connected', foreground: true })
    })
  })
}

/** Alice talks with Dave while the conference she hosts, with Bob and Carol, is on hold; stories not begun. */
async function hostInCall(stage: PhoneStage): Promise<Readonly<Record<'alice' | 'bob' | 'dave', RecordedPhone>>> {
  const [alice, bob] = await stage.conference()
  const dave = await stage.signedIn('dave')
  await stage.connect(alice, dave)
  for (const phone of [alice, bob, dave]) phone.forget()
  return { alice, bob, dave }
}
