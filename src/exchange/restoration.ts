import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import type { Leg } from './leg.ts'
import { details, type EndKind, type ExchangeReply } from './protocol.ts'

/** One end of an established call whose exchange was lost, waiting for its other end to come back. */
export class Restoration implements CallStage {
  readonly #leg: Leg
  readonly #settings: CallSettings
  readonly #stopTimer: () => void
  readonly #onOver: () => void
  /** How this end left while it waited: the other one hears of it when it comes. */
  #left: { readonly reason?: string | undefined; readonly detail?: string | undefined } | null = null

  /** `onOver` is called once, when nobody is waited for any more. */
  constructor(leg: Leg, settings: CallSettings, onOver: () => void) {
    this.#leg = leg
    this.#settings = settings
    this.#onOver = onOver
    leg.stage = this
    this.#stopTimer = settings.schedule(settings.limits.restoration, () =>
      this.dissolve('The other side did not come back', details.sessionEnded),
    )
  }

  /** The other end is `session`'s leg of the same call. */
  isFor(session: { readonly user: string }, peer: string): boolean {
    return this.#leg.remote === session.user && this.#leg.session.user === peer && this.#leg.session !== session
  }

  /** The other end has come back: the call goes on, or ends there too. */
  meet(other: Leg): void {
    this.#over()
    this.#leg.face(other.session)
    other.face(this.#leg.session)
    if (this.#left) other.end(this.#left.reason, this.#left.detail)
    else new Bridge(this.#leg, other, this.#settings)
  }

  end(leg: Leg, _how: EndKind, detail: string | undefined): ExchangeReply {
    leg.leave()
    this.#left = { detail }
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    leg.close()
    this.#left = { reason, detail }
  }

  dissolve(reason: string, detail: string): void {
    this.#over()
    if (!this.#left) this.#leg.end(reason, detail)
  }

  #over(): void {
    this.#stopTimer()
    this.#onOver()
  }
}
