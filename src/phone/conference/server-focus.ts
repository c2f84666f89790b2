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

  /** @throws {SignalingError} where the network does not start it */
  static async open(
    { signaling, ringTimeout }: FocusContext,
    media: LegMedia,
    signal: AbortSignal,
  ): Promise<ServerFocus | null> {
    const conference = await signaling.startConference?.(media, signal)
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
    return new ServerParticipant(address, this.#conference, this.#ringTimeout)
  }
}
