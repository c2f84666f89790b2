import type { ReactiveControllerHost } from 'lit'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { incomingCall } from '../base/phone-state.ts'

/** The tags of the whole phone that wait for a state that is rarer than being idle. */
const modules = {
  call: () => import('./call-tags.ts'),
  conference: () => import('../define/att-conference-panel.ts'),
} as const

export type LaterTag = keyof typeof modules

/** Loads tags of the whole phone when they are needed, and says which are there. */
export class LaterTags {
  readonly #asked = new Set<LaterTag>()
  readonly #loaded = new Set<LaterTag>()
  readonly #shown = new Set<LaterTag>()
  #snapshot: PhoneSnapshot | null = null

  constructor(private readonly host: ReactiveControllerHost) {}

  /** Whether those tags are there to be shown. */
  has(name: LaterTag): boolean {
    return this.#shown.has(name)
  }

  follow(snapshot: PhoneSnapshot): void {
    this.#snapshot = snapshot
    if (snapshot.calls.length > 0) void this.#load('call')
    // What could not be fetched is tried again with the next call.
    else for (const name of this.#asked) if (!this.#loaded.has(name)) this.#asked.delete(name)
    if (snapshot.conference) void this.#load('conference')
    this.#show()
  }

  async #load(name: LaterTag): Promise<void> {
    if (this.#asked.has(name)) return
    this.#asked.add(name)
    try {
      await modules[name]()
      this.#loaded.add(name)
      this.#show()
    } catch {
      // The phone works without them, as far as it goes.
    }
  }

  /** While a call rings everything stays as it began to ring: nothing moves below a finger. */
  #show(): void {
    if (!this.#snapshot || incomingCall(this.#snapshot)) return
    for (const name of this.#loaded) {
      if (this.#shown.has(name)) continue
      this.#shown.add(name)
      this.host.requestUpdate()
    }
  }
}
