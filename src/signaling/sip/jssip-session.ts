import { URI, type UA } from 'jssip'
import type { IncomingResponse } from 'jssip/lib/SIPMessage.js'
import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import type { Outbox } from '../outbox.ts'
import { SignalingError } from '../signaling.ts'
import { header, parameter, type SipMessage } from './sip-message.ts'
import type { CallerRequest } from './sip-party.ts'
import type { IncomingEvent, OutgoingEvent, ReferEvent, RTCSession } from 'jssip/lib/RTCSession.js'

const log = logger('att-phone.sip')

/** A response to a request within a dialog, as far as it is read here. */
export interface DialogResponse {
  readonly status_code: number
  readonly reason_phrase: string
  getHeader(name: string): string | undefined
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
  readonly _request: {
    readonly call_id: string
    setHeader(name: string, value: string): void
    reply(status: number): void
  }
  readonly _sessionTimers: {
    defaultExpires: number
    currentExpires: number | null
    refresher: boolean
    running: boolean
  }
  _runSessionTimer(): void
  _sendUpdate(options: Pick<ReofferOptions, 'eventHandlers'>): void
  _connection: RTCPeerConnection
  _createRTCConnection(configuration: RTCConfiguration, constraints: null): void
  readonly _dialog: UndeclaredDialog | null
  readonly _earlyDialogs: Readonly<Record<string, UndeclaredDialog>>
  readonly _is_confirmed: boolean
  receiveRequest(request: DialogRequest): void
  onTransportError(): void
  onRequestTimeout(): void
  sendRequest(method: string, options?: RequestOptions): unknown
  _receiveRefer(request: IncomingReferral): void
  _sendReinvite(options: ReofferOptions): void
}

interface RequestOptions {
  readonly extraHeaders?: readonly string[]
  readonly body?: string
  readonly eventHandlers?: DialogHandlers
}

/** What JsSIP tells of a request within a dialog. */
interface DialogHandlers {
  readonly onErrorResponse?: (response?: DialogResponse) => void
  readonly onTransportError?: () => void
  readonly onRequestTimeout?: () => void
  /** 408 or 481: JsSIP ends the call by it. */
  readonly onDialogError?: (response: DialogResponse) => void
}

/** What a dialog has and JsSIP does not declare. */
interface UndeclaredDialog {
  _remote_target: { toString(): string } | null
  sendRequest(
    method: string,
    options: {
      readonly extraHeaders?: readonly string[]
      readonly body?: string
      readonly eventHandlers: Record<string, () => void>
    },
  ): void
}

/** A REFER as JsSIP reads it. */
export interface IncomingReferral {
  readonly method: string
  readonly call_id: string
  readonly from_tag: string
  readonly to_tag?: string | null
  /** What it names, where that could be read. */
  readonly refer_to?: { readonly uri: ReferralUri }
  getHeaders(name: string): readonly string[]
  reply(status: number): void
  reply_sl(status: number): void
}

interface ReferralUri {
  readonly scheme: string
  readonly user?: string | null
  readonly host: string
  getParam(name: string): string | null | undefined
  getHeader(name: string): string | null | undefined
  toString(): string
}

/** Gives a session another connection; what comes back gives it the one before again. Both are the caller's to close. */
export function renewConnection(session: RTCSession, configuration: RTCConfiguration): () => void {
  const inner = undeclared(session)
  const { _connection: before } = inner
  inner._createRTCConnection(configuration, null)
  return () => {
    inner._connection = before
  }
}

