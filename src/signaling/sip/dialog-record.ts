import type { NameAddrHeader } from 'jssip'
import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { isIncoming } from './jssip-session.ts'

/** What a dialog needs to go on in another page (RFC 3261, 12): data alone, and no secret. */
export interface DialogRecord {
  readonly incoming: boolean
  readonly callId: string
  /** Tags as the invitation had them. */
  readonly fromTag: string
  readonly toTag: string
  /** Who we are and who they are, as header fields have it. */
  readonly local: string
  readonly remote: string
  /** Contact of the far side. */
  readonly target: string
  readonly routes: readonly string[]
  /** The last sequence number of ours. */
  readonly sent: number
  /** The last one of theirs; `null` where they sent no request. */
  readonly heard: number | null
  /** Session-Expires, in s; `null` where nothing was agreed on. */
  readonly expires: number | null
  readonly refresher: boolean
}

/** What JsSIP 3.13 has and does not declare, as far as it is read and written here. */
export interface Inside {
  _id: string
  _status: number
  _direction: 'incoming' | 'outgoing'
  _is_confirmed: boolean
  _local_identity: NameAddrHeader
  _remote_identity: NameAddrHeader
  readonly _from_tag: string
  readonly _to_tag: string
  readonly _request: { call_id: string; readonly session_expires?: number }
  readonly _sessionTimers: { currentExpires: number | null; refresher: boolean; running: boolean }
  readonly _dialog: InsideDialog | null
  readonly C: { readonly STATUS_CONFIRMED: number }
  _sendInitialRequest(): void
  _sendUpdate(options: object): void
  _ended(originator: 'local', message: null, cause: 'Terminated'): void
  _createDialog(message: object, type: 'UAC' | 'UAS', early: boolean): boolean
}

interface InsideDialog {
  _local_seqnum: number | undefined
  _remote_seqnum: number | undefined
  _incoming_ack_seqnum: number | null
  _outgoing_ack_seqnum: number | null
  readonly _remote_target: { toString(): string }
  _route_set: readonly string[]
}

export const inside = (session: RTCSession): Inside => session as unknown as Inside

/** JsSIP begins a sequence below this, with the first request of ours. */
const highestStart = 10_000

/** A session that is short, and that no exchange refuses for it: 90 s is the least (RFC 4028, 5), and some want 120. s */
const shortSession = 120

/** Sessions that we began, and whose far side agreed on a timer. */
const timed = new WeakSet<RTCSession>()

/** The far side agreed to end the session when it hears nothing for long (RFC 4028): JsSIP counts on that anyway. */
export function agreeOnTimer(session: RTCSession): void {
  timed.add(session)
}

/** What another page needs to go on with a session that is up; `null` also where nobody would end it without a page. */
export function recordOf(session: RTCSession): DialogRecord | null {
  const { _dialog: dialog, _from_tag, _to_tag, _request, _sessionTimers: timers } = inside(session)
  const isTimed = timed.has(session) || (isIncoming(session) && _request.session_expires !== undefined)
  if (!dialog || session.isEnded() || !isTimed) return null
  return {
    incoming: isIncoming(session),
    callId: _request.call_id,
    fromTag: _from_tag,
    toTag: _to_tag,
    local: session.local_identity.toString(),
    remote: session.remote_identity.toString(),
    target: dialog._remote_target.toString(),
    routes: dialog._route_set,
    sent: dialog._local_seqnum ?? highestStart,
    heard: dialog._remote_seqnum ?? null,
    expires: timers.running ? timers.currentExpires : null,
    refresher: timers.refresher,
  }
}

/**
 * Has the far side miss this page soon, should no other one take the call up: it is told that the session lives for a
 * short time. Only one that agreed on a timer can be told.
 */
export function shortenSession(session: RTCSession): void {
  const inner = inside(session)
  const { _sessionTimers: timers } = inner
  Object.assign(timers, { currentExpires: shortSession, refresher: true })
  inner._sendUpdate({})
}

/** Ends a session on this side alone: another page goes on with it. */
export function leaveSession(session: RTCSession): void {
  if (!session.isEnded()) inside(session)._ended('local', null, 'Terminated')
}
