import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import type { ConferencePicture, Leg } from '../../signaling/signaling.ts'
import type { Call, MediaElements } from '../call.ts'
import type { Line } from '../line.ts'
import type { ConferenceSnapshot, ParticipantSnapshot } from '../snapshot.ts'
import { Conference, type ConferenceInit, type GivenConference } from './conference.ts'
import { conferencePublisher } from './conference-events.ts'
import { newParticipant } from './new-participant.ts'
import { ServerFocus } from './server-focus.ts'
import { TakeOver } from './take-over.ts'

const log = logger('conference')

export interface StartOptions extends ConferenceInit {
  readonly method: 'startConference' | 'merge'
  /** Default false. */
  readonly behind?: boolean
}

/** The conferences of one phone: those it hosts, and those it takes part in. */
export class Conferences {
  readonly #line: Line
  readonly #hosted = new Set<Conference>()
  #takeOver: TakeOver | null = null

  constructor(line: Line) {
    this.#line = line
  }

  /** The one that this user hosts: the one in the foreground, if that is one. */
  get hosted(): Conference | null {
    const hosted = [...this.#hosted].filter(({ call }) => call.snapshot.progress === 'connected')
    return hosted.find(({ call }) => call.snapshot.foreground) ?? hosted[0] ?? null
  }

  /** The one that this user is in, hosted or not: the one in the foreground, if that is one. */
  get active(): Call | null {
    const { foreground, background } = this.#line.calls
    return [foreground, background].find((call) => call?.snapshot.callType === 'conference') ?? null
  }

  /** Addresses of those who take part in the conference `index`; absent where another user hosts it. */
  roster(index: number): { readonly participants: readonly string[] } | undefined {
    const conference = [...this.#hosted].find(({ call }) => call.snapshot.index === index)
    return conference && { participants: Object.keys(conference.roster().participants) }
  }

  /** Starts one, in the foreground unless it begins behind another call. */
  async start(elements: MediaElements, { method, behind = false, ...init }: StartOptions): Promise<Conference> {
    const line = this.#line
    const conference = this.#host(init)
    if (!behind) line.calls.foreground = conference.call
    await conference.start(elements, method)
    return conference
  }

  /** The host of a conference, who leaves, gives a part of it to this user. */
  async offered(leg: Leg): Promise<void> {
    const open = this.#takeOver?.isOf(leg) ? this.#takeOver : TakeOver.begin(this.#line, this, leg)
    if (!open) {
      // A stranger's try is nothing to tell the person of.
      void ignore(log, leg.reject('busy'), 'a hand-over was not refused')
      return
    }
    this.#takeOver = open
    await open.take(leg)
  }

  /** Somebody invites this user. */
  invited(leg: Leg): void {
    const { remote, mediaType } = leg
    const init = { direction: 'incoming', callType: 'conference', remote, mediaType } as const
    let given: Conference | null = null
    const call = this.#line.create(init, (context) => ({
      ...context,
      publish: (name, payload) => conferencePublisher(context.publish, given?.identity)(name, payload),
      changed: () => {
        context.changed()
        this.#changed()
      },
      ended: () => {
        context.ended()
        this.#changed()
      },
    }))
    const take = async () => {
      given = await this.#given(call, leg)
    }
    leg.on('hosting', () => void this.#line.run('startConference', take), { signal: call.gone })
    leg.on('pictures', () => this.#changed(), { signal: call.gone })
    call.alert(leg)
  }

  #host(init: ConferenceInit | GivenConference): Conference {
    const conference = new Conference(this.#line, init, () => this.#changed())
    this.#hosted.add(conference)
    conference.call.gone.addEventListener('abort', () => this.#hosted.delete(conference), { once: true })
    return conference
  }

  /** The host has given this user the conference they are in; a server mixes it as before. */
  async #given(call: Call, leg: Leg): Promise<Conference | null> {
    const { session, options } = this.#line
    const context = { signaling: session.signaling, ringTimeout: options.ringTimeout }
    const focus = await ServerFocus.open(context, leg, call.gone)
    const conference = focus && this.#host({ call, focus })
    this.#changed()
    return conference
  }

  #changed(): void {
    this.#line.store.update({ conference: this.#snapshot() })
  }

  #snapshot(): ConferenceSnapshot | null {
    const live = [...this.#hosted].filter(({ call }) => !call.ended)
    const hosted = live.find(({ call }) => call.snapshot.foreground) ?? live[0]
    if (hosted) return hosted.snapshot
    const joined = this.active ?? this.#line.calls.incoming('conference')
    if (!joined) return null
    const { index, mediaType } = joined.snapshot
    return Object.freeze({
      index,
      role: 'participant',
      mix: null,
      mediaType,
      participants: Object.freeze((joined.leg?.pictures ?? []).map(seen)),
      limit: 0,
      atLimit: false,
      allSilenced: false,
    })
  }
}

/** Somebody of whom the other participants know nothing but the picture. */
const seen = ({ party, stream, speaking }: ConferencePicture): ParticipantSnapshot =>
  Object.freeze({ ...newParticipant(party.address, 'video'), ...party, state: 'joined', speaking, stream })
