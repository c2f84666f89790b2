import { Emitter } from '../../base/emitter.ts'
import type { HostedConference, Leg, LegMedia } from '../../signaling/signaling.ts'
import type { Focus, FocusContext, FocusEvents } from './focus.ts'
import { ServerParticipant } from './server-participant.ts'

/** A server of the network as the focus of a conference: the host is connected to it as everybody is. */
export class ServerFocus implements Focus {
  readonly mix = 'server'
  readonly overloaded = false
  readonly events = new Emitter<FocusEvents>()
  readonly #conference: HostedConference
  readonly #ringTimeout: number

  /** @param by a leg where the conference was handed over by it. @throws {SignalingError} where the network refuses */
  static async open(
    { signaling, ringTimeout }: FocusContext,
    by: LegMedia | Leg,
    signal: AbortSignal,
  ): Promise<ServerFocus | null> {
    const conference = await signaling.startConference?.(by, signal)
    return conference ? new ServerFocus(conference, ringTimeout) : null
  }

  private constructor(conference: HostedConference, ringTimeout: number) {
    this.#conference = conference
    this.#ringTimeout = ringTimeout
  }

  get leg(): Leg {
    return this.#conference.leg
  }

  get limit(): number {
    return this.#conference.limit
  }

  participant(address: string): ServerParticipant {
    const invite = (signal: AbortSignal) => this.#conference.invite(address, signal)
    return new ServerParticipant(address, invite, { ringTimeout: this.#ringTimeout })
  }

  bringIn(leg: Leg): ServerParticipant {
    return new ServerParticipant(leg.remote.address, (signal) => this.#conference.adopt(leg, signal))
  }
}
