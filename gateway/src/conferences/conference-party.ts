import type { ParticipantReport } from '../../../src/exchange/protocol.ts'
import type { ConferenceSeat } from './conference-seat.ts'
import type { Adoption } from './adoption.ts'

/** Somebody whom the host invited: every device that rings, or is to come from a call, then the one that joined. */
export class ConferenceParty {
  /** Canonical URI. */
  readonly uri: string
  /** Of the invitation, which the host is told the end of. */
  readonly modId: string
  readonly ringing = new Set<ConferenceSeat>()
  joined: ConferenceSeat | null = null
  /** The call they are to come from; `null` where they were invited, or have come. */
  adoption: Adoption | null = null
  /** The others heard them once. */
  hasJoined = false
  alerted = false
  anyBusy = false
  speaking = false
  silenced = false
  stopTimer: () => void = () => {}

  constructor(uri: string, modId: string) {
    this.uri = uri
    this.modId = modId
  }

  get report(): ParticipantReport {
    const { speaking, silenced } = this
    return { state: this.#state, speaking, silenced, muted: this.joined?.isMuted ?? false }
  }

  get seats(): readonly ConferenceSeat[] {
    return [...this.ringing, ...(this.joined ? [this.joined] : [])]
  }

  has(seat: ConferenceSeat): boolean {
    return this.joined === seat || this.ringing.has(seat)
  }

  get #state(): ParticipantReport['state'] {
    if (this.joined) return this.joined.isHeld ? 'held' : 'joined'
    if (this.ringing.size === 0) return 'left'
    return this.alerted ? 'ringing' : 'invited'
  }
}
