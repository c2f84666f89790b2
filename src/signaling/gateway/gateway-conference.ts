import { abortable } from '../../base/abortable.ts'
import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import { timeLimit } from '../../base/time-limit.ts'
import { details, reasons, type ExchangeEvent, type ParticipantReport } from '../../exchange/protocol.ts'
import { legEnd } from '../exchange/leg-end.ts'
import type { ExchangePort } from '../exchange/exchange-port.ts'
import { partyOf } from '../exchange/party.ts'
import {
  SignalingError,
  type HostedConference,
  type HostedParticipant,
  type HostedParticipantEvents,
  type Leg,
  type LegEnd,
  type LegMedia,
  type Party,
} from '../signaling.ts'
import type { ConferenceSession } from './conference-session.ts'
import type { GatewayRest, RestRequest } from './gateway-rest.ts'

import { PicturedLeg } from './pictured-leg.ts'

const log = logger('gateway')

/** How long the gateway may take to tell what came of a question that has 30 s for its answer, in ms. */
const handOverLimit = 40_000

/** Who takes part, as the gateway lists it. */
interface ParticipantList {
  readonly participants: readonly {
    readonly from: string
    readonly modId: string
    readonly participant: ParticipantReport
  }[]
}

/** A conference that the gateway's media server mixes. */
export class GatewayConference implements HostedConference {
  readonly leg: Leg
  readonly limit: number
  readonly #rest: GatewayRest
  readonly #path: string
  readonly #participants = new Map<string, GatewayParticipant>()
  /** Events of those that the gateway has not confirmed yet: the event channel can be faster than the reply. */
  #unclaimed: ExchangeEvent[] = []
  #asking = 0

  /**
   * Resolves when the gateway has taken the offer; the leg is established with the answer. With a leg that is up: when
   * the gateway has told who takes part in the conference that was handed over.
   */
  static async start(session: ConferenceSession, by: LegMedia | Leg, signal: AbortSignal): Promise<GatewayConference> {
    const { participantLimit, videoParticipantLimit } = session.answer
    const limit = by.mediaType === 'video' ? videoParticipantLimit : participantLimit
    if (limit === undefined) throw new SignalingError('refused', 'No server passes on pictures', { status: 503 })
    if ('local' in by) return new GatewayConference(session, await GatewayConference.#place(session, by, signal), limit)
    const conference = new GatewayConference(session, by, limit)
    await conference.#takeUp(signal)
    return conference
  }

  static async #place(session: ConferenceSession, media: LegMedia, signal: AbortSignal): Promise<Leg> {
    const { port, rest, path } = session
    const video = media.mediaType === 'video'
    const conferencePort: ExchangePort = {
      async request(command, aborts) {
        if (command.op !== 'dial') return port.request(command, aborts)
        const body = { conference: { sdp: command.sdp, ...(video && { video }) } }
        const response = await rest.send({ method: 'POST', path: `${path}/conferences`, body, signal: aborts })
        return { call: response.headers.get('Location')?.split('/').at(-1) ?? '' }
      },
    }
    const soundOnly = { ...media, mediaType: 'audio' } as const
    const sound = await session.legs.place(session.host, soundOnly, signal, { focus: true }, conferencePort)
    return video ? new PicturedLeg(sound, session, media) : sound
  }

  private constructor(session: ConferenceSession, leg: Leg, limit: number) {
    this.leg = leg
    this.limit = limit
    this.#rest = session.rest
    this.#path = `${session.path}/conferences/${encodeURIComponent(leg.id)}/participants`
    const over = new AbortController()
    const take = (event: ExchangeEvent) => {
      if (event.call !== leg.id) return
      this.#take(event)
      if (event.state !== 'session-terminated') return
      over.abort()
      for (const participant of this.#participants.values()) participant.conferenceEnded()
    }
    session.told.on('event', take, { signal: over.signal })
  }

  get participants(): readonly GatewayParticipant[] {
    return [...this.#participants.values()]
  }

  invite(to: string, signal: AbortSignal): Promise<GatewayParticipant> {
    const path = `${this.#path}/${encodeURIComponent(to)}`
    return this.#ask({ method: 'PUT', path, signal }, path, partyOf(to))
  }

  adopt({ id: call, remote }: Leg, signal: AbortSignal): Promise<GatewayParticipant> {
    const request = { method: 'POST', path: this.#path, body: { participant: { call } }, signal } as const
    return this.#ask(request, `${this.#path}/${encodeURIComponent(remote.uri)}`, remote)
  }

  /** Asks for somebody, who is at `path` then. */
  #ask(request: RestRequest, path: string, party: Party): Promise<GatewayParticipant> {
    return this.#claiming(async () => {
      const { headers } = await this.#rest.send(request)
      return this.#follow(headers.get('x-modId') ?? '', new GatewayParticipant(this.#rest, path, party))
    })
  }

