import type { IncomingEvent, OutgoingEvent, RTCSession } from 'jssip/lib/RTCSession.js'
import type { IncomingRequest } from 'jssip/lib/SIPMessage.js'
import { Emitter } from '../../base/emitter.ts'
import { ignore } from '../../base/ignore.ts'
import { TaskQueue } from '../../base/task-queue.ts'
import { logger } from '../../base/log.ts'
import { SdpHistory } from '../../media/sdp-history.ts'
import { codecsOf, mediaTypeOf, withDirections, withoutForbiddenCandidates } from '../../media/sdp.ts'
import { SignalingError, type LegEnd, type LegMedia, type Party } from '../signaling.ts'
import { IceBudget } from './ice-budget.ts'
import {
  acknowledgeAgain,
  endPendingOffers,
  followContact,
  guardReferrals,
  hearUpdates,
  isIncoming,
  keepThroughLoss,
  lengthenSession,
  refreshSession,
  refuseUnanswered,
  renewConnection,
  sayGoodbye,
  sendReoffer,
  takeSessionTimer,
  type DialogResponse,
} from './jssip-session.ts'
import { ConnectedIdentity } from './connected-identity.ts'
import type { DialogEvents, OfferOptions } from './dialog-events.ts'
import { sessionOptions, type DialogOptions } from './dialog-options.ts'
import { MovedInvitation } from './moved-invitation.ts'
import { OfferWithdrawal } from './offer-withdrawal.ts'
import { isOtherAnswerer, isOtherAssociation, onPathOf } from './media-association.ts'
import type { FormerConnection } from './former-connection.ts'
import { isTakeable } from './takeable-offer.ts'
import { MediaLines, type Section } from './media-lines.ts'
import { refusalOf } from './referral.ts'
import { header, parameter, type SipMessage } from './sip-message.ts'
import { saidOf } from './sip-party.ts'
import { SessionTimer } from './session-timer.ts'
import {
  endOf,
  forgotten,
  mayTryNext,
  minSessionOfResponse,
  noAnswer,
  redialOf,
  refusal,
  type SessionEnd,
} from './sip-reason.ts'

const log = logger('att-phone.sip')

/** How long an answered call may take to connect before the candidates that came late are offered, in ms. */
const rescueDelay = 2000
/** Pause before looking again whether the far side's offer is dealt with, in ms. */
const busyPause = 20
/** Lead of the caller when both sides want to offer, in ms. */
const probeDelay = 500
const glareAttempts = 4

/**
 * One SIP dialog with one peer connection: JsSIP's session, under the rules of this engine. Offers leave on time,
 * a refused offer or a lost connection does not end the call, the far side's hold does not touch our tracks.
 */
export class SipDialog {
  readonly session: RTCSession
  readonly events = new Emitter<DialogEvents>()
  readonly invitation: MovedInvitation
  media: LegMedia | null = null
  lines: MediaLines | null = null
  readonly #options: DialogOptions
  readonly #life = new AbortController()
  readonly #offers = new TaskQueue()
  readonly #identity: ConnectedIdentity
  #budget: IceBudget | null = null
  #offering: ((error: SignalingError) => void) | null = null
  #established = false
  #link: DialogEvents['link'] | null = null
  #rescued = false
  #offersOfFarSide = 0
  /** Whether the far side's answer comes with its ACK. */
  #answerLate = false
  /** Why this side gave up, where JsSIP has no word for it. */
  #failure: SignalingError | null = null
  /** What both sides said of the present connection. */
  #history = new SdpHistory()
  /** Aborts when the present connection is no longer ours to follow. */
  #managing = new AbortController()
  #former: FormerConnection | null = null
  /** Whether the one that answered is not who was heard before: it is to be offered a connection of its own. */
  #isWithAnother = false
  /** Whether this side sent an INVITE, and so may owe an ACK that was lost with a connection. */
  #invited = false
  /** The far side said that it does not know this call. */
  #forgotten = false

