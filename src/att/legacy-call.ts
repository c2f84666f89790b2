import { partyOf } from '../phone/call-payload.ts'
import type { Operation } from '../phone/phone-events.ts'
import type { CallInfo } from '../phone/phone.ts'
import type { MediaType } from '../phone/snapshot.ts'

/** The original's words for how far a call has come. */
export type LegacyState =
  | 'created'
  | 'connecting'
  | 'connected'
  | 'modification-initiated'
  | 'modification-accepted'
  | 'held'
  | 'disconnecting'
  | 'disconnected'
  | 'canceled'
  | 'rejected'

/** What asked for a change, as events of calls carry it. */
export interface LegacyChange {
  readonly operation: Operation
  readonly generator: 'initiator' | 'receiver'
}

/** What asks for this media type. */
export const wanting = (mediaType: MediaType): Operation => (mediaType === 'video' ? 'upgrade' : 'downgrade')

/** What is known of a call before anything was told of it. */
export interface LegacyCallInit {
  /** Ordinal that the engine gave it. */
  readonly engineIndex: number
  /** Ordinal that the page sees: counting begins again when there is no call. */
  readonly index: number
  readonly breed: CallInfo['breed']
  readonly type: CallInfo['type']
  /** Who is called, or the caller's URI; `null` at the host of a conference. */
  readonly peer: string | null
  readonly mediaType: MediaType
}

/** What a page was told of a call that counts: one that is connected, until its end is told. */
export interface ToldCall {
  readonly state: LegacyState
  readonly mediaType: MediaType
}

/** One call as the original tells of it. */
export class LegacyCall implements LegacyCallInit {
  readonly engineIndex: number
  readonly index: number
  readonly breed: CallInfo['breed']
  readonly type: CallInfo['type']
  peer: string | null
  mediaType: MediaType
  codec: readonly string[] = []
  state: LegacyState = 'created'
  /** What the other side asks for, until it is answered. */
  asked: MediaType | null = null
  /** What this side asks for, until it is answered. */
  asking: MediaType | null = null
  /** The other side has refused, and what the engine says of it besides is no news. */
  refused = false
  /** As `getCalls` lists it; `null` while it does not count. */
  told: ToldCall | null = null

  constructor({ engineIndex, index, breed, type, peer, mediaType }: LegacyCallInit) {
    this.engineIndex = engineIndex
    this.index = index
    this.breed = breed
    this.type = type
    this.peer = peer
    this.mediaType = mediaType
  }

  /** Whether the call counts. */
  get isUp(): boolean {
    return this.state !== 'created' && this.state !== 'connecting'
  }

  /** What is asked for and not answered: each event of the call says so meanwhile. */
  get openChange(): Partial<LegacyChange> {
    if (this.asking) return { operation: wanting(this.asking), generator: 'initiator' }
    return this.asked ? { operation: wanting(this.asked), generator: 'receiver' } : {}
  }

  /** `to` of an outgoing call, `from` of an incoming one. */
  get party(): ReturnType<typeof partyOf> | Record<never, never> {
    if (this.peer === null) return {}
    const direction = this.type === 'Outgoing' ? 'outgoing' : 'incoming'
    return partyOf({ direction, remote: { address: this.peer, uri: this.peer } })
  }
}