interface UndeclaredAgent {
  readonly _sessions: Readonly<Record<string, RTCSession | undefined>>
  receiveRequest(request: IncomingReferral): void
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

/** Sends a re-INVITE with a new offer; the call goes on, no matter what becomes of it. */
export function sendReoffer(session: RTCSession, options: ReofferOptions): void {
  undeclared(session)._sendReinvite(options)
}

/**
 * Takes the Contact of the final answer as the far side's address. JsSIP keeps that of a provisional one, which may be
 * another device's by now (RFC 3261, 12.2.1.2).
 */
export function followContact(session: RTCSession): void {
  session.on('accepted', (event: IncomingEvent | OutgoingEvent) => {
    const { response } = event as { readonly response?: IncomingResponse | null }
    const contact = response?.parseHeader<{ readonly uri: { toString(): string } } | undefined>('contact')
    const { _dialog: dialog } = undeclared(session)
    if (dialog && contact) dialog._remote_target = contact.uri
  })
}

/** Acknowledges the last answer to an INVITE of ours once more: the first may have been lost with a connection. */
export function acknowledgeAgain(session: RTCSession): void {
  undeclared(session).sendRequest('ACK')
}

/**
 * A request that cannot be sent, stays unanswered or is answered 408 does not end an established session: a side that
 * is away may come back. It fails, by `lost` where there is no answer. Only the far side itself can say that there is
 * no such call (481), and `gone` hears of it before the session ends.
 */
export function keepThroughLoss(
  session: RTCSession,
  lost: (why: 'unreachable' | 'timeout', method: string) => void,
  gone: () => void,
): void {
  const inner = undeclared(session)
  const keep = (handler: 'onTransportError' | 'onRequestTimeout', why: 'unreachable' | 'timeout') => {
    const end = inner[handler].bind(session)
    inner[handler] = () => {
      lost(why, '')
      if (!session.isEstablished()) end()
    }
  }
  keep('onTransportError', 'unreachable')
  keep('onRequestTimeout', 'timeout')
  const send = inner.sendRequest.bind(session)
  inner.sendRequest = (method, options) => {
    const { eventHandlers: handlers } = options ?? {}
    if (!handlers?.onDialogError || !session.isEstablished()) return send(method, options)
    const isOffer = method === 'INVITE' || method === 'UPDATE'
    const fail = (why: 'unreachable' | 'timeout') => () => {
      lost(why, method)
      handlers.onErrorResponse?.()
    }
    const eventHandlers: DialogHandlers = {
      ...handlers,
      ...(isOffer && { onTransportError: fail('unreachable'), onRequestTimeout: fail('timeout') }),
      onDialogError: (response) => {
        if (response.status_code !== 481 || !isOfFarSide(session, response)) return handlers.onErrorResponse?.(response)
        gone()
        handlers.onDialogError?.(response)
      },
    }
    const request = send(method, { ...options, eventHandlers })
    if (method === 'INVITE') offers.set(session, request as PendingOffer)
    return request
  }
}

/** Whether it is the party of the dialog that answers: one with another tag is not. */
function isOfFarSide(session: RTCSession, response: DialogResponse): boolean {
  const { _from_tag: from, _to_tag: to } = undeclared(session)
  const theirs = isIncoming(session) ? from : to
  const tag = /;\s*tag\s*=\s*([^\s;]+)/i.exec((response.getHeader('To') ?? '').replace(/^.*>/, ''))?.[1]
  return tag === undefined || !theirs || tag === theirs
}

/**
 * The far side hears of the end of a call, though it ends while the network is away: JsSIP says BYE once, to nobody where
 * there is no connection. It is said within the dialog, which outlives the session for that.
 */
export function sayGoodbye(session: RTCSession, outbox: Outbox): void {
  const inner = undeclared(session)
  const send = inner.sendRequest.bind(session)
  inner.sendRequest = (method, options) => {
    const { _dialog: dialog } = inner
    if (method !== 'BYE' || !dialog) return send(method, options)
    const attempt = () =>
      new Promise<void>((resolve, reject) => {
        const taken = () => resolve()
        const unheard = () =>
          reject(
            new SignalingError('unreachable', 'The far side did not hear that the call is over', { resource: 'BYE' }),
          )
        dialog.sendRequest('BYE', {
          ...options,
          eventHandlers: {
            onSuccessResponse: taken,
            onErrorResponse: taken,
            onDialogError: taken,
            onTransportError: unheard,
            onRequestTimeout: unheard,
          },
        })
      })
    void ignore(log, outbox.deliver(attempt), 'the end of a call was not told')
    return undefined
  }
}

/** Requests with an offer that have no final answer yet. */
const offers = new WeakMap<RTCSession, PendingOffer>()

interface PendingOffer {
  readonly transaction?: {
    readonly state: number
    cancel(): void
    onTransportError(): void
    on(event: 'stateChanged', listener: () => void): void
  }
}

/** JsSIP's states of a transaction, from its start to its end. */
export const transactionStates = { proceeding: 2, calling: 3, accepted: 4, completed: 5, terminated: 6 } as const
const { calling, proceeding } = transactionStates

/** How long the far side may take to answer an offer that is taken back, in ms. */
const cancelLimit = 2000

/**
 * Takes back an offer that nobody answered (RFC 3261, 14.1): JsSIP would wait for its answer for ever. An answer that
 * crosses it is taken as any other, or the far side would wait for our ACK. `gone` is called where none comes in time;
 * `settled` aborts when one came.
 */
export function withdrawOffer(session: RTCSession, gone: () => void, settled: AbortSignal): void {
  const { transaction } = offers.get(session) ?? {}
  offers.delete(session)
  // Before a provisional answer came nobody may be told (RFC 3261, 9.1), and before an offer left there is nothing to tell.
  const cancel = (): void => {
    if (!settled.aborted && transaction?.state === proceeding) transaction.cancel()
  }
  if (transaction?.state === calling) transaction.on('stateChanged', cancel)
  else cancel()
  const timer = setTimeout(() => {
    gone()
    if (transaction?.state === calling || transaction?.state === proceeding) transaction.onTransportError()
  }, cancelLimit)
  settled.addEventListener('abort', () => clearTimeout(timer), { once: true })
}

/** Has the session refreshed by `agreed` in place of JsSIP's own timer. */
export function takeSessionTimer(session: RTCSession, agreed: (expires: number, refresher: boolean) => void): void {
  const inner = undeclared(session)
  inner._runSessionTimer = () => {
    const { _sessionTimers: timers } = inner
    timers.running = true
    if (timers.currentExpires !== null) agreed(timers.currentExpires, timers.refresher)
  }
}

/** Whom to call to take our place in a session: the party at its far end, with a Replaces header field (RFC 3891, 3). */
export function replacementOf(session: RTCSession): string {
  const { _request: request, _from_tag: from, _to_tag: to } = undeclared(session)
  // JsSIP keeps the tags as the invitation had them; `to-tag` is the one of who reads it.
  const [theirs, ours] = isIncoming(session) ? [from, to] : [to, from]
  const replaces = `${request.call_id};to-tag=${theirs};from-tag=${ours}`
  return `${contactOf(session)}?Replaces=${encodeURIComponent(replaces)}`
}

/**
 * Where the far side of a session is, and not where another device of its user may be: its Contact (RFC 5589, 7). That
 * of a browser names no host, and leads nowhere without what makes it a GRUU.
 */
function contactOf(session: RTCSession): string {
  const contact = (undeclared(session)._dialog?._remote_target?.toString() ?? '').replace(/\?.*$/, '')
  const isNowhere = /@[^;]*\.invalid(?:[:;]|$)/i.test(contact) && !/;gr(?:[=;]|$)/i.test(contact)
  return contact === '' || isNowhere ? session.remote_identity.uri.toString() : contact
}

/** Asks the far side to call somebody else (REFER). What it tells of that comes to `notified`, and not to the library. */
export function sendRefer(
  session: RTCSession,
  target: string,
  eventHandlers: Record<string, (event: never) => void>,
  notified: (request: ReferNotify) => void,
): { readonly forget: () => void } {
  // A text without a user part it takes for a name of its domain.
  const to = (URI.parse(target) as URI | undefined) ?? target
  const subscriber = (session as unknown as Referring).refer(to, { eventHandlers })
  subscriber.receiveNotify = notified
  return {
    forget() {
      subscriber.emit('accepted')
    },
  }
}

/** The library gives the subscription back, and does not say so. */
interface Referring {
  refer(
    target: URI | string,
    options: object,
  ): { receiveNotify: (request: ReferNotify) => void; emit(name: 'accepted'): void }
}

/** What a NOTIFY tells of a REFER. */
export interface ReferNotify {
  readonly body?: string | null
  getHeader(name: string): string | undefined
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

/** Confirms a provisional answer, in the dialog it belongs to (RFC 3262, 4). */
export function confirmProgress(session: RTCSession, answer: SipMessage, sequence: number): void {
  const { _earlyDialogs: dialogs, _request: request } = undeclared(session)
  const tag = parameter(header(answer, 'to'), 'tag')
  const dialog = dialogs[`${request.call_id}${parameter(header(answer, 'from'), 'tag')}${tag}`]
  const nothing = () => {}
  // Whether it arrives or not, the answer that counts is the final one.
  dialog?.sendRequest('PRACK', {
    extraHeaders: [`RAck: ${String(sequence)} ${header(answer, 'cseq')}`],
    eventHandlers: {
      onSuccessResponse: nothing,
      onErrorResponse: nothing,
      onTransportError: nothing,
      onRequestTimeout: nothing,
      onDialogError: nothing,
    },
  })
}

/** Who we are: the address of our Contact, the users a request for us may name, and our domain. */
export function selfOf(ua: UA): {
  readonly contact: string
  readonly users: readonly string[]
  readonly domain: string
} {
  const { contact, configuration } = ua as unknown as {
    readonly contact: { readonly uri: NameUri; readonly pub_gruu: string | null; readonly temp_gruu: string | null }
    readonly configuration: { readonly uri: NameUri }
  }
  const given = [contact.pub_gruu, contact.temp_gruu].map((gruu) => /^sips?:([^@;]*)@/.exec(gruu ?? '')?.[1] ?? '')
  const users = [configuration.uri.user, contact.uri.user, ...given].filter((user) => user !== '')
  return { contact: contact.uri.toString(), users, domain: configuration.uri.host }
}

interface NameUri {
  readonly user: string
  readonly host: string
  toString(): string
}

/** Refuses an invitation that JsSIP failed over; nothing, where it has been answered. */
export function refuseUnanswered(session: RTCSession): void {
  if (isIncoming(session)) undeclared(session)._request.reply(500)
}

/** Lets a session last at least so long without a sign of life (RFC 4028, 7.4), in s. */
export function lengthenSession(session: RTCSession, expires: number): void {
  const { _sessionTimers: timers } = undeclared(session)
  timers.defaultExpires = Math.max(timers.defaultExpires, expires)
  timers.currentExpires = Math.max(timers.currentExpires ?? 0, expires)
}

/** Says once more that the session lives, without an offer. */
export function refreshSession(session: RTCSession, eventHandlers: ReofferOptions['eventHandlers']): void {
  undeclared(session)._sendUpdate({ eventHandlers })
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
 * nobody else would hear that the new one is up. The party that transferred us may well be faster than the other's ACK.
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

/** Refuses a REFER within a session by the status that `refusal` gives, before the library takes it. */
export function guardReferrals(session: RTCSession, refusal: (request: IncomingReferral) => number | null): void {
  const inner = undeclared(session)
  const receive = inner._receiveRefer.bind(session)
  inner._receiveRefer = (request) => {
    const status = refusal(request)
    if (status === null) receive(request)
    else request.reply(status)
  }
}

/** User part of our Contact: no other device of this user has it. */
export function contactUserOf(ua: UA): string {
  return (ua as unknown as { readonly contact: { readonly uri: NameUri } }).contact.uri.user
}

/** Lets the library end a registration that it gave up, while the registrar has it still. */
export function markRegistered(ua: UA): void {
  ;(ua.registrator() as unknown as { _registered: boolean })._registered = true
}

/** A request within a dialog, as far as it is read here. */
export interface DialogRequest extends CallerRequest {
  readonly method: string
  readonly body?: string | null
  readonly server_transaction?: { readonly state: number } | null
  reply(status: number, reason: string | null, extraHeaders: readonly string[]): void
}

/**
 * Tells of each INVITE and UPDATE within a session. JsSIP forbids an UPDATE before the call is up; it may come then, to
 * say who rings (RFC 3311, 5.2): it is answered here. One with an offer has to wait for the answer to the first.
 */
export function hearUpdates(session: RTCSession, heard: (request: DialogRequest) => void): void {
  const inner = undeclared(session)
  const receive = inner.receiveRequest.bind(session)
  inner.receiveRequest = (request) => {
    const isUpdate = request.method === 'UPDATE'
    if (isUpdate || (request.method === 'INVITE' && !request.getHeaders('Replaces').length)) heard(request)
    if (!isUpdate || inner._is_confirmed || session.isEnded()) return receive(request)
    if (request.body) request.reply(500, 'The First Offer Is Not Answered', ['Retry-After: 2'])
    else request.reply(200, null, [`Contact: ${inner._contact}`])
  }
}

/** Answers an offer that the end of the call overtook (RFC 3261, 15.1.2). JsSIP forgets it, and fails over its CANCEL. */
export function endPendingOffers(session: RTCSession): void {
  const inner = undeclared(session)
  const receive = inner.receiveRequest.bind(session)
  let last: DialogRequest | null = null
  inner.receiveRequest = (request) => {
    if (request.method === 'INVITE') last = request
    receive(request)
  }
  const end = (): void => {
    if (last?.server_transaction?.state === proceeding) last.reply(487, null, [])
  }
  session.on('ended', end)
  session.on('failed', end)
}

/** A REFER that belongs to no call is nobody's to obey (RFC 3515, 2.4.2). */
export function declineLooseReferrals(ua: UA): void {
  const inner = ua as unknown as UndeclaredAgent
  const receive = inner.receiveRequest.bind(ua)
  inner.receiveRequest = (request) => {
    if (request.method === 'REFER' && !request.to_tag) request.reply_sl(603)
    else receive(request)
  }
}

/**
 * One call that comes by several ways is one (RFC 3261, 8.2.2.2). JsSIP notices it for half a minute; a proxy may try
 * again later, at the address that came with a new connection.
 */
export function refuseMerged(ua: UA): void {
  const inner = ua as unknown as UndeclaredAgent
  const receive = inner.receiveRequest.bind(ua)
  inner.receiveRequest = (request) => {
    const { method, call_id: call, from_tag: from, to_tag: to } = request
    const session = method === 'INVITE' && !to ? inner._sessions[call + from] : undefined
    if (session && !session.isEnded()) request.reply_sl(482)
    else receive(request)
  }
}

/** A transaction of JsSIP; of an invitation it is ours (`ict`) or one to us (`ist`). */
export interface Transaction {
  readonly type: string
  readonly request: {
    readonly method: string
    readonly to_tag?: string | null
    getHeader(name: string): string | undefined
  }
  readonly eventHandlers: { onTransportError(): void }
  state: number
  transport: { send(message: unknown): boolean }
  onTransportError(): void
  cancel(): void
  on(event: 'stateChanged', listener: () => void): void
}

/** Tells of each transaction when it begins, before a word of it is said. */
export function hearTransactions(ua: UA, heard: (transaction: Transaction) => void): void {
  const telling = ua as unknown as {
    on(event: 'newTransaction', listener: (event: { readonly transaction: Transaction }) => void): void
  }
  telling.on('newTransaction', ({ transaction }) => heard(transaction))
}
