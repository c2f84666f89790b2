import { expect } from '@open-wc/testing'
import { eventually } from './testing/in-time.ts'
import type { PhoneNetwork } from './testing/phone-network.ts'
import { useStage, type PhoneStage } from './testing/phone-stage.ts'
import type { RecordedPhone } from './testing/recorded-phone.ts'

type Four = Readonly<Record<'alice' | 'bob' | 'carol' | 'dave', RecordedPhone>>

const left = 'conference:participant-removed'
const replaced = 'call:state-changed receiver audio→audio'

/** Alice hosts a conference with Bob, Carol and Dave; stories not begun. */
async function four(stage: PhoneStage): Promise<Four> {
  const [alice, bob, carol] = await stage.conference()
  const dave = await stage.signedIn('dave')
  await stage.join(alice, dave)
  await stage.settled()
  for (const phone of [alice, bob, carol, dave]) phone.forget()
  return { alice, bob, carol, dave }
}

/** Resolves when `host` hosts a conference in which exactly these take part. */
async function hosts(host: RecordedPhone, ...others: readonly RecordedPhone[]): Promise<void> {
  const wanted = others.map(({ address }) => `${address} joined`).sort()
  const now = () => {
    const { role, participants } = host.snapshot.conference ?? {}
    return role === 'host' ? participants?.map(({ address, state }) => `${address} ${state}`).sort() : role
  }
  await eventually('the conference goes on', now, (found) => String(found) === String(wanted))
}

const names = ({ heard }: RecordedPhone): readonly string[] => heard.map(({ name }) => name)

