/** How long a participant's path may be interrupted before they count as lost, in ms: a killed page says nothing. */
const limit = 4000

/** Tells when a path has been interrupted for too long. */
export class LossWatch {
  readonly #lost: () => void
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(lost: () => void) {
    this.#lost = lost
  }

  /** Takes how the path is now. */
  take(link: 'ok' | 'recovering'): void {
    if (link === 'ok') this.stop()
    else this.#timer ??= setTimeout(this.#lost, limit)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }
}
