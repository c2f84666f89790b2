import { ignore } from '../../base/ignore.ts'
import { abortable } from '../../base/abortable.ts'
import { logger } from '../../base/log.ts'
import { timeLimit } from '../../base/time-limit.ts'
import { SignalingError } from '../signaling.ts'

const log = logger('gateway')

/** How long a page may take to get a token, in ms. */
const askTimeout = 15_000

/** A token is replaced when this part of what is left of its life is over, or this long (ms) before its end. */
const renewAt = 0.8
const renewBefore = 60_000

/** Pauses after a token could not be had, in ms; the last one goes on. */
const pauses = [1000, 2000, 4000, 8000, 15_000, 30_000] as const

/** `setTimeout` counts in 32 bits. */
const longestTimer = 2 ** 31 - 1

/** Gets another token from the page, and makes it known to the gateway. */
export type TokenSource = (signal: AbortSignal) => Promise<string>

/** The access token of one session, and the next one before the gateway stops taking it. */
export class AccessToken {
  #value: string
  readonly #source: TokenSource | undefined
  #renewal: Promise<string> | null = null
  #refusal: SignalingError | null = null
  #refused: (error: SignalingError) => void = () => {}
  #life: AbortSignal | null = null
  #timer: ReturnType<typeof setTimeout> | undefined
  #failures = 0

  /** Without a `source` there is no other token than `value`. */
  constructor(value: string, source?: TokenSource) {
    this.#value = value
    this.#source = source
  }

  get value(): string {
    return this.#value
  }

  /** Whether a page was told how to get another one, and the gateway did not refuse that. */
  get renewable(): boolean {
    return this.#source !== undefined && this.#refusal === null
  }

  /** Replaces the token before it expires, until `life` aborts. `refused` hears once that the gateway took no fresh one. */
  keepFresh(refused: (error: SignalingError) => void, life: AbortSignal): void {
    this.#refused = refused
    this.#life = life
    life.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
    this.#schedule()
  }

  /**
   * A token other than `stale`. All who ask at the same time share one question to the page.
   *
   * @throws {SignalingError} `unreachable` when the page has none now, `expired` when the gateway refused the fresh one.
   */
  async renew(stale: string): Promise<string> {
    if (this.#refusal) throw this.#refusal
    if (stale !== this.#value) return this.#value
    this.#renewal ??= this.#replace().finally(() => (this.#renewal = null))
    return this.#renewal
  }

  /** The gateway did not take `token`, which was fresh: no request will bring the session back. */
  refuse(token: string, cause: SignalingError): SignalingError {
    // Another one has come meanwhile, and may be good.
    if (token !== this.#value) return cause
    return this.#over(cause)
  }

  async #replace(): Promise<string> {
    const signal = timeLimit(askTimeout, this.#life ?? undefined)
    const former = this.#value
    let fresh: string
    try {
      fresh = await abortable(Promise.resolve(this.#source?.(signal) ?? ''), signal)
      if (!fresh) throw new Error('The page gave no token')
    } catch (cause) {
      if (isRefusal(cause)) throw this.#over(cause)
      this.#failures++
      this.#schedule()
      log.warn('no fresh access token', cause)
      throw new SignalingError('unreachable', 'No fresh access token can be had', { cause })
    }
    this.#failures = 0
    this.#value = fresh
    this.#schedule(fresh === former)
    return fresh
  }

  #over(cause: SignalingError): SignalingError {
    clearTimeout(this.#timer)
    const { status, messageId, resource } = cause.details
    this.#refusal = new SignalingError('expired', cause.message, {
      ...(status !== undefined && { status }),
      ...(messageId && { messageId }),
      ...(resource && { resource }),
      cause,
    })
    this.#refused(this.#refusal)
    return this.#refusal
  }

  /** `unchanged`: the page keeps its token for a while, and gave the same again. */
  #schedule(unchanged = false): void {
    clearTimeout(this.#timer)
    if (!this.#source || !this.#life || this.#life.aborted) return
    const wait = this.#failures > 0 ? pauseAfter(this.#failures) : untilRenewal(this.#value)
    if (wait === null) return
    const least = unchanged ? pauses[0] : 0
    this.#timer = setTimeout(
      () => {
        // The caller who needs a token hears of a failure; the next attempt is scheduled already.
        void ignore(log, this.renew(this.#value), 'the token was not renewed ahead')
      },
      Math.min(Math.max(wait, least), longestTimer),
    )
  }
}

const pauseAfter = (failures: number): number => pauses[Math.min(failures, pauses.length) - 1] ?? pauses[0]

/** What the gateway says to a token that it does not take, as opposed to having no time for it. */
function isRefusal(error: unknown): error is SignalingError {
  return error instanceof SignalingError && error.kind === 'refused' && error.details.status !== 429
}

/** ms until the token is replaced; `null` where it does not tell, or is over by this clock, which may be wrong. */
function untilRenewal(token: string): number | null {
  const expiry = expiryOf(token)
  const left = expiry === null ? 0 : expiry - Date.now()
  return left > 0 ? Math.max(left * renewAt, left - renewBefore) : null
}

/** When a JSON Web Token ends (RFC 7519, 4.1.4), in ms since 1970; `null` for one of another kind. */
function expiryOf(token: string): number | null {
  try {
    const [, payload = ''] = token.split('.')
    const { exp } = JSON.parse(atob(payload.replace(/-/g, '+').replace(/_/g, '/'))) as { readonly exp?: unknown }
    return typeof exp === 'number' && Number.isFinite(exp) ? exp * 1000 : null
  } catch {
    return null
  }
}
