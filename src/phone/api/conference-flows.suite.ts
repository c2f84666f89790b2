import { expect } from '@open-wc/testing'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage } from './testing/phone-stage.ts'

const started = ['conference:connecting', 'conference:connected', 'media:established']
const sent = ['conference:invitation-sending', 'conference:invitation-sent']
const joined = ['conference:invitation-received', 'conference:joining', ...started]
const removed = 'conference:participant-removed'

/** A conference: who hears what at its host and at its participants. */
export function conferenceFlows(network: PhoneNetwork): void {
  describe('a conference', () => {
    const stage = useStage(network)

    it('is started by its host alone', async () => {
      const alice = await stage().signedIn()
      await alice.phone.startConference({ mediaType: 'audio' })
      await stage().tell([[alice, started]])
      expect(alice.snapshot.conference).to.include({ role: 'host', mix: 'browser', atLimit: false })
    })

    it('is joined by whom the host adds', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      alice.forget()
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await bob.phone.joinConference({})
      await stage().tell([
        [alice, [...sent, 'conference:invitation-accepted']],
        [bob, joined],
      ])
      expect(bob.snapshot.conference).to.include({ role: 'participant', mix: null })
    })

    it('is called a conference by every event of it', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      await stage().join(alice, bob)
      await alice.phone.endConference()
      await bob.hears('conference:ended')
      const types = [alice, bob].flatMap(({ heard }) => heard.flatMap(({ payload }) => payload['callType'] ?? []))
      expect(new Set(types)).to.deep.equal(new Set(['conference']))
    })

    it('is joined by several, each of whom hears of nobody else', async () => {
      const [alice, bob, carol] = await stage().three()
      await stage().host(alice)
      await stage().join(alice, bob)
      for (const phone of [alice, bob]) phone.forget()
      await stage().join(alice, carol)
      await stage().tell([
        [alice, [...sent, 'conference:invitation-accepted']],
        [bob, []],
        [carol, joined],
      ])
      expect(Object.keys(alice.phone.getParticipants())).to.deep.equal([bob.address, carol.address])
    })

    it('is declined by whom the host adds', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      alice.forget()
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await bob.phone.rejectConference()
      await stage().tell([
        [alice, [...sent, 'conference:invitation-rejected (Call rejected)']],
        [bob, ['conference:invitation-received', 'conference:invitation-rejected']],
      ])
      expect(alice.snapshot.conference?.participants).to.deep.equal([])
    })

    it('is no longer open to whom the host does not want any more', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      alice.forget()
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await alice.phone.removeParticipant(bob.address)
      await stage().tell([
        [alice, [...sent, removed]],
        [bob, ['conference:invitation-received', 'conference:canceled (Call canceled)']],
      ])
    })

    it('that ends takes its invitations back', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      alice.forget()
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await alice.phone.endConference()
      await stage().tell([
        [alice, [...sent, 'conference:disconnecting', 'conference:ended']],
        [bob, ['conference:invitation-received', 'conference:canceled (Call canceled)']],
      ])
    })

    it('ends for whom the host removes', async () => {
      const [alice, bob, carol] = await stage().conference()
      await alice.phone.removeParticipant(bob.address)
      await stage().tell([
        [alice, [removed]],
        [bob, ['conference:ended']],
        [carol, []],
      ])
      expect(Object.keys(alice.phone.getParticipants())).to.deep.equal([carol.address])
    })

    it('goes on without whom has left', async () => {
      const [alice, bob, carol] = await stage().conference()
      await bob.phone.endConference()
      await stage().tell([
        [alice, [removed]],
        [bob, ['conference:disconnecting', 'conference:ended']],
        [carol, []],
      ])
    })

    it('is held and resumed by its host for all', async () => {
      const [alice, bob, carol] = await stage().conference()
      await alice.phone.hold()
      await alice.phone.resume()
      const other = ['conference:held hold receiver', 'conference:resumed resume receiver']
      await stage().tell([
        [alice, ['conference:held hold initiator', 'conference:resumed resume initiator']],
        [bob, other],
        [carol, other],
      ])
    })

    it('is held by a participant for themselves', async () => {
      const [alice, bob, carol] = await stage().conference()
      await bob.phone.hold()
      await alice.until('it is seen', () => alice.participant(bob)?.state === 'held')
      await bob.phone.resume()
      await alice.until('it is seen', () => alice.participant(bob)?.state === 'joined')
      await stage().tell([
        [alice, []],
        [bob, ['conference:held hold initiator', 'conference:resumed resume initiator']],
        [carol, []],
      ])
    })

    it('ends for all when its host ends it', async () => {
      const [alice, bob, carol] = await stage().conference()
      await alice.phone.endConference()
      await stage().tell([
        [alice, ['conference:disconnecting', 'conference:ended']],
        [bob, ['conference:ended']],
        [carol, ['conference:ended']],
      ])
      expect(alice.snapshot.conference).to.equal(null)
      expect(bob.snapshot.conference).to.equal(null)
    })

    it('ends for all when its host hangs up', async () => {
      const [alice, bob, carol] = await stage().conference()
      await alice.phone.hangup()
      await stage().tell([
        [alice, ['conference:disconnecting', 'conference:ended']],
        [bob, ['conference:ended']],
        [carol, ['conference:ended']],
      ])
    })

    it('ends for all when its host signs out', async () => {
      const [alice, bob] = await stage().conference()
      await alice.phone.logout()
      await stage().tell([
        [alice, ['conference:disconnecting', 'conference:ended', 'session:disconnected']],
        [bob, ['conference:ended']],
      ])
    })

    it('is muted by its host, who is warned when they do so again', async () => {
      const [alice, bob] = await stage().conference()
      await alice.phone.mute()
      await alice.phone.mute()
      await alice.phone.unmute()
      await stage().tell([
        [alice, ['call:muted', 'warning (The call is muted already)', 'call:unmuted']],
        [bob, []],
      ])
    })

    it('has nobody added twice, invited or joined', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      const twice = () => alice.phone.addParticipant(bob.address).catch((error: unknown) => error)
      expect(await twice()).to.include({ ErrorCode: '3641', JSMethod: 'addParticipant' })
      await bob.phone.joinConference({})
      await alice.hears('conference:invitation-accepted')
      expect(await twice()).to.include({ ErrorCode: '3641' })
    })

    it('tells of somebody who cannot be reached, and goes on', async () => {
      const alice = await stage().signedIn()
      const nobody = await stage().phone('nobody')
      await stage().host(alice)
      alice.forget()
      const refused = await alice.phone.addParticipant(nobody.address).catch((error: unknown) => error)
      expect(refused).to.include({ ErrorCode: '404', JSMethod: 'addParticipant' })
      await stage().tell([[alice, ['conference:invitation-sending', 'error 404']]])
      expect(alice.snapshot.conference?.participants).to.deep.equal([])
    })

    it('only warns when somebody is removed who is not in it', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      alice.forget()
      await alice.phone.removeParticipant(bob.address)
      await stage().tell([[alice, ['warning (Nobody of that address is in the conference)']]])
    })

    it('is declined for whom nobody answers in time', async () => {
      const [alice, bob] = await Promise.all([stage().signedIn('alice', { ringTimeout: 300 }), stage().signedIn('bob')])
      await stage().host(alice)
      alice.forget()
      await alice.phone.addParticipant(bob.address)
      await bob.hears('conference:canceled')
      await stage().tell([[alice, [...sent, 'conference:invitation-rejected (Nobody answered in time)']]])
    })

    it('may be left and joined again', async () => {
      const [alice, bob] = await stage().conference()
      await bob.phone.endConference()
      await alice.hears(removed)
      await stage().join(alice, bob)
      expect(alice.participant(bob)).to.include({ state: 'joined' })
    })

    it('with pictures is joined with sound alone by who wants no more', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice, 'video')
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await bob.phone.joinConference({ mediaType: 'audio' })
      await bob.hears('media:established')
      expect(bob.call().mediaType).to.equal('audio')
      await alice.until('it is seen', () => alice.participant(bob)?.mediaType === 'audio')
    })
  })
}
