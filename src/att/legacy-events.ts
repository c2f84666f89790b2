import { Emitter } from '../base/emitter.ts'
import { microtask } from '../base/microtask.ts'

/** One thing that a page learns: what methods that ask say from now on, and the event that tells of it. */
interface Told {
  readonly before: () => void
  readonly name?: string
  readonly payload?: unknown
}

/**
 * Tells events one by one, and always after the method that set them off has returned, as the original did. A page asks
 * for the calls there are inside its handlers: the answer is as old as the event.
 */
export class LegacyEvents {
  readonly #emitter = new Emitter<Record<string, unknown>>()
  readonly #queue: Told[] = []
  #telling = false

  on(name: string, handler: (payload: never) => void, options?: { readonly signal?: AbortSignal }): void {
    this.#emitter.on(name, handler as (payload: unknown) => void, options)
  }

  off(name: string, handler?: (payload: never) => void): void {
    this.#emitter.off(name, handler as ((payload: unknown) => void) | undefined)
  }

  /** Tells an event in its turn; `before` is done right before. */
  tell(name: string, payload?: unknown, before: () => void = () => {}): void {
    this.#add({ before, name, payload })
  }

  /** Does something in its turn. */
  set(before: () => void): void {
    this.#add({ before })
  }

  clear(): void {
    this.#queue.length = 0
    this.#emitter.clear()
  }

  #add(told: Told): void {
    this.#queue.push(told)
    if (this.#telling) return
    this.#telling = true
    microtask(() => this.#drain())
  }

  #drain(): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      next.before()
      if (next.name !== undefined) this.#emitter.emit(next.name, next.payload)
    }
    this.#telling = false
  }
}
