import type { UA } from 'jssip'
import { abortable } from '../../base/abortable.ts'
import { SignalingError } from '../signaling.ts'
import { contactUserOf, markRegistered } from './jssip-session.ts'
import { refusal, retryAfterOf } from './sip-reason.ts'
import { header, parameter, type SipMessage } from './sip-message.ts'
import { listOf } from './sip-text.ts'

/** How long the end of a registration waits for the registrar, in ms. */
const unregisterTimeout = 2000

interface RegistrationFailure {
  readonly response?: {
    readonly status_code: number
    readonly reason_phrase: string
    getHeader(name: string): string | undefined
  } | null
  readonly cause?: string
}

export interface RegistrationListeners {
  /** The registration is about to run out: ask for fresh secrets, then call `register`. */
  readonly onExpiring: () => void
  /** A registration nobody was waiting for failed. */
  readonly onFailed: (error: SignalingError) => void
  /** The registrar took us. Where it wants the flow kept open (RFC 5626, 4.4.1) it says how often, in ms. */
  readonly onRegistered: (flowTimer: number | null) => void
}

/** The registration of one user with one registrar. The library renews it; here its outcome is told. */
export class SipRegistration {
  readonly #ua: UA
  readonly #listeners: RegistrationListeners
  /** The way that the registrar wants requests to take from it on (RFC 3608), first hop first. */
  #routes: readonly string[] = []
  #validUntil = 0
  #notBefore = 0
  #settle: { resolve(): void; reject(error: Error): void } | null = null

  constructor(ua: UA, listeners: RegistrationListeners) {
    this.#ua = ua
    this.#listeners = listeners
    ua.on('registrationFailed', (failure) => this.#failed(failure as RegistrationFailure))
    ua.on('registrationExpiring', () => listeners.onExpiring())
  }

  /** Until when the registrar has our address, ms since the epoch: also where it refuses to renew it for now. */
  get validUntil(): number {
    return this.#validUntil
  }

  /** Before when the registrar does not want to be asked again (RFC 3261, 20.33), ms since the epoch. */
  get notBefore(): number {
    return this.#notBefore
  }

  /** Header fields for requests that begin a dialog. */
  get routes(): readonly string[] {
    return this.#routes.map((route) => `Route: ${route}`)
  }

  /**
   * Registers, or renews.
   *
   * @throws {SignalingError} `refused` with the status, `timeout`, or `unreachable`.
   */
  async register(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const registered = new Promise<void>((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
    try {
      this.#ua.register()
      await abortable(registered, signal)
    } finally {
      this.#settle = null
    }
  }

  /** Takes a response that the library has dealt with. */
  responded(message: SipMessage): void {
    if (message.method !== 'REGISTER' || message.status < 200 || message.status > 299) return
    this.#routes = (message.headers.get('service-route') ?? []).flatMap((value) => value.match(/<[^<>]+>[^,]*/g) ?? [])
    const expires = grantedTo(contactUserOf(this.#ua), message)
    if (expires !== null) this.#validUntil = Date.now() + expires * 1000
    this.#notBefore = 0
    const flowTimer = Number(header(message, 'flow-timer'))
    this.#listeners.onRegistered(flowTimer > 0 ? flowTimer * 1000 : null)
    this.#settle?.resolve()
  }

  /** The connection is gone: the caller who waits is told. */
  lost(reason: string): void {
    this.#settle?.reject(new SignalingError('unreachable', reason, { resource: 'REGISTER' }))
  }

  /** Resolves when the registrar confirmed, or after a while. */
  unregister(): Promise<void> {
    const isKnown = this.#ua.isRegistered() || this.#validUntil > Date.now()
    if (!isKnown || !this.#ua.isConnected()) return Promise.resolve()
    this.#validUntil = 0
    // The library forgets it with the first renewal that fails.
    markRegistered(this.#ua)
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, unregisterTimeout)
      this.#ua.on('unregistered', () => {
        clearTimeout(timer)
        resolve()
      })
      this.#ua.unregister()
    })
  }

  #failed({ response, cause = '' }: RegistrationFailure): void {
    const retryAfter = response ? retryAfterOf(response) : undefined
    if (retryAfter !== undefined) this.#notBefore = Date.now() + retryAfter * 1000
    const error = response
      ? refusal(response.status_code, response.reason_phrase, 'REGISTER', retryAfter)
      : cause === 'Request Timeout'
        ? new SignalingError('timeout', 'The registrar did not answer', { resource: 'REGISTER' })
        : new SignalingError('unreachable', cause, { resource: 'REGISTER' })
    if (this.#settle) this.#settle.reject(error)
    else this.#listeners.onFailed(error)
  }
}

/** For how long, in s, the registrar took our address; `null` where it does not say. */
function grantedTo(user: string, answer: SipMessage): number | null {
  const contacts = (answer.headers.get('contact') ?? []).flatMap(listOf)
  const ours = contacts.find((contact) => contact.includes(`:${user}@`)) ?? ''
  const said = parameter(ours.slice(ours.indexOf('>') + 1), 'expires') || header(answer, 'expires')
  return /^\d{1,9}$/.test(said) ? Number(said) : null
}
