import type { Leg } from './leg.ts'
import type { ExchangeEvent } from './protocol.ts'

/** Calls that ended and are still known as such: a request may cross the end of its call. */
const formerCalls = 32

/** What a device says of itself when it registers. */
export interface Registration {
  /** Canonical URI of the user: `sip:alice@example.com`, `tel:+15551234567`. See `canonicalAddress`. */
  readonly user: string
  /** How the user wants to be called, as one line. Others see it, and nobody vouches for it. */
  readonly displayName?: string | undefined
  /** Whether the device understands `ringing` and `ice-candidates`. */
  readonly extensions: boolean
  /**
   * Its client takes no other far side into a connection that it has. It matters without `extensions` alone: who has
   * them makes another connection.
   */
  readonly fixedFarSide?: boolean
  /**
   * Anybody can be that user, so it gets less: one call at a time, of all places of a callee no more than half together
   * with other guests, and a shorter time to ring.
   */
  readonly guest?: boolean
  /**
   * Whether its page has said that it goes, and is not back. The calls stay until it is, or the session ends; but one whose
   * other side asks it for something ends then. Default: never.
   */
  readonly isAway?: () => boolean
  /** Hears what happens to the session's calls, in order, never during a request. MUST NOT throw. */
  readonly deliver: (event: ExchangeEvent) => void
  /** Id of the session, where its owner has one already; else the exchange makes one. */
  readonly id?: string
}

/** One registered device. */
export class ExchangeSession {
  readonly user: string
  readonly displayName: string | undefined
  readonly extensions: boolean
  readonly guest: boolean
  /** Whether its connections can get another far side. */
  readonly canRejoin: boolean
  /** Whether its page has said that it goes, and is not back. */
  readonly isAway: () => boolean
  /** Its calls by id. */
  readonly legs = new Map<string, Leg>()
  /** Ids of calls that it had, the last ones. */
  readonly #former = new Set<string>()
  readonly #deliver: (event: ExchangeEvent) => void
  #registered = true

  constructor(
    readonly id: string,
    { user, displayName, extensions, fixedFarSide = false, guest = false, isAway = () => false, deliver }: Registration,
  ) {
    this.user = user
    this.displayName = displayName
    this.extensions = extensions
    this.guest = guest
    this.isAway = isAway
    this.canRejoin = extensions || !fixedFarSide
    this.#deliver = deliver
  }

  /** Tells the device after the request under way has returned, unless it has left by then. */
  tell(event: ExchangeEvent): void {
    void Promise.resolve().then(() => {
      if (this.#registered) this.#deliver(event)
    })
  }

  /** Lets go of a leg that ended. */
  forget({ id }: Leg): void {
    if (!this.legs.delete(id)) return
    this.#former.add(id)
    const [oldest = ''] = this.#former
    if (this.#former.size > formerCalls) this.#former.delete(oldest)
  }

  /** Whether it had a call of this id not long ago. */
  had(call: string): boolean {
    return this.#former.has(call)
  }

  close(): void {
    this.#registered = false
    this.legs.clear()
  }
}
