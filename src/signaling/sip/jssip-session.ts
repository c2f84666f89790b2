import type { UA } from 'jssip'
import type { ReferEvent, RTCSession } from 'jssip/lib/RTCSession.js'

/** A response to a request within a dialog, as far as it is read here. */
export interface DialogResponse {
  readonly status_code: number
  readonly reason_phrase: string
}

export interface ReofferOptions {
  readonly rtcOfferConstraints?: RTCOfferOptions
  readonly eventHandlers: {
    readonly succeeded: () => void
    readonly failed: (response?: DialogResponse) => void
  }
}

/**
 * What JsSIP 3.13 has and does not declare. Its `renegotiate` and `hold` end the call when the far side refuses an
 * offer, and a lost connection ends every call with a request under way; a call must survive both (RFC 3261, 14.1).
 */
interface Undeclared {
  _contact: string
  readonly _from_tag: string
  readonly _to_tag: string
  readonly _request: { readonly call_id: string; setHeader(name: string, value: string): void }
  onTransportError(): void
  onRequestTimeout(): void
  sendRequest(method: string): void
  _sendReinvite(options: ReofferOptions): void
}

interface UndeclaredAgent {
  _closeTimer: ReturnType<typeof setTimeout> | null
  readonly _transport: { disconnect(): void }
}

function undeclared(session: RTCSession): Undeclared {
  return session as unknown as Undeclared
}

/** Whether the far side made the call. */
export function isIncoming(session: RTCSession): boolean {
  return (session.direction as string) === 'incoming'
}

/** Sends a re-INVITE with a new offer; the call goes on whatever becomes of it. */
export function sendReoffer(session: RTCSession, options: ReofferOptions): void {
  undeclared(session)._sendReinvite(options)
}

/** Acknowledges the last answer to an INVITE of ours once more: the first may have been lost with a connection. */
export function acknowledgeAgain(session: RTCSession): void {
  undeclared(session).sendRequest('ACK')
}

/** Calls `lost` instead of ending an established session when a request within it cannot be sent or stays unanswered. */
export function keepThroughLoss(session: RTCSession, lost: (why: 'unreachable' | 'timeout') => void): void {
  const inner = undeclared(session)
  const keep = (handler: 'onTransportError' | 'onRequestTimeout', why: 'unreachable' | 'timeout') => {
    const end = inner[handler].bind(session)
    inner[handler] = () => (session.isEstablished() ? lost(why) : end())
  }
  keep('onTransportError', 'unreachable')
  keep('onRequestTimeout', 'timeout')
}

/** Whom to call to take our place in a session: the party at its far end, with a Replaces header field (RFC 3891, 3). */
export function replacementOf(session: RTCSession): string {
  const { _request: request, _from_tag: from, _to_tag: to } = undeclared(session)
  // JsSIP keeps the tags as the invitation had them; `to-tag` is the one of who reads it.
  const [theirs, ours] = isIncoming(session) ? [from, to] : [to, from]
  const replaces = `${request.call_id};to-tag=${theirs};from-tag=${ours}`
  return `${session.remote_identity.uri.toString()}?Replaces=${encodeURIComponent(replaces)}`
}

/** Says of our side that it mixes a conference, in this invitation and in all that follows (RFC 4579, 5.1). */
export function declareFocus(session: RTCSession): void {
  const inner = undeclared(session)
  inner._contact += ';isfocus'
  inner._request.setHeader('Contact', inner._contact)
}

export function callIdOf(session: RTCSession): string {
  return undeclared(session)._request.call_id
}

/** What the library chose for itself: the host of our Via, the id of this device. */
export function configurationOf(ua: UA): { readonly via_host: string; readonly instance_id: string } {
  return (ua as unknown as { readonly configuration: { readonly via_host: string; readonly instance_id: string } })
    .configuration
}

/** Ends the library's work: what it still waits for is given up with the connection, and not after half a minute. */
export function stop(ua: UA): void {
  ua.stop()
  const inner = ua as unknown as UndeclaredAgent
  if (inner._closeTimer === null) return
  clearTimeout(inner._closeTimer)
  inner._closeTimer = null
  inner._transport.disconnect()
}

/**
 * JsSIP terminates a session when the one that replaces it is confirmed, and throws where it has ended before: then
 * nobody else would hear that the new one is up. Whoever transferred us may well be faster than the other's ACK.
 */
export function endOnce(session: RTCSession): void {
  const terminate = session.terminate.bind(session)
  session.terminate = (options) => {
    if (!session.isEnded()) terminate(options)
  }
}

/** Takes a REFER or a replacement: `begin` gets the session that results, before it says a word. */
export function acceptReferral(event: ReferEvent, begin: (session: RTCSession) => void, options?: object): void {
  const accept = event.accept as (begin: (session: RTCSession) => void, options?: object) => void
  accept(begin, options)
}
