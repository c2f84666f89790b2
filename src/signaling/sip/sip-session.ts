import { UA, Utils, type Socket } from 'jssip'
import type { IncomingRTCSessionEvent, OutgoingRTCSessionEvent } from 'jssip/lib/UA.js'
import type { Emitter } from '../../base/emitter.ts'
import { logger } from '../../base/log.ts'
import { pause } from '../../base/pause.ts'
import { TaskQueue } from '../../base/task-queue.ts'
import { mediaTypeOf } from '../../media/sdp.ts'
import { Outbox } from '../outbox.ts'
import {
  SignalingError,
  type Identity,
  type LegMedia,
  type PlaceOptions,
  type SessionInfo,
  type SignalingEvents,
} from '../signaling.ts'
import {
  callIdOf,
  configurationOf,
  confirmProgress,
  declareFocus,
  declineLooseReferrals,
  isIncoming,
  refuseMerged,
  selfOf,
  stop,
} from './jssip-session.ts'
import { rseqOf } from './reliable-answers.ts'
import { undisguised } from './disguise.ts'
import { SipChallenge } from './sip-challenge.ts'
import { sessionOptions } from './dialog-options.ts'
import { agreeOnTimer } from './dialog-record.ts'
import { isTakeable } from './takeable-offer.ts'
import { conferenceOf, focusFields, tokenOf } from './sip-focus.ts'
import { incomingDetails } from './incoming-details.ts'
import { KeptInvitations } from './kept-invitations.ts'
import type { LegOptions } from './leg-options.ts'
import type { Redial } from './redial.ts'
import { SipLeg } from './sip-leg.ts'
import { header, headerFields, headersOf, minSessionOf, type SipMessage } from './sip-message.ts'
import { defaultChangeTimeout, defaultKeepAliveInterval, defaultOpenTimeout, type SipOptions } from './sip-options.ts'
import { callerOf, partyOf } from './sip-party.ts'
import { SipRegistration } from './sip-registration.ts'
import type { SipServers } from './sip-servers.ts'
import { SipSocket } from './sip-socket.ts'
import type * as TakeUp from './take-up.ts'

const log = logger('att-phone.sip')

/** Rings longer than any caller waits: how long a call may ring is decided above. s */
const ringLimit = 600

/** Answers that say this registrar cannot help now, while another may (RFC 3263, 4.3). */
function isServerFailure(error: unknown): boolean {
  if (!(error instanceof SignalingError)) return false
  return error.kind === 'unreachable' || error.kind === 'timeout' || (error.details.status ?? 0) >= 500
}

/** How often a registrar that cannot help now is asked again at sign-in, and the pauses where it names none, in ms. */
const firstPauses = [1000, 2000, 4000] as const
/** A longer wait at sign-in is the page's to decide, in ms. */
const longestFirstPause = 60_000

/** Pause before a renewal is tried again where the registrar names none, in ms: doubled each time. */
const renewalPause = 2000

/** Whether the registrar itself said that it cannot help for now (RFC 3261, 21.5). */
function isOutage(error: unknown): error is SignalingError {
  if (!(error instanceof SignalingError)) return false
  const { status = 0, resource } = error.details
  return resource === 'REGISTER' && status >= 500 && status < 600
}

/** The end of a session by the network, with the words it refused it with. */
function expired(cause: unknown): SignalingError {
  const details = cause instanceof SignalingError ? cause.details : {}
  return new SignalingError('expired', cause instanceof Error ? cause.message : String(cause), { ...details, cause })
}

/** One user signed in over SIP: connection, registration, legs. */
export class SipSession {
  readonly legs = new Set<SipLeg>()
  readonly #identity: Identity
  readonly #options: SipOptions
  readonly #servers: SipServers
  readonly #events: Emitter<SignalingEvents>
  readonly #challenge: SipChallenge
  readonly #socket: SipSocket
  readonly #ua: UA
  readonly #registration: SipRegistration
  readonly #legOptions: LegOptions
  readonly #life = new AbortController()
  readonly #resuming = new TaskQueue()
  readonly #outbox = new Outbox()
  readonly #invitations: KeptInvitations
  /** Calls that the network has not taken yet, by Call-ID, and what to do when it has. */
  readonly #placing = new Map<string, () => void>()
  readonly #aor: string
  #e911Id: string | undefined
  #ready = false
  /** How many renewals failed in a row. */
  #failedRenewals = 0

