import { expect } from '@open-wc/testing'
import { SignalingError } from '../../signaling/signaling.ts'
import { phoneEventNames, type PhoneEvents } from '../phone-events.ts'
import { eventReference, type Field, type FieldType } from './event-reference.fixture.ts'
import { methodReference } from './method-reference.fixture.ts'
import { FaultySignaling } from './testing/faulty-signaling.ts'
import { localNetwork } from './testing/local-network.ts'
import { PhoneStage } from './testing/phone-stage.ts'
import type { Heard, RecordedPhone } from './testing/recorded-phone.ts'

type EventName = keyof typeof eventReference

/** What a payload may carry beyond its fields: the original published it too. */
const beyond = {
  callType: 'String',
  to: 'String',
  from: 'String',
  index: 'Number',
  generator: 'String',
  operation: 'String',
  background: 'Boolean',
  message: 'String',
} as const satisfies Readonly<Record<string, FieldType>>

interface Scenario {
  readonly name: string
  /** What it shows: one phone's events, all of these among them. */
  readonly fires: readonly EventName[]
  readonly play: (stage: PhoneStage) => Promise<RecordedPhone>
}

const scenarios: readonly Scenario[] = [
  {
    name: 'a call that is dialled, held, muted, toned, changed and ended',
    fires: [
      'session:ready',
      'dialing',
      'call:connecting',
      'call:connected',
      'media:established',
      'call:held',
      'call:resumed',
      'call:muted',
      'call:unmuted',
      'warning',
      'dtmf:tone-sending',
      'dtmf:tone-sent',
      'call:modification-in-progress',
      'call:state-changed',
      'call:disconnecting',
      'call:disconnected',
      'session:disconnected',
    ],
    play: async (stage) => {
      const [alice, bob] = await Promise.all([stage.phone('alice'), stage.signedIn('bob')])
      await alice.signIn()
      await stage.connect(alice, bob)
      await alice.phone.hold()
      await alice.phone.resume()
      await alice.phone.mute()
      await alice.phone.mute()
      await alice.phone.unmute()
      await alice.phone.sendDTMFTone({ input: '#', gap: 50 })
      const accepted = bob.hears('call:media-modification').then(() => bob.phone.acceptModification())
      await Promise.all([alice.phone.upgrade(), accepted])
      await alice.phone.hangup()
      await alice.phone.logout()
      return alice
    },
  },
  {
    name: 'a call that is answered, and asked to change',
    fires: [
      'call:incoming',
      'answering',
      'call:connecting',
      'call:connected',
      'media:established',
      'call:media-modification',
      'call:state-changed',
      'call:disconnected',
    ],
    play: async (stage) => {
      const [alice, bob] = await stage.pair()
      await stage.connect(alice, bob)
      await Promise.all([
        alice.phone.upgrade(),
        bob.hears('call:media-modification').then(() => bob.phone.rejectModification()),
      ])
      await alice.phone.hangup()
      await bob.hears('call:disconnected')
      return bob
    },
  },
  {
    name: 'a request that the other side refuses',
    fires: ['notification'],
    play: async (stage) => {
      const [alice, bob] = await stage.talk()
      await Promise.all([
        alice.phone.upgrade(),
        bob.hears('call:media-modification').then(() => bob.phone.rejectModification()),
      ])
      return alice
    },
  },
  {
    name: 'a video call that is answered as audio',
    fires: ['call:connected'],
    play: async (stage) => {
      const [alice, bob] = await stage.pair()
      await Promise.all([alice.dial(bob, 'video'), bob.rings()])
      await bob.phone.answer({ mediaType: 'audio' })
      await alice.hears('call:connected')
      return alice
    },
  },
  {
    name: 'a call that is canceled, and one that is rejected',
    fires: ['call:canceled', 'call:rejected'],
    play: async (stage) => {
      const [alice, bob] = await stage.pair()
      await Promise.all([alice.dial(bob), bob.rings()])
      await alice.phone.cancel()
      await bob.hears('call:canceled')
      await Promise.all([alice.dial(bob), bob.rings()])
      await bob.phone.reject()
      await alice.hears('call:rejected')
      return alice
    },
  },
  {
    name: 'a call whose network plays its own ringback',
    fires: ['call:ringback-provided'],
    play: async (stage) => {
      const faulty = new FaultySignaling(stage.network.signaling())
      const [alice, bob] = await Promise.all([
        stage.signedIn('alice', { signaling: () => faulty }),
        stage.signedIn('bob'),
      ])
      await Promise.all([alice.dial(bob), bob.rings()])
      faulty.legs[0]?.tell('progress', 'early-media')
      return alice
    },
  },
  {
    name: 'two calls that change places',
    fires: ['session:call-switched'],
    play: async (stage) => {
      const [alice] = await stage.twoCalls()
      await alice.phone.switchCall()
      return alice
    },
  },
  {
    name: 'a transfer',
    fires: ['call:transferring', 'call:transferred', 'call:disconnected'],
    play: async (stage) => {
      const [alice] = await stage.twoCalls()
      await alice.phone.transfer()
      await alice.hears('call:disconnected', 2)
      return alice
    },
  },
  {
    name: 'a transfer, at the one who stays',
    fires: ['call:state-changed'],
    play: async (stage) => {
      const [alice, bob] = await stage.twoCalls()
      await Promise.all([alice.phone.transfer(), bob.hears('call:state-changed')])
      return bob
    },
  },
  {
    name: 'a move',
    fires: ['call:moved'],
    play: async (stage) => {
      const [[alice], alice2] = await Promise.all([stage.talk(), stage.signedIn('alice')])
      await Promise.all([alice.phone.move(), alice2.rings().then(() => alice2.phone.answer({}))])
      await alice.hears('call:moved')
      return alice
    },
  },
  {
    name: 'a conference that is hosted',
    fires: [
      'conference:connecting',
      'conference:connected',
      'media:established',
      'conference:invitation-sending',
      'conference:invitation-sent',
      'conference:invitation-accepted',
      'conference:invitation-rejected',
      'conference:participant-removed',
      'conference:held',
      'conference:resumed',
      'conference:disconnecting',
      'conference:ended',
      'call:muted',
      'warning',
    ],
    play: async (stage) => {
      const [alice, bob, carol] = await stage.three()
      await stage.host(alice)
      await stage.join(alice, bob)
      await Promise.all([alice.phone.addParticipant(carol.address), carol.isInvited()])
      await carol.phone.rejectConference()
      await alice.hears('conference:invitation-rejected')
      await alice.phone.hold()
      await alice.phone.resume()
      await alice.phone.mute()
      await alice.phone.removeParticipant(carol.address)
      await alice.phone.removeParticipant(bob.address)
      await alice.phone.endConference()
      return alice
    },
  },
  {
    name: 'a conference that is joined',
    fires: [
      'conference:invitation-received',
      'conference:joining',
      'conference:connecting',
      'conference:connected',
      'media:established',
      'conference:held',
      'conference:resumed',
      'conference:disconnecting',
      'conference:ended',
    ],
    play: async (stage) => {
      const [alice, bob] = await stage.pair()
      await stage.host(alice)
      await stage.join(alice, bob)
      await alice.phone.hold()
      await alice.phone.resume()
      await bob.hears('conference:resumed')
      await bob.phone.endConference()
      return bob
    },
  },
  {
    name: 'an invitation that is taken back, and one that is declined',
    fires: ['conference:canceled', 'conference:invitation-rejected'],
    play: async (stage) => {
      const [alice, bob] = await stage.pair()
      await stage.host(alice)
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await alice.phone.removeParticipant(bob.address)
      await bob.hears('conference:canceled')
      await Promise.all([alice.phone.addParticipant(bob.address), bob.isInvited()])
      await bob.phone.rejectConference()
      return bob
    },
  },
  {
    name: 'another emergency address',
    fires: ['address-updated'],
    play: async (stage) => {
      const alice = await stage.signedIn()
      await alice.phone.associateE911Id({ e911Id: 'e-1' })
      return alice
    },
  },
  {
    name: 'a network that goes away, comes back, and then forgets the session',
    fires: ['connectivity:off', 'connectivity:on', 'gateway:unreachable', 'session:expired'],
    play: async (stage) => {
      const faulty = new FaultySignaling(stage.network.signaling())
      const alice = await stage.signedIn('alice', { signaling: () => faulty })
      window.dispatchEvent(new Event('offline'))
      faulty.break('resume', new SignalingError('unreachable', 'Cannot reach the Gateway', { status: 503 }))
      faulty.tell('link', { state: 'lost', error: new SignalingError('unreachable', 'Cut') })
      await alice.hears('gateway:unreachable')
      faulty.mend('resume')
      window.dispatchEvent(new Event('online'))
      await alice.until('the session is back', () => alice.snapshot.session.state === 'ready')
      faulty.tell('expired', new SignalingError('expired', 'Session id not found', { status: 404 }))
      return alice
    },
  },
  {
    name: 'an error of the phone',
    fires: ['error'],
    play: async (stage) => {
      const alice = await stage.phone()
      await alice.phone.hangup().catch(() => {})
      return alice
    },
  },
  {
    name: 'an error of the network',
    fires: ['error'],
    play: async (stage) => {
      const alice = await stage.signedIn()
      await alice.dial('nobody.at.all').catch(() => {})
      return alice
    },
  },
]

