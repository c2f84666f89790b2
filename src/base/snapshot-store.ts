import { type ListenOptions, ListenerSet } from './listener-set.ts'
import { microtask } from './microtask.ts'

export type SnapshotListener<T> = (snapshot: T, previous: T) => void

/** Whether `change` says nothing that `snapshot` does not say. */
function agrees<T extends object>(snapshot: T, change: Partial<T>): boolean {
  return Object.entries(change).every(([key, value]) => Object.is(snapshot[key as keyof T], value))
}

/**
 * Holds one frozen snapshot of an owner's state.
 *
 * Reading is immediate; listeners are told once per microtask, with the last snapshot and the one they were told of
 * before, so that several changes made together are one change to them, and a change taken back is none.
 */
export class SnapshotStore<T extends object> {
  #snapshot: Readonly<T>
  #told: Readonly<T>
  #scheduled = false
  readonly #listeners = new ListenerSet<[Readonly<T>, Readonly<T>]>()

  constructor(initial: T) {
    this.#snapshot = this.#told = Object.freeze({ ...initial })
  }

  get snapshot(): Readonly<T> {
    return this.#snapshot
  }

  /** Replaces the named fields. A change that changes nothing tells nobody. */
  update(change: Partial<T>): void {
    if (agrees(this.#snapshot, change)) return
    this.#snapshot = Object.freeze({ ...this.#snapshot, ...change })
    if (this.#scheduled) return
    this.#scheduled = true
    microtask(() => this.#tell())
  }

  /** Calls `listener` after each change, until `signal` aborts. */
  subscribe(listener: SnapshotListener<Readonly<T>>, options?: ListenOptions): void {
    this.#listeners.add(listener, options)
  }

  #tell(): void {
    this.#scheduled = false
    const previous = this.#told
    if (agrees(previous, this.#snapshot)) return
    this.#told = this.#snapshot
    this.#listeners.call(this.#told, previous)
  }
}