  /** Asks who takes part. */
  #takeUp(signal: AbortSignal): Promise<void> {
    return this.#claiming(async () => {
      const response = await this.#rest.send({ method: 'GET', path: this.#path, signal })
      const { participants } = (await response.json()) as ParticipantList
      for (const { from, modId, participant } of participants) {
        const path = `${this.#path}/${encodeURIComponent(from)}`
        const taken = this.#follow(modId, new GatewayParticipant(this.#rest, path, partyOf(from)))
        taken.take({ type: 'conferences', call: this.leg.id, state: 'participant-changed', from, participant })
      }
    })
  }

  /** Events of those whom `task` learns of may come before it does. */
  async #claiming<T>(task: () => Promise<T>): Promise<T> {
    this.#asking++
    try {
      return await task()
    } finally {
      this.#asking--
      const early = this.#unclaimed
      this.#unclaimed = []
      for (const event of early) this.#take(event)
    }
  }

  #follow(id: string, participant: GatewayParticipant): GatewayParticipant {
    this.#participants.set(id, participant)
    participant.on('ended', () => this.#participants.delete(id))
    return participant
  }

  #take(event: ExchangeEvent): void {
    const participant = this.#participants.get(event.modId ?? '')
    if (participant) participant.take(event)
    else if (this.#asking > 0 && event.modId) this.#unclaimed.push(event)
  }
}

/** Somebody in a conference that the gateway's media server mixes. */
export class GatewayParticipant implements HostedParticipant {
  readonly #rest: GatewayRest
  readonly #path: string
  readonly #events = new Emitter<HostedParticipantEvents>()
  #remote: Party
  #removed = false
  #ended = false
  /** Takes what came of the question whether they host from now on; `null` while nobody asked. */
  #handedOver: ((event: Pick<ExchangeEvent, 'reason' | 'detail'>) => void) | null = null
  /** What came before anybody listened; `null` since somebody does. */
  #unread: ExchangeEvent[] | null = []

  constructor(rest: GatewayRest, path: string, remote: Party) {
    this.#rest = rest
    this.#path = path
    this.#remote = remote
  }

  get remote(): Party {
    return this.#remote
  }

  on<Name extends keyof HostedParticipantEvents>(
    name: Name,
    listener: (payload: HostedParticipantEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
    if (name === 'changed') queueMicrotask(() => this.#read())
  }

  async remove(): Promise<void> {
    if (this.#ended) return
    this.#removed = true
    // Who is not there any more need not be taken out.
    await ignore(log, this.#rest.send({ method: 'DELETE', path: this.#path }), 'a participant was not removed')
    this.#end({ reason: 'hangup' })
  }

  async silence(silenced: boolean): Promise<void> {
    const headers = { 'x-participant-action': silenced ? 'silence' : 'unsilence' }
    await this.#rest.send({ method: 'PUT', path: this.#path, headers })
  }

  async handOver(): Promise<boolean> {
    const over = new AbortController()
    // The event channel can be faster than the reply.
    const settled = new Promise<Pick<ExchangeEvent, 'reason' | 'detail'>>((resolve) => (this.#handedOver = resolve))
    try {
      await this.#rest.send({ method: 'PUT', path: this.#path, headers: { 'x-participant-action': 'hand-over' } })
      const { reason, detail } = await abortable(settled, timeLimit(handOverLimit, over.signal))
      if (reason === reasons.success) return true
      if (reason === reasons.rejected || detail === details.noAnswer) return false
    } catch (cause) {
      if (cause instanceof SignalingError) throw cause
      throw new SignalingError('timeout', 'The gateway did not say what they answered', { cause })
    } finally {
      this.#handedOver = null
      over.abort()
    }
    throw new SignalingError('refused', 'They have left')
  }

  /** The conference is over for its host. */
  conferenceEnded(): void {
    this.#handedOver?.({})
  }

  /** Takes an event of the gateway. */
  take(event: ExchangeEvent): void {
    if (this.#unread) this.#unread.push(event)
    else this.#handle(event)
  }

  #read(): void {
    const unread = this.#unread ?? []
    this.#unread = null
    for (const event of unread) this.#handle(event)
  }

  #handle(event: ExchangeEvent): void {
    const { from, participant, state, reason } = event
    if (from) this.#remote = partyOf(from)
    if (state === 'hand-over-terminated') this.#handedOver?.(event)
    if (state === 'mod-terminated' && reason !== reasons.success)
      this.#end(this.#removed ? { reason: 'hangup' } : legEnd(event))
    if (!participant) return
    if (participant.state === 'left') this.#end({ reason: this.#removed ? 'hangup' : 'remote-hangup' })
    else this.#events.emit('changed', { ...participant, state: participant.state })
  }

  #end(end: LegEnd): void {
    if (this.#ended) return
    this.#ended = true
    this.#handedOver?.({})
    this.#events.emit('ended', end)
    this.#events.clear()
  }
}
