import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import type { Leg } from './leg.ts'
import { details, sessionEndedText, type EndKind, type ExchangeReply } from './protocol.ts'
import { modificationInProgress, refuse } from './refusals.ts'

/**
 * A call whose one side has another page, and so another connection: it offers that, and the other side answers by a new
 * connection of its own. What they had is gone: where nobody answers, the call is over.
 */
export class Renewal implements CallStage {
  readonly #settings: CallSettings
  readonly #stopTimer: () => void
  #offering: Leg
  #answering: Leg

  /** Both sides MUST have extensions. */
  constructor(offering: Leg, answering: Leg, settings: CallSettings, sdp: string) {
    this.#settings = settings
    this.#offering = offering
    this.#answering = answering
    offering.stage = answering.stage = this
    this.#stopTimer = settings.schedule(settings.limits.handover, () =>
      this.dissolve(sessionEndedText, details.sessionEnded),
    )
    this.#ask(sdp)
  }

  /** The page that offered is gone again, or the other side has another page, too: the last offer counts. */
  renew(leg: Leg, sdp: string): ExchangeReply {
    if (leg === this.#answering) [this.#offering, this.#answering] = [this.#answering, this.#offering]
    this.#ask(sdp)
    return {}
  }

  expect(leg: Leg): void {
    this.#otherThan(leg).tell('far-side-away')
  }

  rejoin(leg: Leg, sdp: string): ExchangeReply {
    if (leg !== this.#answering) refuse('rejoin')
    this.#stopTimer()
    new Bridge(this.#offering, this.#answering, this.#settings)
    this.#offering.tell('session-modified', { sdp })
    return { state: 'session-open' }
  }

  modify(): ExchangeReply {
    throw modificationInProgress()
  }

  candidates(leg: Leg, sdpfrag: string): ExchangeReply {
    this.#otherThan(leg).tellCandidates(sdpfrag)
    return {}
  }

  end(leg: Leg, _how: EndKind, detail: string | undefined): ExchangeReply {
    this.#leave(leg, undefined, detail)
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    this.#leave(leg, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#stopTimer()
    for (const leg of [this.#offering, this.#answering]) leg.end(reason, detail)
  }

  #ask(sdp: string): void {
    const { user, displayName } = this.#offering.session
    const fromName = displayName !== undefined && { fromName: displayName }
    this.#answering.tell('session-modified', { sdp, from: user, ...fromName, detail: details.renewed })
  }

  #leave(leg: Leg, reason?: string, detail?: string): void {
    this.#stopTimer()
    leg.leave()
    this.#otherThan(leg).end(reason, detail)
  }

  #otherThan(leg: Leg): Leg {
    return leg === this.#offering ? this.#answering : this.#offering
  }
}
