import { newId } from '../../place/new-id.ts'
import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { Emitter } from '../../base/emitter.ts'
import type { HostedParticipant, HostedParticipantEvents, LegEnd } from '../../signaling/signaling.ts'
import { limitRinging } from '../ring-limit.ts'
import type { ParticipantSnapshot } from '../snapshot.ts'
import type { Participant, ParticipantEvents } from './focus.ts'
import { newParticipant } from './new-participant.ts'

const log = logger('conference')

export interface ServerParticipantOptions {
  /** In ms. Default: the network itself says how long it may ring. */
  readonly ringTimeout?: number
  /** Their picture, while it comes. */
  readonly pictureOf: (uri: string) => MediaStream | null
}

/** A participant whom a server of the network invites and mixes: the host knows of them what it tells. */
export class ServerParticipant implements Participant {
  readonly id = newId()
  readonly events = new Emitter<ParticipantEvents>()
  readonly #enter: (signal: AbortSignal) => Promise<HostedParticipant>
  readonly #options: ServerParticipantOptions
  readonly #gone = new AbortController()
  #snapshot: ParticipantSnapshot
  #participant: HostedParticipant | null = null
  /** Their sound comes in that of all: without a picture there is nothing of their own. */
  readonly #nothing = new MediaStream()
  #unanswered = false

  /** `enter` has the network ask them in. */
  constructor(
    address: string,
    enter: (signal: AbortSignal) => Promise<HostedParticipant>,
    options: ServerParticipantOptions,
  ) {
    this.#enter = enter
    this.#options = options
    this.#snapshot = newParticipant(address, 'audio')
  }

  get snapshot(): ParticipantSnapshot {
    return this.#snapshot
  }

  async invite(): Promise<void> {
    const { signal } = this.#gone
    const participant = await this.#enter(signal)
    this.#participant = participant
    this.#set({ state: 'invited', uri: participant.remote.uri })
    if (this.#snapshot.silenced) this.silence(true)
    this.#limitRinging(participant)
    participant.on('ended', (end) => this.#finish(end))
    participant.on('changed', (change) => this.#take(change))
  }

  async remove(): Promise<void> {
    if (!this.#participant) {
      this.#gone.abort(new DOMException('The invitation was taken back', 'AbortError'))
      return
    }
    this.#set({ state: 'leaving' })
    await this.#participant.remove()
  }

  /** Whether they agree to be the host. @throws {SignalingError} where they cannot */
  async handOver(): Promise<boolean> {
    return (await this.#participant?.handOver()) ?? false
  }

  silence(silenced: boolean): void {
    this.#set({ silenced })
    // Who cannot be silenced is heard: the server's next word on them says so.
    void ignore(log, this.#participant?.silence(silenced), 'a participant was not silenced')
  }

  /** Their picture has come, or gone. */
  look(): void {
    if (this.#joined) this.#set(this.#looks(this.#snapshot.uri))
  }

  #limitRinging(participant: HostedParticipant): void {
    const { ringTimeout } = this.#options
    if (ringTimeout === undefined) return
    limitRinging(ringTimeout, this.#gone.signal, () => {
      if (this.#joined) return
      this.#unanswered = true
      void participant.remove()
    })
  }

  get #joined(): boolean {
    return this.#snapshot.stream !== null
  }

  #take({ state, ...how }: HostedParticipantEvents['changed']): void {
    const joins = !this.#joined && (state === 'joined' || state === 'held')
    if (this.#snapshot.state === 'leaving') return
    const { uri } = this.#participant?.remote ?? this.#snapshot
    const looks = (joins || this.#joined) && this.#looks(uri)
    this.#set({ state, ...how, uri, ...looks })
    if (joins) this.events.emit('joined', undefined)
  }

  #looks(uri: string): Pick<ParticipantSnapshot, 'mediaType' | 'stream'> {
    const picture = this.#options.pictureOf(uri)
    return { mediaType: picture ? 'video' : 'audio', stream: picture ?? this.#nothing }
  }

  #set(change: Partial<ParticipantSnapshot>): void {
    this.#snapshot = Object.freeze({ ...this.#snapshot, ...change })
    this.events.emit('changed', undefined)
  }

  #finish(end: LegEnd): void {
    this.#gone.abort()
    this.events.emit('ended', this.#unanswered ? { reason: 'no-answer' } : end)
    this.events.clear()
  }
}
