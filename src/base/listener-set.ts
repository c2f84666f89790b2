import type { AbortSignalLike } from './abort-signal.ts'
import { throwLater } from './microtask.ts'

/** Options every subscription of the engine takes: `signal` ends it. */
export interface ListenOptions {
  readonly signal?: AbortSignalLike | undefined
}

/**
 * Listeners in the order they were added, each once. One that throws does not keep the next from hearing: a page's
 * mistake must not end a call.
 */
export class ListenerSet<Args extends readonly unknown[]> {
  /** Each with what lets go of its signal. */
  readonly #listeners = new Map<(...args: Args) => void, () => void>()

  get size(): number {
    return this.#listeners.size
  }

  /** A listener that is there already stays as it was added first, signal and all. */
  add(listener: (...args: Args) => void, { signal }: ListenOptions = {}): void {
    if (signal?.aborted || this.#listeners.has(listener)) return
    const abort = (): void => this.delete(listener)
    this.#listeners.set(listener, () => signal?.removeEventListener('abort', abort))
    signal?.addEventListener('abort', abort, { once: true })
  }

  delete(listener: (...args: Args) => void): void {
    this.#listeners.get(listener)?.()
    this.#listeners.delete(listener)
  }

  clear(): void {
    for (const listener of [...this.#listeners.keys()]) this.delete(listener)
  }

  /** Calls those that were there at the start and still are when it is their turn. */
  call(...args: Args): void {
    for (const [listener, release] of [...this.#listeners]) {
      if (this.#listeners.get(listener) !== release) continue
      try {
        listener(...args)
      } catch (error) {
        throwLater(error)
      }
    }
  }
}