const is: Readonly<Record<FieldType, (value: unknown) => boolean>> = {
  Number: (value) => typeof value === 'number' && Number.isFinite(value),
  String: (value) => typeof value === 'string' && value !== '',
  Boolean: (value) => typeof value === 'boolean',
  Array: (value) => Array.isArray(value) && value.every((each) => typeof each === 'string'),
  Object: (value) => typeof value === 'object' && value !== null,
  Date: (value) => value instanceof Date && !Number.isNaN(value.getTime()),
}

/**
 * Where the contract names another type than the original gave and pages read: who began a conference, and whom it
 * invites, is text, as everywhere; codecs are a list.
 */
const asGiven: Readonly<Record<string, FieldType>> = {
  'conference:connecting from': 'String',
  'conference:joining from': 'String',
  'conference:invitation-sending invitee': 'String',
  'conference:disconnecting codec': 'Array',
}

/** Whether a field is there, and what it is to be. */
function readField(field: Field): { readonly type: FieldType; readonly optional: boolean } {
  return { type: field.replace('?', '') as FieldType, optional: field.endsWith('?') }
}

/** What is wrong with a payload, one line a field. */
function problemsOf({ name, payload }: Heard): readonly string[] {
  const fields: Readonly<Record<string, Field>> = eventReference[name as EventName]
  const known: Readonly<Record<string, Field>> = { ...beyond, ...fields }
  const missing = Object.entries(fields).flatMap(([field, described]) =>
    !readField(described).optional && payload[field] === undefined ? [`${field} is missing`] : [],
  )
  // An error is an Error, which has fields of its own.
  const given = name === 'error' ? Object.keys(fields).filter((field) => field in payload) : Object.keys(payload)
  const wrong = given.flatMap((field) => {
    const described = known[field]
    if (described === undefined) return [`${field} is not a field of it`]
    // The seed says the peer's address, the original the whole call: this is both.
    if (name === 'session:call-switched' && field !== 'timestamp') return []
    return is[asGiven[`${name} ${field}`] ?? readField(described).type](payload[field])
      ? []
      : [`${field} is no ${described}: ${String(payload[field])}`]
  })
  return [...missing, ...wrong]
}