  constructor(identity: Identity, options: SipOptions, servers: SipServers, events: Emitter<SignalingEvents>) {
    this.#identity = identity
    this.#options = options
    this.#servers = servers
    this.#events = events
    this.#e911Id = identity.e911Id
    const userId = (identity.userId ?? '').replace(/^sips?:/i, '')
    this.#aor = userId.includes('@') ? userId : `${userId}@${servers.host}`
    this.#challenge = new SipChallenge((text) => Utils.calculateMD5(text), options.realms)
    this.#challenge.credentials = { password: identity.password, token: identity.token }
    this.#challenge.username = options.authorizationUser ?? this.#aor.slice(0, this.#aor.lastIndexOf('@'))
    this.#socket = new SipSocket(servers.order()[0] ?? '', this.#challenge, {
      // The library wants one before it answers, and forgets it once it has. Its answer is replaced before it leaves.
      onChallenge: () => this.#ua.set('password', 'none'),
      onResponse: (message) => this.#responded(message),
      onLost: (reason) => this.#lost(reason),
      user: () => this.#aor,
      self: () => selfOf(this.#ua),
      onUnconfirmed: (callId) => this.#legOf(callId)?.unconfirmed(),
    })
    this.#ua = this.#userAgent()
    const onGivenUp = (callId: string) => this.#socket.strays.canceled(callId)
    this.#invitations = new KeptInvitations(this.#ua, { onGivenUp })
    this.#registration = new SipRegistration(this.#ua, {
      onExpiring: () => void this.refresh(this.#life.signal).catch((error: unknown) => this.#refused(error)),
      onFailed: (error) => this.#refused(error),
      onRegistered: (flowTimer) => this.#socket.keepAlive(this.#rhythm(flowTimer)),
    })
    this.#legOptions = {
      outbox: this.#outbox,
      sessionExpires: options.sessionExpires ?? 1800,
      allowTransfers: options.allowTransfers ?? 'ask',
      trustAssertedIdentity: options.trustAssertedIdentity ?? true,
      changeTimeout: options.changeTimeout ?? defaultChangeTimeout,
      ownUri: `sip:${this.#aor}`,
      routes: () => this.#registration.routes,
      onCancel: onGivenUp,
    }
  }

  get info(): SessionInfo {
    return { id: this.#instanceId, userId: this.#aor }
  }

  /** Connects to the first server that takes us. */
  async connect(signal: AbortSignal): Promise<void> {
    this.#life.signal.throwIfAborted()
    this.#ua.start()
    await this.#reachFirst(AbortSignal.any([signal, this.#life.signal]))
    this.#ready = true
    addEventListener('pagehide', (event) => this.#pageHidden(event), { signal: this.#life.signal })
  }

  /** As `#reach`; a registrar that cannot help now is asked again. */
  async #reachFirst(signal: AbortSignal): Promise<void> {
    for (const usual of firstPauses) {
      try {
        await this.#reach(signal)
        return
      } catch (error) {
        if (!isOutage(error)) throw error
        const wait = Math.max(this.#registration.notBefore - Date.now(), usual)
        if (wait > longestFirstPause) throw error
        log.info(`the registrar cannot help now: ${error.message}`)
        await pause(wait, signal)
      }
    }
    await this.#reach(signal)
  }

  /**
   * Takes the session up again after its connection was lost, on the same or another server.
   *
   * @throws {SignalingError} `expired`, when the registrar does not take this user any more.
   */
  resume(signal: AbortSignal): Promise<void> {
    return this.#resuming.run(async () => {
      const life = AbortSignal.any([signal, this.#life.signal])
      life.throwIfAborted()
      if (!this.#ready) await this.#takeUp(life)
    })
  }

  async #takeUp(signal: AbortSignal): Promise<void> {
    await pause(Math.max(0, this.#registration.notBefore - Date.now()), signal)
    await this.#renewCredentials()
    try {
      await this.#reach(signal)
    } catch (error) {
      // An outage is no end (RFC 3261, 21.5.4).
      const isEnd = error instanceof SignalingError && error.kind === 'refused' && !isOutage(error)
      throw isEnd ? expired(error) : error
    }
    this.#ready = true
    this.#events.emit('link', { state: 'ok' })
    this.#outbox.back()
    this.#invitations.back()
    // The way to us is another one now: tell it in every call, or the far side's requests would go astray.
    for (const leg of this.legs) leg.probe()
  }

  async refresh(signal: AbortSignal): Promise<void> {
    await this.#renewCredentials()
    await this.#registration.register(signal)
    this.#failedRenewals = 0
    await this.#prepareFarewell()
  }

  async place(to: string, media: LegMedia, signal: AbortSignal, options: PlaceOptions): Promise<SipLeg> {
    const { headers = {}, onOffer, focus, within } = options
    signal.throwIfAborted()
    const token = typeof focus === 'string' && within instanceof SipLeg ? await within.announceHandOver() : null
    signal.throwIfAborted()
    if (!this.#socket.isConnected())
      throw new SignalingError('unreachable', 'There is no connection to the server', { resource: 'INVITE' })
    const own = headerFields({ ...this.#options.headers, ...headers })
    const extraHeaders = [...this.#registration.routes, ...own, ...focusFields(focus, token), ...this.#geolocation()]
    const call = { ...sessionOptions(media.settings, this.#legOptions), extraHeaders }
    let target = to
    const dial = ({ to: [next = target] = [], expires }: Redial) => {
      target = next
      const longer = expires !== undefined && {
        sessionTimersExpires: expires,
        extraHeaders: [...extraHeaders, `Min-SE: ${String(expires)}`],
      }
      const session = this.#ua.call(target, { ...call, ...longer })
      if (focus) declareFocus(session)
      return session
    }
    return new Promise<SipLeg>((resolve, reject) => {
      const taken = new AbortController()
      const session = dial({})
      const expect = (callId: string) => {
        this.#placing.set(callId, () => {
          taken.abort()
          resolve(leg)
        })
        taken.signal.addEventListener('abort', () => this.#placing.delete(callId), { once: true })
      }
      const redial = (change: Redial) => {
        const next = dial(change)
        if (!taken.signal.aborted) expect(callIdOf(next))
        return next
      }
      const leg: SipLeg = new SipLeg(session, this.#legOptions, {
        direction: 'outgoing',
        remote: partyOf(session.remote_identity),
        mediaType: media.mediaType,
        redial,
        onEnded: ({ error }) => {
          this.legs.delete(leg)
          taken.abort()
          // Nobody failed where somebody is busy: the leg tells so, whether or not an answer came before.
          if (error) reject(error)
          else resolve(leg)
        },
      })
      this.legs.add(leg)
      leg.dialog.start(media)
      leg.dialog.events.on('sent', () => onOffer?.(), { signal: taken.signal })
      const abort = () => {
        reject(signal.reason as Error)
        void leg.cancel('canceled')
      }
      signal.addEventListener('abort', abort, { once: true, signal: taken.signal })
      expect(callIdOf(session))
    })
  }

  /** Goes on with a call of another page of this user. The far side is asked at once, before it asks for the call. */
  takeUp({ readLegRecord, restoreSession }: typeof TakeUp, kept: unknown, media: LegMedia): SipLeg {
    const record = readLegRecord(kept)
    const { incoming } = record.dialog
    const session = restoreSession(this.#ua, record.dialog, sessionOptions(media.settings, this.#legOptions))
    const leg = new SipLeg(session, this.#legOptions, {
      direction: incoming ? 'incoming' : 'outgoing',
      remote: record.party,
      mediaType: record.mediaType,
      onEnded: () => this.legs.delete(leg),
    })
    this.legs.add(leg)
    void leg.takeUp(media, record).catch((error: unknown) => {
      log.debug('a call of another page was not taken up', error)
      leg.close()
    })
    return leg
  }

  async associateE911Id(e911Id: string, signal: AbortSignal): Promise<void> {
    this.#e911Id = e911Id
    await this.refresh(signal)
  }

  /** Ends the calls, the registration and the connection. */
  async close(): Promise<void> {
    for (const leg of this.legs) leg.close()
    await this.#registration.unregister()
    this.#shut()
  }

  #shut(): void {
    this.#life.abort(new SignalingError('expired', 'Signed out'))
    this.#ready = false
    this.#outbox.close()
    this.#invitations.close()
    stop(this.#ua)
    this.#socket.close()
    this.#ua.removeAllListeners()
  }

  /** How often the flow is kept open, in ms: as the registrar wants it, and as often as a network forgets. */
  #rhythm(flowTimer: number | null): number {
    const own = this.#options.keepAliveInterval ?? defaultKeepAliveInterval
    const wanted = Math.min(own || Infinity, flowTimer ?? Infinity)
    // Clients that came together do not call together.
    return wanted === Infinity ? 0 : wanted * (0.8 + Math.random() * 0.2)
  }

  get #instanceId(): string {
    return configurationOf(this.#ua).instance_id
  }

  #userAgent(): UA {
    const { registerExpires = 600 } = this.#options
    const { displayName, sessionId } = this.#identity
    const instanceId = this.#options.instanceId ?? sessionId
    try {
      const ua = new UA({
        sockets: this.#socket as unknown as Socket,
        uri: `sip:${this.#aor}`,
        register: false,
        register_expires: registerExpires,
        no_answer_timeout: ringLimit,
        user_agent: 'att-phone',
        ...(displayName && { display_name: displayName }),
        ...(instanceId && { instance_id: instanceId }),
      })
      declineLooseReferrals(ua)
      refuseMerged(ua)
      ua.on('newRTCSession', (event: IncomingRTCSessionEvent | OutgoingRTCSessionEvent) => {
        if (isIncoming(event.session)) this.#incoming(event as IncomingRTCSessionEvent)
      })
      this.#socket.viaHost = configurationOf(ua).via_host
      return ua
    } catch (cause) {
      throw new SignalingError('refused', `${this.#aor} is no SIP address: give a user id such as alice@example.com`, {
        cause,
      })
    }
  }

  /** One attempt with every server. A refusal by one counts for all; a server that cannot help does not. */
  async #reach(signal: AbortSignal): Promise<void> {
    let failure: unknown
    for (const url of this.#servers.order()) {
      try {
        await this.#socket.open(url, this.#options.openTimeout ?? defaultOpenTimeout, signal)
        await this.#registration.register(signal)
        await this.#prepareFarewell()
        return
      } catch (error) {
        this.#socket.disconnect()
        signal.throwIfAborted()
        if (!isServerFailure(error)) throw error
        this.#servers.failed(url)
        failure = error
      }
    }
    throw failure
  }

  async #renewCredentials(): Promise<void> {
    const fresh = await this.#options.credentials?.()
    if (!fresh) return
    this.#challenge.credentials = fresh
    await this.#prepareFarewell()
  }

  /** What the end of the registration will need, while there is time to compute it. */
  async #prepareFarewell(): Promise<void> {
    const registrar = `sip:${this.#aor.slice(this.#aor.lastIndexOf('@') + 1)}`
    const authorization = await this.#challenge.prepare(registrar)
    this.#ua.registrator().setExtraHeaders([...authorization, ...this.#geolocation()])
  }

  /** The operator maps the id of a registered address to a location (RFC 6442, 4). */
  #geolocation(): string[] {
    const id = this.#e911Id
    if (!id) return []
    const uri = /^[a-z][a-z\d+.-]*:[^\s<>]+$/i.test(id) ? id : `urn:e911:${encodeURIComponent(id)}`
    return [`Geolocation: <${uri}>`, 'Geolocation-Routing: yes']
  }

  #incoming({ session, request }: IncomingRTCSessionEvent): void {
    // Its leg knows it already: it takes the place of a dialog of ours.
    if (request.hasHeader('Replaces')) return
    if (request.body && !isTakeable(request.body)) {
      session.terminate({ status_code: 488 })
      return
    }
    const remote = callerOf(request, this.#legOptions)
    const caller = partyOf(request.from).address
    if (
      [...this.legs].some(
        (leg) => leg.moving && (leg.remote.address === caller || leg.remote.address === remote.address),
      )
    ) {
      session.terminate({ status_code: 486 })
      return
    }
    const conference = conferenceOf(request)
    // Anybody can write an address. Who hands over has told so before, in the call that is up with them.
    const token = tokenOf(request)
    const former = [...this.legs].find((leg) => leg.handsOver(token))
    // What is handed over comes by transfer.
    if (typeof conference === 'string' && (!former || !this.#legOptions.allowTransfers)) {
      session.terminate({ status_code: 403, reason_phrase: 'No conference is handed over here' })
      return
    }
    const party = typeof conference === 'string' && former ? former.remote : remote
    const headers = headersOf(undisguised(request.toString()))
    const leg = new SipLeg(session, this.#legOptions, {
      direction: 'incoming',
      remote: party,
      mediaType: request.body ? mediaTypeOf(request.body) : 'audio',
      headers,
      details: incomingDetails(request, party, this.#aor, headers),
      conference,
      onEnded: () => this.legs.delete(leg),
    })
    this.legs.add(leg)
    this.#events.emit('incoming', leg)
  }

  #responded(message: SipMessage): void {
    this.#registration.responded(message)
    // A redirection is followed: its outcome is told by the leg.
    const callId = header(message, 'call-id')
    if (message.method === 'INVITE' && message.status < 400) this.#placing.get(callId)?.()
    const minimum = minSessionOf(message)
    if (minimum !== null && message.method === 'UPDATE') this.#legOf(callId)?.dialog.lengthen(minimum)
    const isAnswer = message.status > 100 && message.status < 300
    if (isAnswer && (message.method === 'INVITE' || message.method === 'UPDATE'))
      this.#legOf(callId)?.dialog.answered(message)
    const sequence = rseqOf(message)
    const session = this.#legOf(callId)?.dialog.session
    if (session && isAnswer && header(message, 'session-expires')) agreeOnTimer(session)
    if (sequence !== null && session) confirmProgress(session, message, sequence)
  }

  #legOf(callId: string): SipLeg | undefined {
    return [...this.legs].find((leg) => callIdOf(leg.dialog.session) === callId)
  }

  #lost(reason: string): void {
    this.#registration.lost(reason)
    if (!this.#ready) return
    this.#ready = false
    const error = new SignalingError('unreachable', reason, { resource: this.#socket.url })
    this.#events.emit('link', { state: 'lost', error })
  }

  /** A renewal failed that nobody was waiting for. */
  #refused(error: unknown): void {
    if (this.#life.signal.aborted || !this.#ready) return
    if (isOutage(error) && !this.#servers.several) {
      void this.#renewLater(error)
      return
    }
    if (isServerFailure(error)) return this.#socket.drop((error as Error).message)
    this.#ready = false
    for (const leg of this.legs) leg.close()
    this.#shut()
    this.#events.emit('expired', expired(error))
  }

  /**
   * Asks again as soon as the registrar allows it. Until its time is over it has our address, and calls do not hang on
   * it (RFC 5626, 4.5); after that the session is lost, and is taken up anew.
   */
  async #renewLater(error: SignalingError): Promise<void> {
    const { validUntil, notBefore } = this.#registration
    const usual = renewalPause * 2 ** Math.min(this.#failedRenewals++, 5)
    const wait = notBefore > Date.now() ? notBefore - Date.now() : usual
    const left = validUntil - Date.now()
    log.warn(`the registration could not be renewed: ${error.message}`)
    try {
      await pause(Math.max(0, Math.min(wait, left)), this.#life.signal)
      if (!this.#ready) return
      if (wait >= left) this.#socket.drop(error.message)
      else await this.refresh(this.#life.signal)
    } catch (cause) {
      this.#refused(cause)
    }
  }

  /** The page goes away, and there is time for what can be sent at once. Should it come back, its link was lost. */
  #pageHidden({ persisted }: PageTransitionEvent): void {
    for (const leg of this.legs) leg.leave()
    this.#ua.unregister()
    if (persisted) this.#socket.drop('the page was put away')
    else this.#socket.disconnect()
  }
}
