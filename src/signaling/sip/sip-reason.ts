import type { Redial } from './redial.ts'
import { targetsOf } from './redirection.ts'
import { listOf } from './sip-text.ts'
import { SignalingError, type EndReason, type LegEnd, type SignalingErrorKind } from '../signaling.ts'

interface SessionMessage {
  readonly status_code?: number
  readonly reason_phrase?: string
  getHeader(name: string): string | undefined
  getHeaders(name: string): readonly string[]
}

/** What JsSIP tells when a session ends, as far as it is read here. */
export interface SessionEnd {
  readonly originator: string
  /** What came from the far side; the words of an error that JsSIP met itself. */
  readonly message?: SessionMessage | string | null
  readonly cause: string
}

/** Answers that say what a person or a device did, as opposed to something going wrong. */
const answers: Readonly<Record<number, EndReason>> = {
  408: 'no-answer',
  430: 'unavailable',
  480: 'unavailable',
  486: 'busy',
  487: 'canceled',
  600: 'busy',
  603: 'rejected',
  607: 'rejected',
  608: 'rejected',
}

/**
 * What the far side is told of an end from this side: the status of a refusal, or the Reason header field of CANCEL and
 * BYE (RFC 3326). Of a plain hang-up there is nothing to tell.
 */
export const farewells: Readonly<Partial<Record<EndReason, Readonly<{ status_code: number; reason_phrase: string }>>>> =
  {
    busy: { status_code: 486, reason_phrase: 'Busy Here' },
    rejected: { status_code: 603, reason_phrase: 'Call rejected' },
    canceled: { status_code: 487, reason_phrase: 'Call canceled' },
    'no-answer': { status_code: 408, reason_phrase: 'Nobody answered in time' },
    'session-ended': { status_code: 480, reason_phrase: 'The other side signed out or was lost' },
  }

/** Nothing of what was offered can be used. */
const mediaRefusals: ReadonlySet<number> = new Set([415, 488, 606])

/** Where a device is not there, or its connection is not (RFC 3261, 21.4; RFC 5626, 11.6; 477 and 478 of Kamailio). */
const absences: ReadonlySet<number> = new Set([404, 410, 430, 477, 478, 480, 481])

/** The catalogue's id of credentials that are not recognised. */
const credentialsUnknown = 'POL0001'

/** JsSIP's words for what it noticed itself. */
const noticed: Readonly<Record<string, SignalingErrorKind>> = {
  'Connection Error': 'unreachable',
  'Request Timeout': 'timeout',
  'WebRTC Error': 'media',
  'RTP Timeout': 'media',
  'Bad Media Description': 'media',
  'Incompatible SDP': 'media',
  'Missing SDP': 'media',
}

/** What a message says why: any number of causes, in any order, in one field or several (RFC 3326, 2). */
interface Reasons {
  /** Someone else took the call. */
  readonly elsewhere: boolean
  /** The first cause of SIP; 0 where there is none. */
  readonly cause: number
  readonly text: string
}

/** Non-selected user clearing (ITU-T Q.850). */
const notSelected = 26

function reasonsOf(message: SessionMessage | null): Reasons {
  const reasons = (message?.getHeaders('Reason') ?? []).flatMap(listOf).map((value) => ({
    protocol: /^[^;\s]*/.exec(value)?.[0].toUpperCase() ?? '',
    cause: Number(/;\s*cause\s*=\s*"?(\d{1,3})/i.exec(value.replace(/"(?:[^"\\]|\\.)*"/g, '""'))?.[1] ?? 0),
    text: /;\s*text\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(value)?.[1]?.replace(/\\(.)/g, '$1') ?? '',
  }))
  const isElsewhere = ({ protocol, cause }: (typeof reasons)[number]) =>
    (protocol === 'SIP' && cause === 200) || (protocol === 'Q.850' && cause === notSelected)
  const ofSip = reasons.find(({ protocol }) => protocol === 'SIP')
  return {
    elsewhere: reasons.some(isElsewhere),
    cause: ofSip?.cause ?? 0,
    text: ofSip?.text || (reasons.find(({ text }) => text)?.text ?? ''),
  }
}

/** How long the network wants to be left alone, in s (RFC 3261, 20.33); `undefined` where it does not say. */
export function retryAfterOf(response: { getHeader(name: string): string | undefined }): number | undefined {
  const seconds = /^\s*(\d{1,9})/.exec(response.getHeader('Retry-After') ?? '')?.[1]
  return seconds === undefined ? undefined : Number(seconds)
}

