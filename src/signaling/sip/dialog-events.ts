import type { ReferEvent } from 'jssip/lib/RTCSession.js'
import type { LegEnd, Party } from '../signaling.ts'
import type { Redial } from './redial.ts'

/** What a dialog tells its leg. */
export interface DialogEvents {
  /** A provisional response; `sdp` tells whether it brought media. */
  progress: { readonly status: number; readonly sdp: boolean }
  /** The offer left. */
  sent: undefined
  confirmed: undefined
  /** An offer of the far side is about to be answered. */
  offering: { readonly sdp: string }
  /** It was answered. */
  offered: { readonly sdp: string }
  /** The far side began to send. */
  track: MediaStreamTrack
  link: 'ok' | 'recovering' | 'lost'
  /** `connection` is another one: the far side's end of the media changed. */
  renewed: undefined
  /** Who is at the far side, by what it or the exchange says. */
  identified: Party
  refer: ReferEvent
  replaces: ReferEvent
  /** `redial`: how the call is made again instead; `mayTryNext`: another address may take it. */
  ended: LegEnd & { readonly redial?: Redial; readonly mayTryNext?: boolean }
}

/** How an offer is made. */
export interface OfferOptions {
  /** Whether the media path is made anew. Default false. */
  readonly restart?: boolean
  /** Aborts when an offer of the far side leaves nothing to be offered. */
  readonly moot?: AbortSignal
  /** Aborts when nobody waits for an answer any more: an offer that has none is taken back. */
  readonly signal?: AbortSignal
}
