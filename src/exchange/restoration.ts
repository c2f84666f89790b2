import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import type { Leg } from './leg.ts'
import { details, type ExchangeReply } from './protocol.ts'

/** One end of an established call whose exchange was lost, waiting for its other end to come back. */
export class Restoration implements CallStage {
  readonly #leg: Leg
  readonly #stopTimer: () => void
  readonly #onOver: () => void

  /** `onOver` is called once, when the leg waits no longer: it met its other end, ended, or gave up. */
  constructor(leg: Leg, { schedule, limits }: CallSettings, onOver: () => void) {
    this.#leg = leg
    this.#onOver = onOver
    leg.stage = this
    this.#stopTimer = schedule(limits.restoration, () =>
      this.dissolve('The other side did not come back', details.sessionEnded),
    )
  }

  /** The other end is `session`'s leg of the same call. */
  isFor(session: { readonly user: string }, peer: string): boolean {
    return this.#leg.remote === session.user && this.#leg.session.user === peer && this.#leg.session !== session
  }

  /** Hands the leg over to the stage that takes its place. */
  take(): Leg {
    this.#over()
    return this.#leg
  }

  end(leg: Leg): ExchangeReply {
    leg.close()
    this.#over()
    return { state: 'session-terminated' }
  }

  leave(leg: Leg): void {
    leg.close()
    this.#over()
  }

  dissolve(reason: string, detail: string): void {
    this.#over()
    this.#leg.end(reason, detail)
  }

  #over(): void {
    this.#stopTimer()
    this.#onOver()
  }
}