describe('every event', function () {
  this.timeout(120_000)

  it('has a scenario here that fires it', () => {
    const fired = [...new Set(scenarios.flatMap(({ fires }) => fires))]
    expect(fired.sort()).to.deep.equal(Object.keys(eventReference).sort())
  })

  it('of the contract is one that a page can listen to', () => {
    expect(phoneEventNames).to.include.members(Object.keys(eventReference))
  })

  it('that a method is said to fire is one of the contract', () => {
    const named = Object.values(methodReference).flatMap(({ fires }) => [...fires])
    expect(Object.keys(eventReference)).to.include.members(named)
  })

  for (const { name, fires, play } of scenarios) {
    describe(`of ${name}`, () => {
      let heard: readonly Heard[]

      before(async () => {
        const stage = new PhoneStage(localNetwork)
        const recorded = await play(stage)
        heard = [...recorded.heard]
        await stage.close()
      })

      for (const event of fires) {
        it(`${event} carries what the contract lists, and nothing else`, () => {
          const payloads = heard.filter((each) => each.name === event)
          expect(payloads).not.to.be.empty
          expect(payloads.flatMap(problemsOf)).to.deep.equal([])
        })
      }
    })
  }

  describe('of a call', () => {
    const ofCalls = (heard: readonly Heard[]) => heard.filter(({ payload }) => payload['callType'] === 'call')

    it('names the called party by the dialled address at the caller, and the caller by URI at the called', async () => {
      const stage = new PhoneStage(localNetwork)
      const [alice, bob] = await stage.pair()
      await stage.connect(alice, bob)
      const parties = [alice, bob].map(({ heard }) => ofCalls(heard).map(({ payload: { to, from } }) => ({ to, from })))
      await stage.close()
      expect(parties[0]).to.deep.equal(Array(4).fill({ to: bob.address, from: undefined }))
      expect(parties[1]).to.deep.equal(Array(5).fill({ to: undefined, from: `sip:${alice.address}@local` }))
    })

    it('names the codecs once they are agreed on', async () => {
      const stage = new PhoneStage(localNetwork)
      const [alice] = await stage.talk('video')
      await alice.phone.mute()
      const { codec } = await alice.hears('call:muted')
      await stage.close()
      expect(codec).to.have.lengthOf(2)
    })

    it('that switches tells both calls, which read as the other party’s address', async () => {
      const stage = new PhoneStage(localNetwork)
      const [alice, bob, carol] = await stage.twoCalls()
      await alice.phone.switchCall()
      const { from, to } = await alice.hears('session:call-switched')
      await stage.close()
      expect([String(from), String(to)]).to.deep.equal([carol.address, bob.address])
      expect([from.index, to.index]).to.deep.equal([2, 1])
    })
  })
})

/** Compiles only while every name of the contract is typed. */
export type TypedEvents = Pick<PhoneEvents, EventName>
