/**
 * Keeps the screen from going dark while it is wanted. A browser releases the lock of a page that is hidden, so that it
 * is asked for again when the page is seen; one that has no locks, or refuses one, darkens the screen as ever.
 */
export class WakeLock {
  readonly #closed: AbortSignal
  #wanted = false
  #lock: WakeLockSentinel | null = null

  /** Holds nothing any more when `signal` aborts. */
  constructor(signal: AbortSignal) {
    this.#closed = signal
    signal.addEventListener('abort', () => this.set(false), { once: true })
    globalThis.document?.addEventListener('visibilitychange', () => void this.#follow(), { signal })
  }

  set(wanted: boolean): void {
    if (wanted === this.#wanted || (wanted && this.#closed.aborted)) return
    this.#wanted = wanted
    void this.#follow()
  }

  get #held(): boolean {
    return this.#lock?.released === false
  }

  async #follow(): Promise<void> {
    if (!this.#wanted) {
      const lock = this.#lock
      this.#lock = null
      await lock?.release().catch(() => {})
      return
    }
    if (this.#held || document.visibilityState !== 'visible') return
    const lock = await navigator.wakeLock?.request('screen').catch(() => null)
    if (!lock) return
    // It may have been asked for twice, or be needless by now.
    if (!this.#wanted || this.#held) await lock.release().catch(() => {})
    else this.#lock = lock
  }
}
