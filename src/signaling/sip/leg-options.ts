import type { RTCSession } from 'jssip/lib/RTCSession.js'
import type { MediaType } from '../../media/media-type.ts'
import type { IncomingDetails, Leg, LegEnd, Party } from '../signaling.ts'
import type { DialogRecord } from './dialog-record.ts'
import type { Section } from './media-lines.ts'
import type { Redial } from './redial.ts'
import type { SuccessionOptions } from './succession.ts'

/** What a leg needs of the session it belongs to. */
export interface LegOptions extends SuccessionOptions {
  /** ms */
  readonly changeTimeout: number
  /** From now on no answer to this invitation counts. */
  readonly onCancel: (callId: string) => void
}

/** What another page needs to go on with a leg that is up. */
export interface LegRecord {
  readonly dialog: DialogRecord
  readonly party: Party
  readonly mediaType: MediaType
  readonly sections: readonly Section[]
  readonly held: boolean
  readonly remoteHeld: boolean
}

export interface LegInit {
  readonly direction: 'outgoing' | 'incoming'
  readonly remote: Party
  readonly mediaType: MediaType
  readonly headers?: Readonly<Record<string, string>>
  readonly details?: IncomingDetails
  /** What an incoming call is, where it comes from the focus of a conference. */
  readonly conference?: Leg['conference']
  /** Makes the same call again. */
  readonly redial?: (change: Redial) => RTCSession
  /** Called once, before the leg tells of its end. */
  readonly onEnded: (end: LegEnd) => void
}