/** A host who leaves a conference that their page mixes, and one of its participants who goes on with it. */
export function conferenceHandoverFlows(network: PhoneNetwork): void {
  describe('a conference that its host hands over', () => {
    const stage = useStage(network)

    it('ends for that host, and goes on with the other as its host', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await stage().handOver(alice, bob)
      expect(alice.snapshot.conference).to.equal(null)
      expect(alice.snapshot.calls).to.deep.equal([])
      await hosts(bob, carol, dave)
    })

    it('tells the former host who is gone, and that it is over', async () => {
      const { alice, bob } = await four(stage())
      await stage().handOver(alice, bob)
      expect(new Set(names(alice))).to.deep.equal(new Set([left, 'conference:disconnecting', 'conference:ended']))
      expect(names(alice).slice(-2)).to.deep.equal(['conference:disconnecting', 'conference:ended'])
    })

    it('begins anew at the new host, without a word of an invitation', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await stage().handOver(alice, bob)
      await hosts(bob, carol, dave)
      await stage().tell([
        [
          bob,
          [
            'conference:hand-over-requested',
            'conference:connecting #2',
            'conference:connected #2',
            'media:established #2',
            'conference:ended background (It goes on as a part of the conference)',
            'conference:invitation-accepted #2',
            'conference:invitation-accepted #2',
            'conference:invitation-accepted #2',
            'conference:participant-removed #2',
          ],
        ],
      ])
      expect(names(bob)).not.to.include('conference:invitation-received')
      expect(bob.snapshot.calls.map(({ callType, direction }) => [callType, direction])).to.deep.equal([
        ['conference', 'outgoing'],
      ])
    })

    it('tells the others who hosts it now, and nothing more', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await stage().handOver(alice, bob)
      await stage().tell([
        [carol, [replaced]],
        [dave, [replaced]],
      ])
      expect(carol.call()).to.include({ callType: 'conference', progress: 'connected' })
      expect(carol.call().remote.address).to.equal(bob.address)
      expect(carol.snapshot.conference).to.include({ role: 'participant' })
    })

    it('can be led by the new host as any', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await stage().handOver(alice, bob)
      await hosts(bob, carol, dave)
      await bob.phone.removeParticipant(carol.address)
      await carol.hears('conference:ended')
      await stage().join(bob, alice)
      await bob.phone.endConference()
      await Promise.all([alice, dave].map((phone) => phone.hears('conference:ended')))
    })

    it('can be handed on', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await stage().handOver(alice, bob)
      await hosts(bob, carol, dave)
      await stage().handOver(bob, carol)
      await hosts(carol, dave)
      expect(bob.snapshot.conference).to.equal(null)
    })

    it('keeps the new host muted who was', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await bob.phone.mute()
      await stage().handOver(alice, bob)
      await hosts(bob, carol, dave)
      expect(bob.call(2).muted).to.equal(true)
      expect(
        bob
          .call(2)
          .localStream?.getAudioTracks()
          .map(({ enabled }) => enabled),
      ).to.deep.equal([false])
    })

    it('keeps the time it has lasted', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      const { connectedAt } = bob.call()
      await stage().handOver(alice, bob)
      await hosts(bob, carol, dave)
      expect(bob.call(2).connectedAt).to.equal(connectedAt)
    })

    it('keeps those silenced whom the host silenced', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await alice.phone.setParticipantMuted({ participant: carol.address, muted: true })
      await stage().handOver(alice, bob)
      await hosts(bob, carol, dave)
      expect([carol, dave].map((each) => bob.participant(each)?.silenced)).to.deep.equal([true, false])
    })

    it('keeps those on hold who hold it for themselves', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await carol.phone.hold()
      await stage().handOver(alice, bob)
      await carol.hears('call:state-changed')
      await bob.until('it is seen', () => bob.participant(carol)?.state === 'held')
      await carol.phone.resume()
      await hosts(bob, carol, dave)
    })

    it('takes invitations back that nobody has answered', async () => {
      const [alice, bob, carol] = await stage().conference()
      const dave = await stage().signedIn('dave')
      await Promise.all([alice.phone.addParticipant(dave.address), dave.isInvited()])
      await stage().handOver(alice, bob)
      await dave.hears('conference:canceled')
      await hosts(bob, carol)
    })

    it('shows pictures at the new host and to the others as before', async () => {
      const [alice, bob, carol] = await stage().conference('video')
      await stage().handOver(alice, bob)
      await hosts(bob, carol)
      expect(bob.call(2)).to.include({ mediaType: 'video', camera: true })
      expect(carol.call()).to.include({ mediaType: 'video', camera: true })
      expect(bob.participant(carol)?.stream?.getVideoTracks()).to.have.lengthOf(1)
    })

    it('opens no camera that was off', async () => {
      const [alice, bob, carol] = await stage().conference('video')
      await bob.phone.setCamera(false)
      await stage().handOver(alice, bob)
      await hosts(bob, carol)
      expect(bob.call(2)).to.include({ mediaType: 'video', camera: false })
      expect(bob.call(2).localStream?.getVideoTracks()).to.deep.equal([])
    })

    it('stays with its host when the other is in no state to take it', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await bob.phone.hold()
      await alice.until('it is seen', () => alice.participant(bob)?.state === 'held')
      await refused(alice, bob.address)
      await bob.phone.resume()
      await hosts(alice, bob, carol, dave)
    })

    it('stays with its host when there is nobody of that address', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await refused(alice, 'nobody@example.com')
      await hosts(alice, bob, carol, dave)
    })

    it('stays with its host when there is nobody else in it', async () => {
      const [alice, bob] = await stage().pair()
      await stage().host(alice)
      await stage().join(alice, bob)
      await refused(alice, bob.address)
      await hosts(alice, bob)
    })

    it('is refused who hosts none', async () => {
      const alice = await stage().signedIn()
      const error: unknown = await alice.phone.handOverConference('bob').catch((cause: unknown) => cause)
      expect(error).to.include({ ErrorCode: '3731', JSMethod: 'handOverConference' })
    })

    it('goes on without who leaves meanwhile', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      await Promise.all([stage().handOver(alice, bob), dave.phone.endConference()])
      await hosts(bob, carol)
    })

    it('that was two calls goes on as well', async () => {
      const [alice, bob, carol] = await stage().twoCalls()
      await alice.phone.merge()
      await alice.hears('conference:invitation-accepted', 2)
      await stage().handOver(alice, carol)
      await hosts(carol, bob)
      expect(bob.call()).to.include({ callType: 'call', progress: 'connected' })
    })
  })

  describe('who is to become the host of a conference', () => {
    const stage = useStage(network)

    interface Asked extends Four {
      /** What Alice hears of it. */
      readonly outcome: Promise<unknown>
    }

    /** Alice asks Bob. */
    async function asked(): Promise<Asked> {
      const all = await four(stage())
      const outcome = all.alice.phone.handOverConference(all.bob.address).then(
        () => 'handed over',
        (error: unknown) => error,
      )
      await all.bob.isAskedToHost()
      return { ...all, outcome }
    }

    it('is asked, and nothing changes for anybody meanwhile', async () => {
      const { alice, bob, carol, dave } = await asked()
      await stage().settled()
      expect(bob.story).to.deep.equal(['conference:hand-over-requested'])
      expect(bob.call()).to.include({ progress: 'connected', callType: 'conference' })
      expect(alice.call()).to.include({ pending: 'transfer', progress: 'connected' })
      expect([alice, carol, dave].flatMap(({ story }) => story)).to.deep.equal([])
    })

    it('may decline: the host is told so, and hosts on', async () => {
      const { alice, bob, carol, dave, outcome } = await asked()
      await bob.phone.rejectHandOver()
      expect(await outcome).to.include({ ErrorCode: '5241', JSMethod: 'handOverConference' })
      await hosts(alice, bob, carol, dave)
      await stage().settled()
      expect(alice.call()).to.include({ pending: null, progress: 'connected' })
      expect([alice, bob, carol, dave].map(({ story }) => story)).to.deep.equal([
        ['error 5241'],
        ['conference:hand-over-requested'],
        [],
        [],
      ])
      expect(bob.call()).to.include({ handOverAsked: false, progress: 'connected' })
    })

    it('is left alone when they have just declined: the host who asks again is told no at once', async () => {
      const { alice, bob, carol, dave, outcome } = await asked()
      await bob.phone.rejectHandOver()
      await outcome
      for (let time = 1; time <= 2; time++) {
        const error: unknown = await alice.phone.handOverConference(bob.address).catch((cause: unknown) => cause)
        expect(error).to.include({ ErrorCode: '5241' })
      }
      expect(bob.story).to.deep.equal(['conference:hand-over-requested'])
      expect(bob.call()).to.include({ handOverAsked: false, progress: 'connected' })
      await hosts(alice, bob, carol, dave)
    })

    it('is asked no more when the host ends it for all, who is told of no error', async () => {
      const { alice, bob, outcome } = await asked()
      await alice.phone.endConference()
      await bob.hears('conference:ended')
      await outcome
      expect(bob.snapshot.calls).to.deep.equal([])
      expect(alice.story).not.to.include('error 3100')
    })

    it('may leave instead, and the host is told so', async () => {
      const { alice, bob, carol, dave, outcome } = await asked()
      await bob.phone.endConference()
      expect(await outcome).to.include({ JSMethod: 'handOverConference' })
      await hosts(alice, carol, dave)
    })

    it('is not asked where the page declines for all', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      bob.phone.configure({ allowHandOver: false })
      const error: unknown = await alice.phone.handOverConference(bob.address).catch((cause: unknown) => cause)
      expect(error).to.include({ ErrorCode: '5241' })
      await hosts(alice, bob, carol, dave)
      expect(bob.story).to.deep.equal([])
    })

    it('is not asked where the page agrees for all', async () => {
      const { alice, bob, carol, dave } = await four(stage())
      bob.phone.configure({ allowHandOver: true })
      await alice.phone.handOverConference(bob.address)
      await hosts(bob, carol, dave)
      expect(names(bob)).not.to.include('conference:hand-over-requested')
    })

    it('brings those along who joined while they were asked', async () => {
      const { alice, bob, carol, dave, outcome } = await asked()
      const erin = await stage().signedIn('erin')
      await stage().join(alice, erin)
      await bob.phone.acceptHandOver()
      expect(await outcome).to.equal('handed over')
      await hosts(bob, carol, dave, erin)
    })

    it('refuses what nobody asks', async () => {
      const bob = await stage().signedIn('bob')
      for (const [method, code] of [
        ['acceptHandOver', '5331'],
        ['rejectHandOver', '5431'],
      ] as const) {
        const error: unknown = await bob.phone[method]().catch((cause: unknown) => cause)
        expect(error).to.include({ ErrorCode: code, JSMethod: method })
      }
    })
  })
}

async function refused({ phone }: RecordedPhone, address: string): Promise<void> {
  const error: unknown = await phone.handOverConference(address).catch((cause: unknown) => cause)
  expect(error).to.include({ ErrorCode: '3100', JSMethod: 'handOverConference' })
}
