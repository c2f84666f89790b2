import type { Call } from './call.ts'
import type { CallSnapshot } from './snapshot.ts'

/** The live calls of a phone, and which of them is in the foreground: the one methods without an argument are about. */
export class CallList {
  readonly #calls: Call[] = []
  readonly #changed: () => void
  #foreground: Call | null = null
  #count = 0

  constructor(changed: () => void) {
    this.#changed = changed
  }

  /** The ordinal of the next call. */
  nextIndex(): number {
    return ++this.#count
  }

  add(call: Call): void {
    this.#calls.push(call)
    this.#changed()
  }

  remove(call: Call): void {
    const at = this.#calls.indexOf(call)
    if (at >= 0) this.#calls.splice(at, 1)
    if (this.#foreground === call) this.#foreground = null
    this.#changed()
  }

  get all(): readonly Call[] {
    return [...this.#calls]
  }

  get foreground(): Call | null {
    return this.#foreground
  }

  /** The call the user is in or makes, as opposed to one that only rings. */
  set foreground(call: Call | null) {
    const before = this.#foreground
    this.#foreground = call
    if (before !== call && before && !before.ended) before.set({ foreground: false })
    call?.set({ foreground: true })
  }

  /** The other call beside the one in the foreground, once it was answered. */
  get background(): Call | null {
    return this.#calls.find((call) => call !== this.#foreground && call.snapshot.connectedAt !== null) ?? null
  }

  /** The incoming call, or the invitation to a conference, that waits for an answer. */
  incoming(type: CallSnapshot['callType']): Call | null {
    return (
      this.#calls.find(
        ({ snapshot: { callType, direction, progress } }) =>
          callType === type && direction === 'incoming' && progress === 'ringing',
      ) ?? null
    )
  }

  /** The outgoing call that is not answered yet. */
  get outgoing(): Call | null {
    return (
      this.#calls.find(
        ({ snapshot: { direction, connectedAt, progress } }) =>
          direction === 'outgoing' && connectedAt === null && progress !== 'ending',
      ) ?? null
    )
  }

  get snapshots(): readonly CallSnapshot[] {
    return Object.freeze(this.#calls.map(({ snapshot }) => snapshot))
  }
}
