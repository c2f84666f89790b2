import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import type { LegEvents } from '../signaling.ts'

/** The events of a leg: kept back, in order, until somebody listens to `ended`, as the contract wants; none after it. */
export class HeldEmitter {
  readonly #emitter = new Emitter<LegEvents>()
  #held: (() => void)[] | null = []

  on<Name extends keyof LegEvents>(
    name: Name,
    listener: (payload: LegEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#emitter.on(name, listener, options)
    if (name === 'ended') queueMicrotask(() => this.#release())
  }

  emit<Name extends keyof LegEvents>(name: Name, payload: LegEvents[Name]): void {
    const tell = () => {
      this.#emitter.emit(name, payload)
      if (name === 'ended') this.#emitter.clear()
    }
    if (this.#held) this.#held.push(tell)
    else tell()
  }

  #release(): void {
    // What a listener brings about comes after what was held.
    for (let tell = this.#held?.shift(); tell; tell = this.#held?.shift()) tell()
    this.#held = null
  }
}
