import { SignalingError } from './signaling.ts'

/** Pauses before a thing is said again while nobody tells that the network is back, in ms; the last one goes on. */
const pauses = [1000, 2000, 4000, 8000] as const

/** How long a thing is worth saying, in ms: the other side has missed this one by then. */
const patience = 300_000

/** Whether nobody heard it, as opposed to an answer that refuses it. */
export function isUnheard(error: unknown): boolean {
  if (!(error instanceof SignalingError)) return false
  return error.kind === 'unreachable' || (error.kind === 'timeout' && error.details.status === undefined)
}

export interface DeliverOptions {
  /** Told once, when the first attempt was not heard. */
  readonly onUnheard?: () => void
}

/** What is said to a network that is away: it is said again when the network is back, and until it is heard. */
export class Outbox {
  #back = new AbortController()
  readonly #closed = new AbortController()

  /**
   * Settles as the first attempt that was heard. Each attempt gets a signal that aborts when the network is back: what
   * waits for an answer by the way of before waits for none.
   */
  async deliver<T>(attempt: (back: AbortSignal) => Promise<T>, { onUnheard }: DeliverOptions = {}): Promise<T> {
    const since = Date.now()
    for (let count = 0; ; count++) {
      const { signal: back } = this.#back
      try {
        return await attempt(back)
      } catch (error) {
        if (this.#closed.signal.aborted || !isUnheard(error) || Date.now() - since > patience) throw error
      }
      if (count === 0) onUnheard?.()
      await this.#pause(pauses[Math.min(count, pauses.length - 1)] ?? 0, back)
      this.#closed.signal.throwIfAborted()
    }
  }

  /** The network is there again. */
  back(): void {
    const former = this.#back
    this.#back = new AbortController()
    former.abort(new SignalingError('unreachable', 'The network is reached by another way now'))
  }

  /** Nothing is said any more. */
  close(): void {
    this.#closed.abort(new SignalingError('expired', 'Signed out'))
    this.back()
  }

  #pause(duration: number, back: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (back.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        resolve()
      }
      const timer = setTimeout(() => {
        back.removeEventListener('abort', done)
        resolve()
      }, duration)
      back.addEventListener('abort', done, { once: true })
    })
  }
}
