import type { ReactiveControllerHost } from 'lit'
import type { PhoneViews, ViewsHost } from './views/views.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { incomingCall } from '../base/phone-state.ts'

/** The tags of the whole phone that wait for a state that is rarer than being idle, or for a press. */
const modules = {
  call: () => import('./call-tags.ts'),
  conference: () => import('../define/att-conference-panel.ts'),
  sound: () => import('./sound-tags.ts'),
  views: () => import('./views/views.ts'),
} as const

export type LaterTag = keyof typeof modules

/** Loads tags of the whole phone when they are needed, and says which are there. */
export class LaterTags {
  readonly #asked = new Map<LaterTag, Promise<void>>()
  readonly #loaded = new Set<LaterTag>()
  readonly #failed = new Set<LaterTag>()
  readonly #shown = new Set<LaterTag>()
  #snapshot: PhoneSnapshot | null = null
  #views: PhoneViews | null = null

  constructor(private readonly host: ReactiveControllerHost & ViewsHost) {}

  /** Whether those tags are there to be shown. */
  has(name: LaterTag): boolean {
    return this.#shown.has(name)
  }

  /** Whether they could not be fetched when they were asked for last. */
  failed(name: LaterTag): boolean {
    return this.#failed.has(name)
  }

  /** Recents, contacts and settings, and the bar that leads to them. */
  get views(): PhoneViews | null {
    return this.has('views') ? this.#views : null
  }

  follow(snapshot: PhoneSnapshot): void {
    this.#snapshot = snapshot
    if (snapshot.session.state === 'ready' && !this.host.filled) void this.load('views')
    if (snapshot.calls.length > 0) void this.load('call')
    // What could not be fetched is tried again with the next call.
    else for (const name of this.#failed) this.#asked.delete(name)
    if (snapshot.conference) void this.load('conference')
    this.#show()
  }

  /** Asks for them, once; after a failure only where the person wants them `again`. Resolves when they are there, or cannot be. */
  load(name: LaterTag, again = false): Promise<void> {
    if (again && this.#failed.has(name)) this.#asked.delete(name)
    let asked = this.#asked.get(name)
    if (!asked) this.#asked.set(name, (asked = this.#fetch(name)))
    return asked
  }

  async #fetch(name: LaterTag): Promise<void> {
    this.#failed.delete(name)
    try {
      if (name === 'views') this.#views ??= new (await modules.views()).PhoneViews(this.host)
      else await modules[name]()
      this.#loaded.add(name)
      this.#show()
    } catch {
      // The phone works without them, as far as it goes.
      this.#failed.add(name)
      this.host.requestUpdate()
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