/** The error of a refusal: `480 Temporarily Unavailable` in the network's own words. */
export function refusal(status: number, words: string, resource: string, retryAfter?: number): SignalingError {
  const kind = mediaRefusals.has(status) ? 'media' : status === 408 || status === 504 ? 'timeout' : 'refused'
  // A proxy that asks for credentials (407) and a server that does (401) mean the same.
  const unknown = status === 401 || status === 407 || (status === 403 && resource === 'REGISTER')
  return new SignalingError(kind, words || `The network answered ${status}`, {
    status: status === 407 ? 401 : status,
    resource,
    ...(unknown && { messageId: credentialsUnknown }),
    ...(resource === 'INVITE' && absences.has(status) && { absent: true }),
    ...(retryAfter !== undefined && { retryAfter }),
  })
}

/** The error of a request that got no answer. */
export function noAnswer(why: 'unreachable' | 'timeout', resource = 'INVITE'): SignalingError {
  const words = why === 'timeout' ? 'The other side did not answer' : 'The connection to the server was lost'
  return new SignalingError(why, words, { resource })
}

/** Where a caller is sent instead (301, 302: RFC 3261, 21.3), best first; empty where they are not. */
export function redirectionOf(end: SessionEnd): readonly string[] {
  const message = messageOf(end)
  if (message?.status_code !== 301 && message?.status_code !== 302) return []
  return targetsOf(message.getHeaders('Contact'))
}

/** Whether another address may be tried after this end (RFC 3261, 8.1.3.4): 6xx speaks for all of them. */
export function mayTryNext(end: SessionEnd): boolean {
  const status = messageOf(end)?.status_code ?? 0
  return end.originator === 'remote' && status >= 300 && status < 600 && status !== 487
}

/** The session interval that a 422 wants at least, in s (RFC 4028, 6), or `null`. */
export function minSessionOfResponse(response: {
  readonly status_code?: number
  getHeader(name: string): string | undefined
}): number | null {
  const seconds = /^\d{1,9}/.exec(response.getHeader('Min-SE') ?? '')?.[0]
  return response.status_code === 422 && seconds !== undefined ? Number(seconds) : null
}

/** How a call is made again that ended so, or `null`. */
export function redialOf(end: SessionEnd): Redial | null {
  const to = redirectionOf(end)
  if (to.length > 0) return { to }
  const message = messageOf(end)
  const expires = message && minSessionOfResponse(message)
  return expires ? { expires } : null
}

function messageOf({ message }: SessionEnd): SessionMessage | null {
  return typeof message === 'object' ? message : null
}

/** Why a leg ended, from what JsSIP says of its session. */
export function endOf(end: SessionEnd, established: boolean): LegEnd {
  if (end.cause === unconfirmed) return { reason: 'lost', message: 'Nobody confirmed that the call was answered' }
  const message = messageOf(end)
  if (end.originator === 'remote') {
    const status = message?.status_code
    if (status !== undefined && status >= 300)
      return answered(status, message?.reason_phrase ?? '', message ? retryAfterOf(message) : undefined)
    if (status !== undefined) return failed(end.cause)
    const words = reasonsOf(message)
    const said = { ...(words.text && { message: words.text }) }
    // Also by BYE, where this device answered, and another a moment before it.
    if (words.elsewhere) return { reason: 'answered-elsewhere', ...said }
    if (established) return { reason: 'remote-hangup', ...said }
    return { reason: words.cause === 408 ? 'no-answer' : 'canceled', ...said }
  }
  switch (end.cause) {
    case 'Terminated':
      return { reason: 'hangup' }
    case 'Canceled':
      return { reason: 'canceled' }
    case 'Rejected':
      return { reason: 'rejected' }
    case 'No Answer':
    case 'Expires':
      return { reason: 'no-answer' }
    default:
      return failed(end.cause)
  }
}

/** The end of a call that the far side does not know any more (481). */
export const forgotten: LegEnd = { reason: 'lost', message: 'The other side no longer knows this call' }

/** JsSIP's word for an answer of ours that nobody acknowledged. */
export const unconfirmed = 'No ACK'

/** Something went wrong on our side of the network. */
function failed(cause: string): LegEnd {
  const error = new SignalingError(noticed[cause] ?? 'refused', cause, { resource: 'INVITE' })
  return { reason: 'failed', message: cause, error }
}

/** The end of a call that was sent to an address which is not called by itself. */
export function movedTo(uri: string): LegEnd {
  const message = `The call was sent on to ${uri.replace(/^sips?:/i, '')}: dial that address yourself if you trust it`
  return {
    reason: 'failed',
    message,
    error: new SignalingError('refused', message, { status: 302, resource: 'INVITE' }),
  }
}

function answered(status: number, phrase: string, retryAfter: number | undefined): LegEnd {
  const reason = answers[status]
  const message = phrase || `The network answered ${status}`
  return reason
    ? { reason, message }
    : { reason: 'failed', message, error: refusal(status, phrase, 'INVITE', retryAfter) }
}
