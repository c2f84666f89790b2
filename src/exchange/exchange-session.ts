import type { Leg } from './leg.ts'
import type { ExchangeEvent } from './protocol.ts'

/** What a device says of itself when it registers. */
export interface Registration {
  /** Canonical URI of the user: `sip:alice@example.com`, `tel:+15551234567`. See `canonicalAddress`. */
  readonly user: string
  /** Whether the device understands `ringing` and `ice-candidates`. */
  readonly extensions: boolean
  /** Hears what happens to the session's calls, in order, never during a request. MUST NOT throw. */
  readonly deliver: (event: ExchangeEvent) => void
  /** Id of the session, where its owner has one already; else the exchange makes one. */
  readonly id?: string
}

/** One registered device. */
export class ExchangeSession {
  readonly user: string
  readonly extensions: boolean
  /** Its calls by id. */
  readonly legs = new Map<string, Leg>()
  readonly #deliver: (event: ExchangeEvent) => void
  #registered = true

  constructor(
    readonly id: string,
    { user, extensions, deliver }: Registration,
  ) {
    this.user = user
    this.extensions = extensions
    this.#deliver = deliver
  }

  /** Tells the device after the request under way has returned, unless it has left by then. */
  tell(event: ExchangeEvent): void {
    void Promise.resolve().then(() => {
      if (this.#registered) this.#deliver(event)
    })
  }

  close(): void {
    this.#registered = false
    this.legs.clear()
  }
}
