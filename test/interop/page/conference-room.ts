import { defaultConnectionSettings } from '../../../src/media/connection-settings.ts'
import { LocalMedia } from '../../../src/media/local-media.ts'
import { GatewaySignaling } from '../../../src/signaling/gateway/gateway-signaling.ts'
import {
  SignalingError,
  type HostedConference,
  type HostedParticipant,
  type Leg,
} from '../../../src/signaling/signaling.ts'
import { ToneEar, tokenFor, toneTrack } from './tone-ear.ts'

const patience = (): AbortSignal => AbortSignal.timeout(20_000)

interface Heard {
  readonly name: string
  readonly payload: unknown
}

/** What of a payload can leave the page. */
const plain = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null
    ? Object.fromEntries(Object.entries(payload).filter(([, value]) => typeof value !== 'object'))
    : { value: payload }

/** Somebody who sends a tone of their own, and takes part in one conference. */
class Attendee {
  readonly heard: Heard[] = []
  readonly local = new LocalMedia()
  readonly #signaling: GatewaySignaling
  readonly #context: AudioContext
  readonly #server: string
  readonly #ear: ToneEar
  readonly #participants = new Map<string, HostedParticipant>()
  #leg: Leg | null = null
  #conference: HostedConference | null = null

  constructor(server: string, context: AudioContext) {
    this.#signaling = new GatewaySignaling(server)
    this.#context = context
    this.#server = server
    this.#ear = new ToneEar(context)
    this.#signaling.on('incoming', (leg) => this.#take(leg))
  }

  /** With a `picture` they take part by that, too. */
  async signIn(userId: string, tone: number, picture?: MediaStreamTrack): Promise<void> {
    await this.local.set(toneTrack(this.#context, tone))
    if (picture) await this.local.set(picture)
    const token = await tokenFor(this.#server, userId)
    await this.#signaling.connect({ userId, token }, patience())
  }

  get mix(): string | undefined {
    return this.#signaling.capabilities.mix
  }

  get leg(): Leg {
    if (!this.#leg) throw new Error('In no conference')
    return this.#leg
  }

  async host(): Promise<void> {
    this.#conference = await this.#signaling.startConference(this.#media, patience())
    this.#take(this.#conference.leg)
  }

  async invite(address: string): Promise<void> {
    if (!this.#conference) throw new Error('Hosts no conference')
    const participant = await this.#conference.invite(address, patience())
    this.#participants.set(address, participant)
    const hear = (name: string) => (payload: unknown) =>
      this.heard.push({ name: `${name} ${address}`, payload: plain(payload) })
    participant.on('ended', hear('ended'))
    participant.on('changed', hear('changed'))
  }

  participant(address: string): HostedParticipant {
    const participant = this.#participants.get(address)
    if (!participant) throw new Error(`${address} was not invited`)
    return participant
  }

  async join(): Promise<void> {
    await this.leg.accept(this.#media, patience())
  }

  /** Dies without a word: nothing more leaves this connection. */
  vanish(): void {
    this.leg.connection?.getSenders().forEach((sender) => void sender.replaceTrack(null))
  }

  async signOut(): Promise<void> {
    await this.#signaling.disconnect()
  }

  /** Which of these tones arrive now. */
  hears(tones: readonly number[]): readonly number[] {
    return this.#ear.hears(tones)
  }

  get #media(): {
    readonly mediaType: 'audio' | 'video'
    readonly local: LocalMedia
    readonly settings: typeof defaultConnectionSettings
  } {
    const mediaType = this.local.track('video') ? 'video' : 'audio'
    return { mediaType, local: this.local, settings: defaultConnectionSettings }
  }

  #take(leg: Leg): void {
    this.#leg = leg
    this.heard.push({ name: 'leg', payload: { conference: leg.conference, from: leg.remote.address } })
    for (const name of ['established', 'held', 'resumed', 'changed', 'link', 'ended'] as const)
      leg.on(name, (payload: unknown) => this.heard.push({ name, payload: plain(payload) }))
    leg.on('track', () => this.#ear.listen(leg.remoteStream))
  }
}

/** Several people in one page: a machine carries more of them than it carries pages. */
class ConferenceRoom {
  readonly #attendees = new Map<string, Attendee>()
  readonly #context = new AudioContext()

  async signIn(server: string, name: string, tone: number, picture?: MediaStreamTrack): Promise<void> {
    const attendee = new Attendee(server, this.#context)
    this.#attendees.set(name, attendee)
    await this.#context.resume()
    await attendee.signIn(name, tone, picture)
  }

  get(name: string): Attendee {
    const attendee = this.#attendees.get(name)
    if (!attendee) throw new Error(`${name} is not here`)
    return attendee
  }

  /** Calls `body` and gives the status it was refused with; `null` where it was not. */
  async refusal(body: () => Promise<unknown>): Promise<number | null> {
    try {
      await body()
      return null
    } catch (error) {
      if (error instanceof SignalingError) return error.details.status ?? 0
      throw error
    }
  }
}

declare global {
  var conferenceRoom: ConferenceRoom
}

/** For pages that do more with it. */
export const openRoom = new ConferenceRoom()
globalThis.conferenceRoom = openRoom
