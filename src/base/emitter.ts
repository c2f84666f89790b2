import { type ListenOptions, ListenerSet } from './listener-set.ts'

export type { ListenOptions }

/**
 * A typed event emitter: `Events` maps each name to its payload.
 *
 * Listeners are called in the order they were added, synchronously; one that throws does not keep the next from
 * hearing, and one that is removed meanwhile hears no more. Adding the same listener twice for one name keeps the
 * first.
 */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, ListenerSet<[never]>>()

  /** Calls `listener` with every later `name`; `signal` or `off` ends it. */
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void, options?: ListenOptions): void {
    let listeners = this.#listeners.get(name)
    if (!listeners) this.#listeners.set(name, (listeners = new ListenerSet()))
    listeners.add(listener, options)
  }

  /** Ends what `on` began; without `listener`, for every listener of `name`. */
  off<Name extends keyof Events>(name: Name, listener?: (payload: Events[Name]) => void): void {
    const listeners = this.#listeners.get(name)
    if (listener) listeners?.delete(listener)
    else listeners?.clear()
  }

  /** Tells every listener of `name`, in order. */
  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    // The set of a name holds listeners of its payload alone: `on` lets in no other.
    this.#listeners.get(name)?.call(payload as never)
  }

  /** Forgets every listener. */
  clear(): void {
    for (const listeners of this.#listeners.values()) listeners.clear()
  }
}
