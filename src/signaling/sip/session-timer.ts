import { logger } from '../../base/log.ts'

const log = logger('att-phone.sip')

/** Pause before a sign of life that was not taken is sent again, in ms. */
const againAfter = 5000

/** How long before its end a session is looked after that the far side has not refreshed, in s (RFC 4028, 10). */
const lookBefore = 32

/**
 * The timer of a session (RFC 4028), in place of JsSIP's: that one is silent for good once its moment falls into a
 * re-INVITE or a sign of life is refused, and ends a call by itself that the far side did not refresh in time. A call
 * ends by what its far side says. So here a sign of life is sent until it is taken, by either side.
 */
export class SessionTimer {
  readonly #refresh: () => Promise<void>
  readonly #life: AbortSignal
  #timer: ReturnType<typeof setTimeout> | undefined
  /** Counts what was agreed on: a sign of life that is taken agrees anew. */
  #agreement = 0

  /** `refresh` resolves when the far side took a sign of life, and rejects when it did not. */
  constructor(refresh: () => Promise<void>, life: AbortSignal) {
    this.#refresh = refresh
    this.#life = life
    life.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
  }

  /** Both sides agreed on a session of `expires` s. `refresher`: it is this side that refreshes it. */
  agreed(expires: number, refresher: boolean): void {
    this.#agreement++
    this.#schedule(refresher ? expires * 500 : (expires - Math.min(lookBefore, expires / 3)) * 1000)
  }

  #schedule(wait: number): void {
    clearTimeout(this.#timer)
    if (!this.#life.aborted) this.#timer = setTimeout(() => void this.#run(), wait)
  }

  async #run(): Promise<void> {
    const agreement = this.#agreement
    try {
      await this.#refresh()
    } catch (error) {
      if (!this.#life.aborted) log.warn('a sign of life was not taken', error)
    }
    if (agreement === this.#agreement) this.#schedule(againAfter)
  }
}
