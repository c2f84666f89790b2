import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import { FarSideOffer } from './far-side-offer.ts'
import type { Leg } from './leg.ts'
import { details, reasons, type ExchangeEvent, type ExchangeReply } from './protocol.ts'
import { modificationInProgress, refuse } from './refusals.ts'

/** One of the two calls: the leg of who transfers, and the leg of the party that stays. */
type Pair = readonly [transferrer: Leg, party: Leg]

/**
 * The far sides of two calls of one session on their way to each other. One is asked for an offer of a new connection,
 * the other for the answer; both present connections go on until then, and stay if it fails. A client of the original
 * protocol can only answer, by a modification of the connection it has.
 */
export class Transfer implements CallStage {
  /** Who offers, then who answers. */
  readonly #pairs: readonly [Pair, Pair]
  readonly #asking: Leg
  readonly #settings: CallSettings
  readonly #stopTimer: () => void
  #offered = false
  #offer: FarSideOffer | null = null

  /** One party, at least, MUST have extensions. */
  constructor(one: Pair, other: Pair, settings: CallSettings) {
    this.#pairs = one[1].session.extensions ? [one, other] : [other, one]
    this.#asking = one[0]
    this.#settings = settings
    for (const leg of [...one, ...other]) leg.stage = this
    this.#stopTimer = settings.schedule(settings.limits.handover, () =>
      this.#fail('The parties did not answer in time'),
    )
    one[0].tell('transfer-initiated', { transferToCallId: other[0].id })
    const [[, offering], [, answering]] = this.#pairs
    offering.tell('session-modified', nameOf(answering))
  }

  rejoin(leg: Leg, sdp: string): ExchangeReply {
    const [[, offering], [, answering]] = this.#pairs
    if (leg === offering && !this.#offered) {
      this.#offered = true
      if (answering.session.extensions) answering.tell('session-modified', { sdp, ...nameOf(offering) })
      else {
        offering.describe(sdp, true)
        this.#offer = new FarSideOffer(answering, sdp, this.#settings.newId())
      }
      return {}
    }
    if (leg !== answering || !this.#offered || this.#offer) refuse('rejoin')
    return this.#join(sdp)
  }

  settleModification(leg: Leg, modId: string, accepted: boolean, sdp: string): ExchangeReply {
    if (leg !== this.#pairs[1][1] || !this.#offer) refuse('settle')
    const answer = this.#offer.settle(modId, accepted, sdp)
    if (answer !== null) return this.#join(answer)
    this.#fail('The other party refused')
    return { state: 'session-open' }
  }

  #join(sdp: string): ExchangeReply {
    const [[one, offering], [other, answering]] = this.#pairs
    this.#stopTimer()
    offering.face(answering.session)
    answering.face(offering.session)
    new Bridge(offering, answering, this.#settings, { fits: this.#offer !== null })
    offering.tell('session-modified', { sdp })
    this.#asking.tell('transfer-terminated', { reason: reasons.success })
    for (const done of [one, other]) done.end(undefined, details.transferred)
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
      if (party.session.extensions) party.tell('session-modified', { reason })
    }
    this.#asking.tell('transfer-terminated', { reason })
  }
}

/** Who is at that leg, as an event says it. */
function nameOf({ session: { user, displayName } }: Leg): Pick<ExchangeEvent, 'from' | 'fromName'> {
  return { from: user, ...(displayName !== undefined && { fromName: displayName }) }
}
