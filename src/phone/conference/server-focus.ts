import { Emitter } from '../../base/emitter.ts'
import { SignalingError, type HostedConference, type Leg, type LegMedia } from '../../signaling/signaling.ts'
import { Refusal } from '../refuse.ts'
import { cannot, declined } from './cannot.ts'
import type { Focus, FocusContext, FocusEvents, Participant } from './focus.ts'
import { ServerParticipant } from './server-participant.ts'

/** A server of the network as the focus of a conference: the host is connected to it as everybody is. */
export class ServerFocus implements Focus {
  readonly mix = 'server'
  readonly overloaded = false
  readonly events = new Emitter<FocusEvents>()
  readonly #conference: HostedConference
  readonly #ringTimeout: number
  readonly #participants = new Set<ServerParticipant>()

  /** @param by a leg where the conference was handed over by it. @throws {SignalingError} where the network refuses */
  static async open(
    { signaling, ringTimeout }: Pick<FocusContext, 'signaling' | 'ringTimeout'>,
    by: LegMedia | Leg,
    signal: AbortSignal,
  ): Promise<ServerFocus | null> {
    const conference = await signaling.startConference?.(by, signal)
    return conference ? new ServerFocus(conference, ringTimeout) : null
  }

  private constructor(conference: HostedConference, ringTimeout: number) {
    this.#conference = conference
    this.#ringTimeout = ringTimeout
    conference.leg.on('pictures', () => {
      for (const participant of this.#participants) participant.look()
    })
  }

  get leg(): Leg {
    return this.#conference.leg
  }

  get limit(): number {
    return this.#conference.limit
  }

  get inherited(): readonly ServerParticipant[] {
    const pictureOf = this.#pictureOf
    return this.#conference.participants.map((participant) =>
      this.#keep(new ServerParticipant(participant.remote.address, () => Promise.resolve(participant), { pictureOf })),
    )
  }

  participant(address: string): ServerParticipant {
    return this.#keep(
      new ServerParticipant(address, (signal) => this.#conference.invite(address, signal), {
        pictureOf: this.#pictureOf,
        ringTimeout: this.#ringTimeout,
      }),
    )
  }

  bringIn(leg: Leg): ServerParticipant {
    const adopt = (signal: AbortSignal) => this.#conference.adopt(leg, signal)
    return this.#keep(new ServerParticipant(leg.remote.address, adopt, { pictureOf: this.#pictureOf }))
  }

  /** Nobody is left behind: all stay where they are. */
  async handOver(successor: Participant): Promise<readonly []> {
    if (!(successor instanceof ServerParticipant)) return cannot('They are not in the conference')
    const agreed = await successor.handOver().catch((cause: unknown) => {
      if (!(cause instanceof SignalingError)) throw cause
      throw new Refusal('3100', { additionalInformation: cause.message }, cause)
    })
    if (!agreed) throw declined(successor.snapshot.address)
    return []
  }

  readonly #pictureOf = (uri: string): MediaStream | null =>
    this.leg.pictures?.find(({ party }) => party.uri === uri)?.stream ?? null

  #keep(participant: ServerParticipant): ServerParticipant {
    this.#participants.add(participant)
    participant.events.on('ended', () => this.#participants.delete(participant))
    return participant
  }
}