  constructor(session: RTCSession, options: DialogOptions) {
    this.session = session
    this.#options = options
    const first = saidOf({ from: session.remote_identity, getHeaders: () => [] }, options)
    this.#identity = new ConnectedIdentity(first, options)
    this.#listen()
    this.invitation = new MovedInvitation(session, this.#life.signal)
    sayGoodbye(session, options.outbox)
    followContact(session)
    guardReferrals(session, refusalOf)
    hearUpdates(session, (request) => this.#identified(this.#identity.asked(request)))
    endPendingOffers(session)
    const lost = (why: 'unreachable' | 'timeout', method: string) => {
      if (method !== 'UPDATE') this.#offering?.(noAnswer(why))
      if (!session.isEstablished()) this.#failure = noAnswer(why)
    }
    keepThroughLoss(session, lost, () => {
      this.#forgotten = true
    })
    const timer = new SessionTimer(() => this.#refresh(), this.#life.signal)
    takeSessionTimer(session, (expires, refresher) => timer.agreed(expires, refresher))
  }

  get connection(): RTCPeerConnection | null {
    return this.lines && !this.#life.signal.aborted ? this.session.connection : null
  }

  /** Names of the codecs in use; empty before an answer. */
  get codecs(): readonly string[] {
    const { currentLocalDescription: local = null, currentRemoteDescription: remote = null } = this.connection ?? {}
    const answer = local?.type === 'answer' ? local : remote
    return answer ? codecsOf(answer.sdp) : []
  }

  /** Whether the far side takes digits by the media path (RFC 4733). */
  get telephoneEvents(): boolean {
    return /^a=rtpmap:\d+ telephone-event\//m.test(this.connection?.remoteDescription?.sdp ?? '')
  }

  /** What the far side calls the media path it offers: another one after a restart (RFC 8839, 4.4.1.1). */
  get #remotePath(): string {
    return /^a=ice-ufrag:.*$/m.exec(this.connection?.remoteDescription?.sdp ?? '')?.[0] ?? ''
  }

  get established(): boolean {
    return this.#established && !this.#life.signal.aborted
  }

  /** Takes charge of the connection JsSIP just made, before an offer or answer. `sections`: of a call that is up. */
  start(media: LegMedia, sections?: readonly Section[]): void {
    this.media = media
    const lines = this.#manage(media)
    this.#established = this.#invited = sections !== undefined
    if (sections || !isIncoming(this.session)) lines.offer(sections)
  }

  #manage(media: LegMedia, before: MediaLines | null = null): MediaLines {
    const { connection } = this.session
    this.#managing = new AbortController()
    const signal = AbortSignal.any([this.#life.signal, this.#managing.signal])
    const lines = new MediaLines(connection, media, signal, before)
    this.lines = lines
    this.#budget = new IceBudget(connection, media.settings, signal)
    connection.addEventListener('track', ({ track }) => this.events.emit('track', track), { signal })
    connection.addEventListener('connectionstatechange', () => this.#watch(connection), { signal })
    connection.addEventListener('signalingstatechange', () => this.#learn(connection), { signal })
    // JsSIP ends a call whose path failed; here it is restarted. Capturing, we hear of it first.
    const spare = (event: Event) => {
      if (connection.iceConnectionState === 'failed') event.stopImmediatePropagation()
    }
    connection.addEventListener('iceconnectionstatechange', spare, { capture: true, signal })
    return lines
  }

  /**
   * Takes a new connection, because the far side's end of the media is another one (RFC 8842, 5): of two browsers one
   * would go on with its own, and stay silent. What is sent, and what is wanted, stays. `null` without media.
   */
  #renew(): { readonly former: FormerConnection; readonly lines: MediaLines } | null {
    const { media, lines: before } = this
    if (!media || !before) return null
    const former: FormerConnection = {
      connection: this.session.connection,
      lines: before,
      budget: this.#budget,
      history: this.#history,
      managing: this.#managing,
      giveBack: renewConnection(this.session, sessionOptions(media.settings, this.#options).pcConfig),
    }
    this.#history = new SdpHistory()
    const lines = this.#manage(media, before)
    this.#tellLink(this.#established ? 'recovering' : null)
    return { former, lines }
  }

  /** Offers a new connection, in place of one that is with somebody else. */
  #offerAnew(): void {
    const renewed = this.#renew()
    if (!renewed) return
    renewed.lines.offerAgain(renewed.former.lines)
    this.#leave(renewed.former)
  }

  #leave({ managing, connection }: FormerConnection): void {
    managing.abort()
    connection.close()
    this.events.emit('renewed', undefined)
  }

  /** An offer of another far side is answered by another connection; the one before is back, if that comes to nothing. */
  #answerAnew(): void {
    const renewed = this.#renew()
    if (!renewed) return
    const { former, lines } = renewed
    const { connection } = this.session
    this.#former = former
    const follow = () => {
      if (connection.signalingState === 'have-remote-offer') lines.takeOver()
      if (connection.signalingState !== 'stable' || this.#former !== former) return
      this.#former = null
      this.#leave(former)
    }
    connection.addEventListener('signalingstatechange', follow, { signal: this.#managing.signal })
  }

  #giveBack(): void {
    const former = this.#former
    if (!former) return
    this.#former = null
    this.#managing.abort()
    this.session.connection.close()
    former.giveBack()
    this.lines = former.lines
    this.#budget = former.budget
    this.#history = former.history
    this.#managing = former.managing
    this.#watch(former.connection)
  }

  /** Goes on with a far side whose answer is not that of the one this connection is with. */
  async #reassociate(): Promise<void> {
    const { connection } = this.session
    await this.#offers.run(async () => {
      await this.#ready()
      if (this.session.connection === connection) this.#offerAnew()
    })
    await this.offer()
  }

  answer(media: LegMedia): void {
    this.session.answer(sessionOptions(media.settings, this.#options))
    // A malformed invitation has ended by now, without a connection.
    if (!this.#life.signal.aborted) this.start(media)
  }

  /** Resolves when the call is up, rejects when it ends before. */
  confirmed(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.events.on('confirmed', () => resolve())
      this.events.on('ended', ({ message, error }) =>
        reject(error ?? new SignalingError('refused', message ?? 'The call has ended')),
      )
    })
  }

  /**
   * Resolves when the far side answered an offer of what `lines` want now, or when there is no need for one any more.
   * Offers go one after the other; one that met an offer of the far side is made again.
   */
  offer({ restart = false, moot, signal }: OfferOptions = {}): Promise<void> {
    return this.#offers.run(async () => {
      for (let attempt = 1; ; attempt++) {
        await this.#ready()
        if (moot?.aborted) return
        signal?.throwIfAborted()
        try {
          await this.#offerOnce(restart, signal)
          return
        } catch (error) {
          await this.#rollback()
          const status = error instanceof SignalingError ? error.details.status : undefined
          if ((status !== 491 && status !== 422) || attempt === glareAttempts) throw error
          // It is offered again at once, for longer (RFC 4028, 7.4).
          if (status === 491) await this.#pause(this.#glarePause(), moot)
        }
      }
    })
  }

  /** Resolves when both sides have a new media path. Where both want one at once, one does it. */
  async restart(): Promise<void> {
    const before = this.#remotePath
    const moot = new AbortController()
    const look = () => {
      if (this.#remotePath !== before) moot.abort()
    }
    this.events.on('offered', look, { signal: moot.signal })
    await this.offer({ restart: true, moot: moot.signal }).finally(() => moot.abort())
  }

  /**
   * Offers what there is already, after our connection to the network was another one for a while: where the far side
   * has hung up meanwhile, its answer ends the call. When both sides come back at once, the caller goes first.
   */
  async probe(): Promise<void> {
    const offers = this.#offersOfFarSide
    // Not while an INVITE is under way: that has no answer yet to be acknowledged.
    if (this.#invited && !this.#offering && this.session.isReadyToReOffer()) acknowledgeAgain(this.session)
    if (isIncoming(this.session)) await this.#pause(probeDelay * (1 + Math.random()))
    if (offers !== this.#offersOfFarSide) return
    await this.offer({ restart: this.connection?.connectionState !== 'connected' })
  }

  /** The far side wants a longer session than it was told with a sign of life: it gets another. */
  lengthen(minimum: number): void {
    if (!this.established) return
    lengthenSession(this.session, minimum)
    this.#update().catch((error: unknown) => log.warn('the session could not be made longer', error))
  }

  /** A sign of life, as the far side takes it. */
  async #refresh(): Promise<void> {
    await this.#ready()
    try {
      await this.#update()
    } catch (error) {
      const status = error instanceof SignalingError ? error.details.status : undefined
      if (status !== 405 && status !== 501) throw error
      // One that knows no UPDATE (RFC 4028, 7.4).
      await this.offer()
    }
  }

  #update(): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      refreshSession(this.session, {
        succeeded: resolve,
        failed: (response?: DialogResponse) =>
          reject(
            response ? refusal(response.status_code, response.reason_phrase, 'UPDATE') : noAnswer('timeout', 'UPDATE'),
          ),
      })
    })
  }

  /** An answer to an INVITE or UPDATE of ours came. */
  answered(answer: SipMessage): void {
    const fields = { getHeaders: (name: string) => answer.headers.get(name.toLowerCase()) ?? [] }
    this.#identified(this.#identity.answered(fields, parameter(header(answer, 'to'), 'tag'), answer.status >= 200))
  }

  #identified(party: Party | null): void {
    if (party) this.events.emit('identified', party)
  }

  #offerOnce(restart: boolean, signal?: AbortSignal): Promise<void> {
    const over = new AbortController()
    return new Promise<void>((resolve, reject) => {
      this.#offering = reject
      const withdrawal = new OfferWithdrawal(this.session, signal, reject, over.signal)
      this.#invited = true
      sendReoffer(this.session, {
        ...(restart && { rtcOfferConstraints: { iceRestart: true } }),
        eventHandlers: {
          succeeded: () => (withdrawal.why ? reject(withdrawal.why) : resolve()),
          failed: (response?: DialogResponse) => {
            if (withdrawal.why) return reject(withdrawal.why)
            const minimum = response && minSessionOfResponse(response)
            if (minimum) lengthenSession(this.session, minimum)
            reject(
              response
                ? refusal(response.status_code, response.reason_phrase, 'INVITE')
                : new SignalingError('media', 'The offer or its answer could not be used', { resource: 'INVITE' }),
            )
          },
        },
      })
    }).finally(() => {
      over.abort()
      this.#offering = null
    })
  }

  /** Until no offer is under way in either direction. There is no event for it, and it is short. */
  async #ready(): Promise<void> {
    while (!this.session.isReadyToReOffer() || this.session.connection.signalingState !== 'stable') {
      this.#assertLive()
      await this.#pause(busyPause)
    }
    this.#assertLive()
  }

  /** RFC 3261, 14.1: who made the call waits longer, in ms. */
  #glarePause(): number {
    return !isIncoming(this.session) ? 2100 + Math.random() * 1900 : Math.random() * 2000
  }

  #pause(duration: number, moot?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const signal = moot ? AbortSignal.any([this.#life.signal, moot]) : this.#life.signal
      if (signal.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, duration)
      signal.addEventListener('abort', done, { once: true })
    })
  }

  async #rollback(): Promise<void> {
    const connection = this.connection
    if (connection?.signalingState === 'have-local-offer') await connection.setLocalDescription({ type: 'rollback' })
  }

  #assertLive(): void {
    if (this.#life.signal.aborted) throw new SignalingError('refused', 'The call has ended')
  }

  #listen(): void {
    const { session, events } = this
    session.on('sending', () => events.emit('sent', undefined))
    session.on('progress', (event: IncomingEvent | OutgoingEvent) => {
      // For an incoming call it tells that we ring, and has no response.
      if (!('response' in event) || !(event.response as unknown)) return
      events.emit('progress', { status: event.response.status_code, sdp: Boolean(event.response.body) })
    })
    // The offer of an incoming call has been taken, the answer comes next.
    session.on('connecting', () => {
      if (isIncoming(session)) this.lines?.answer()
    })
    session.on('confirmed', () => {
      if (this.#established) return
      this.#established = true
      this.#invited ||= !isIncoming(session)
      if (this.#isWithAnother) {
        this.#offerAnew()
        void ignore(log, this.offer(), 'the phone that answered took no new connection')
      }
      this.#expectConnection()
      events.emit('confirmed', undefined)
    })
    session.on('sdp', (event) => {
      const isOurs = (event.originator as string) === 'local'
      const isAnswer = event.type === 'answer'
      if (isOurs && isAnswer && !this.#established) this.#expectMedia(event.sdp)
      event.sdp = this.#filtered(isOurs ? event.sdp : this.#readable(event.sdp, isAnswer), isOurs)
    })
    for (const step of ['setremotedescription', 'createanswer', 'setlocaldescription'] as const)
      session.on(`peerconnection:${step}failed`, () => this.#giveBack())
    session.on('reinvite', (event) => this.#offered(event, false))
    session.on('update', (event) => this.#offered(event, true))
    // JsSIP silences our tracks while the far side holds, and switches them on afterwards, muted or not.
    session.on('hold', () => this.#restoreTracks())
    session.on('unhold', () => this.#restoreTracks())
    session.on('refer', (event) => events.emit('refer', event))
    session.on('replaces', (event) => events.emit('replaces', event))
    session.on('ended', (event) => this.#end(event))
    session.on('failed', (event) => this.#end(event))
  }

  /** The far side makes an offer, or wants one of ours. */
  #offered(
    { request, reject }: { request: IncomingRequest; reject: (options: { status_code: number }) => void },
    isUpdate: boolean,
  ): void {
    // A sign of life asks for nothing (RFC 3311, 5.2).
    if (isUpdate && !request.body) return
    // Ours is under way: taking theirs now would throw ours away behind our back (RFC 3261, 14.2).
    if (this.#offering) return reject({ status_code: 491 })
    this.#offersOfFarSide++
    if (!request.body) {
      this.#answerLate = true
      return
    }
    const isOther = isOtherAssociation(this.connection?.currentRemoteDescription?.sdp ?? '', request.body)
    const fault = (isOther ? new SdpHistory() : this.#history).faultOf(request.body)
    if (fault !== null || !isTakeable(request.body)) {
      log.warn('An offer of the far side was refused', fault ?? 'no codec in common')
      return reject({ status_code: 488 })
    }
    this.events.emit('offering', { sdp: request.body })
    if (isOther) this.#answerAnew()
    if (mediaTypeOf(request.body) === 'video') this.lines?.receivePicture()
    this.#settleOffer(request.body)
  }

  /** Tells of what the far side said, when it has been dealt with. */
  #settleOffer(sdp: string): void {
    const { connection } = this.session
    const answered = () => {
      if (connection.signalingState !== 'stable') return
      connection.removeEventListener('signalingstatechange', answered)
      this.events.emit('offered', { sdp })
    }
    connection.addEventListener('signalingstatechange', answered, { signal: this.#life.signal })
  }

  /** A description of the far side as the browser shall have it. */
  #readable(sdp: string, isAnswer: boolean): string {
    const offer = isAnswer ? this.session.connection.pendingLocalDescription?.sdp : undefined
    const readable = withDirections(sdp, offer)
    if (!isAnswer) return readable
    if (!this.#established) return this.#ofFork(readable)
    if (this.#answerLate) {
      this.#answerLate = false
      this.#settleOffer(readable)
    }
    if (isOtherAssociation(this.connection?.currentRemoteDescription?.sdp ?? '', readable)) {
      void ignore(log, this.#reassociate(), 'the far side took no new connection')
      return onPathOf(this.session.connection, readable)
    }
    const fault = this.#history.faultOf(readable)
    if (fault === null) return readable
    log.warn('An answer of the far side is of no use', fault)
    // The browser refuses it, and the offer it answers is taken back.
    return ''
  }

  /** An answer to the first offer, which may be of another phone than what was heard before it (RFC 3261, 13.2.2.4). */
  #ofFork(answer: string): string {
    const before = this.session.connection.currentRemoteDescription?.sdp
    this.#isWithAnother = before !== undefined && isOtherAnswerer(before, answer)
    return this.#isWithAnother ? onPathOf(this.session.connection, answer) : answer
  }

  /** An answer that takes nothing of what was offered is none (RFC 3261, 13.3.1.3). */
  #expectMedia(answer: string): void {
    if (/^m=(?:audio|video) [1-9]/m.test(answer)) return
    this.#failure = new SignalingError('media', 'There is no codec in common', { status: 488, resource: 'INVITE' })
    this.session.terminate({ status_code: 488 })
  }

  #filtered(sdp: string, ours: boolean): string {
    const settings = this.media?.settings
    if (!settings) return sdp
    const { iceTransport } = settings
    const allowed = withoutForbiddenCandidates(
      sdp,
      ours || iceTransport === 'none' ? settings : { ...settings, iceTransport: 'all' },
    )
    // A server cannot resolve the name of a hidden address (RFC 8828), and some refuse the whole offer for it. Our
    // checks reach it all the same. Where they did not, the rescue shows what there is.
    return ours && !this.#rescued ? allowed.replace(/^a=candidate:(\S+ ){4}\S+\.local .*\r?\n/gm, '') : allowed
  }

  #restoreTracks(): void {
    const local = this.media?.local
    if (!local) return
    local.setMuted(local.muted)
    const picture = local.track('video')
    if (picture) picture.enabled = true
  }

  #learn({ signalingState, currentLocalDescription, currentRemoteDescription }: RTCPeerConnection): void {
    if (signalingState !== 'stable') return
    for (const description of [currentRemoteDescription, currentLocalDescription])
      if (description) this.#history.learn(description.sdp)
  }

  #watch(connection: RTCPeerConnection): void {
    const links = { connected: 'ok', disconnected: 'recovering', failed: 'lost' } as const
    if (connection !== this.session.connection) return
    const link = links[connection.connectionState as keyof typeof links] as DialogEvents['link'] | undefined
    if (link) this.#tellLink(link)
  }

  #tellLink(link: DialogEvents['link'] | null): void {
    if (link === this.#link) return
    this.#link = link
    if (link) this.events.emit('link', link)
  }

  /** One more offer, when the media path did not come up with the candidates that were in time. */
  #expectConnection(): void {
    void this.#pause(rescueDelay).then(async () => {
      if (!this.connection || this.connection.connectionState === 'connected') return
      const hidden = / \S+\.local /.test(this.connection.localDescription?.sdp ?? '')
      if (!hidden && !this.#budget?.late) return
      this.#rescued = true
      // Whether it is taken or not, the state of the path tells what came of it.
      await this.offer().catch(() => {})
    })
  }

  #end(event: unknown): void {
    if (this.#life.signal.aborted) return
    const failure = this.#failure
    const end: LegEnd = failure
      ? { reason: 'failed', message: failure.message, error: failure }
      : this.#forgotten
        ? forgotten
        : endOf(event as SessionEnd, this.#established)
    if ((event as SessionEnd).originator === 'system' && !this.#established) refuseUnanswered(this.session)
    const redial = redialOf(event as SessionEnd)
    this.#offering?.(new SignalingError('refused', 'The call has ended'))
    this.#life.abort()
    this.#former?.connection.close()
    this.events.emit('ended', { ...end, ...(redial && { redial }), mayTryNext: mayTryNext(event as SessionEnd) })
    this.events.clear()
  }
}
