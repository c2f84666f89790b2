import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import type { Leg } from './leg.ts'
import { details, reasons, type ExchangeReply } from './protocol.ts'
import { modificationInProgress, refuse } from './refusals.ts'

/** One of the two calls: the leg of who transfers, and the leg of the party that stays. */
type Pair = readonly [transferrer: Leg, party: Leg]

/**
 * The far sides of two calls of one session on their way to each other. One is asked for an offer of a new connection,
 * the other for the answer; both present connections go on until then, and stay if it fails.
 */
export class Transfer implements CallStage {
  readonly #pairs: readonly [Pair, Pair]
  readonly #settings: CallSettings
  readonly #stopTimer: () => void
  #offered = false

  constructor(one: Pair, other: Pair, settings: CallSettings) {
    this.#pairs = [one, other]
    this.#settings = settings
    for (const leg of [...one, ...other]) leg.stage = this
    this.#stopTimer = settings.schedule(settings.limits.handover, () =>
      this.#fail('The parties did not answer in time'),
    )
    const [[asking], [, offering]] = [one, other]
    asking.tell('transfer-initiated', { transferToCallId: other[0].id })
    one[1].tell('session-modified', { from: offering.session.user })
  }

  rejoin(leg: Leg, sdp: string): ExchangeReply {
    const [[asking, offering], [target, answering]] = this.#pairs
    if (leg === offering && !this.#offered) {
      this.#offered = true
      answering.tell('session-modified', { sdp, from: offering.session.user })
      return {}
    }
    if (leg !== answering || !this.#offered) refuse('rejoin')
    this.#stopTimer()
    offering.remote = answering.session.user
    answering.remote = offering.session.user
    new Bridge(offering, answering, this.#settings)
    offering.tell('session-modified', { sdp })
    asking.tell('transfer-terminated', { reason: reasons.success })
    for (const done of [asking, target]) done.end(undefined, details.transferred)
    return { state: 'session-open' }
  }

  modify(): ExchangeReply {
    throw modificationInProgress()
  }

  candidates(leg: Leg, sdpfrag: string): ExchangeReply {
    const [[, offering], [, answering]] = this.#pairs
    if (leg === offering) answering.tellCandidates(sdpfrag)
    else if (leg === answering) offering.tellCandidates(sdpfrag)
    return {}
  }

  end(leg: Leg): ExchangeReply {
    this.#leave(leg)
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    this.#leave(leg, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#stopTimer()
    for (const leg of this.#pairs.flat()) leg.end(reason, detail)
  }

  /** One leg went: its call ends, the other call is as it was. */
  #leave(leg: Leg, reason?: string, detail?: string): void {
    this.#fail('One of the parties left')
    leg.stage?.leave(leg, reason ?? '', detail ?? '')
  }

  #fail(reason: string): void {
    this.#stopTimer()
    for (const [transferrer, party] of this.#pairs) {
      new Bridge(transferrer, party, this.#settings)
      party.tell('session-modified', { reason })
    }
    this.#pairs[0][0].tell('transfer-terminated', { reason })
  }
}
