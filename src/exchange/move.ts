import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import { pathlessOffer } from './description-fit.ts'
import type { ExchangeSession } from './exchange-session.ts'
import { FarSideOffer } from './far-side-offer.ts'
import { holdBack } from './held-back-candidates.ts'
import { Leg } from './leg.ts'
import { details, reasons, type ExchangeReply } from './protocol.ts'
import { modificationInProgress, refuse } from './refusals.ts'

/**
 * A call on its way to another device of one of its users. The far side is asked for an offer of a new connection, the
 * user's other devices ring with it, and the present connection goes on until one of them answers; if none does it
 * stays.
 *
 * A far side of the original protocol makes no offer: the devices ring with one that leads nowhere, and who answers is
 * asked for the offer, which the far side hears as a modification. All of them have extensions then.
 */
export class Move implements CallStage {
  readonly #leaver: Leg
  readonly #stayer: Leg
  readonly #devices: readonly ExchangeSession[]
  readonly #settings: CallSettings
  /** The ringing devices, each with the candidates it found before it answered. */
  readonly #ringing = new Map<Leg, string[]>()
  readonly #found: string[] = []
  readonly #stopTimer: () => void
  /** The device that took the call from a far side of the original protocol, which has not heard of it yet. */
  #taker: Leg | null = null
  #offer: FarSideOffer | null = null

  constructor(leaver: Leg, stayer: Leg, devices: readonly ExchangeSession[], settings: CallSettings) {
    this.#leaver = leaver
    this.#stayer = stayer
    this.#devices = devices
    this.#settings = settings
    leaver.stage = stayer.stage = this
    this.#stopTimer = settings.schedule(settings.limits.handover, () => this.#fail('Nobody answered in time'))
    if (stayer.session.extensions) stayer.tell('session-modified')
    else this.#ring(pathlessOffer(stayer.description))
  }

  rejoin(leg: Leg, sdp: string): ExchangeReply {
    if (leg === this.#taker && !this.#offer) {
      leg.describe(sdp, true)
      this.#offer = new FarSideOffer(this.#stayer, sdp, this.#settings.newId())
      return {}
    }
    const { extensions } = this.#stayer.session
    if (leg !== this.#stayer || !extensions || this.#ringing.size > 0) refuse('rejoin')
    this.#ring(sdp)
    return {}
  }

  settleModification(leg: Leg, modId: string, accepted: boolean, sdp: string): ExchangeReply {
    const [taker, offer] = [this.#taker, this.#offer]
    if (leg !== this.#stayer || !taker || !offer) refuse('settle')
    const answer = offer.settle(modId, accepted, sdp)
    if (answer === null) this.#fail('The other side refused')
    else this.#hand(taker, answer)
    return { state: 'session-open' }
  }

  ring(leg: Leg): ExchangeReply {
    if (!this.#ringing.has(leg)) refuse('ring')
    return {}
  }

  answer(leg: Leg, sdp: string): ExchangeReply {
    const found = this.#ringing.get(leg) ?? refuse('answer')
    this.#ringing.delete(leg)
    this.#endRinging(reasons.canceled, details.answeredElsewhere)
    leg.describe(sdp)
    if (this.#stayer.session.extensions) {
      leg.tell('session-open')
      this.#hand(leg, sdp)
      for (const sdpfrag of found) this.#stayer.tellCandidates(sdpfrag)
    } else {
      this.#taker = leg
      leg.tell('session-open')
      leg.tell('session-modified')
    }
    return { state: 'session-open' }
  }

  /** The call is up at `taker`: `answer` is for whichever of both made the offer. */
  #hand(taker: Leg, answer: string): void {
    this.#stopTimer()
    this.#taker = null
    new Bridge(this.#stayer, taker, this.#settings, { fits: this.#offer !== null })
    const offering = this.#stayer.session.extensions ? this.#stayer : taker
    offering.tell('session-modified', { sdp: answer })
    this.#leaver.tell('move-terminated', { reason: reasons.success })
    this.#leaver.end(undefined, details.moved)
  }

  #ring(sdp: string): void {
    const { id, session } = this.#stayer
    for (const device of this.#devices) {
      if (device.legs.has(id)) continue
      const ringing = new Leg(id, device, session.user)
      ringing.face(session)
      ringing.stage = this
      this.#ringing.set(ringing, [])
      ringing.tell('invitation-received', { sdp })
      for (const sdpfrag of this.#found) ringing.tellCandidates(sdpfrag)
    }
    if (this.#ringing.size === 0) this.#fail('No other device could be rung')
  }

  modify(): ExchangeReply {
    throw modificationInProgress()
  }

  candidates(leg: Leg, sdpfrag: string): ExchangeReply {
    const found = this.#ringing.get(leg)
    if (found) holdBack(found, sdpfrag)
    if (leg !== this.#stayer) return {}
    if (this.#ringing.size === 0) holdBack(this.#found, sdpfrag)
    for (const ringing of this.#ringing.keys()) ringing.tellCandidates(sdpfrag)
    return {}
  }

  end(leg: Leg): ExchangeReply {
    if (this.#ringing.has(leg) || leg === this.#taker) this.#decline(leg)
    else this.#leave(leg)
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    if (this.#ringing.has(leg) || leg === this.#taker) this.#decline(leg)
    else this.#leave(leg, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#stop(reason, detail)
    this.#leaver.end(reason, detail)
    this.#stayer.end(reason, detail)
  }

  #decline(leg: Leg): void {
    leg.leave(reasons.rejected)
    this.#ringing.delete(leg)
    if (leg === this.#taker) this.#taker = null
    if (this.#ringing.size === 0) this.#fail('No other device took the call')
  }

  #leave(leg: Leg, reason?: string, detail?: string): void {
    this.#stop(reasons.canceled)
    leg.leave()
    const other = leg === this.#leaver ? this.#stayer : this.#leaver
    other.end(reason, detail)
  }

  #fail(reason: string): void {
    this.#stop(reasons.canceled, details.noAnswer)
    new Bridge(this.#leaver, this.#stayer, this.#settings)
    if (this.#stayer.session.extensions) this.#stayer.tell('session-modified', { reason })
    this.#leaver.tell('move-terminated', { reason })
  }

  #stop(reason: string, detail?: string): void {
    this.#stopTimer()
    this.#taker?.end(reason, detail)
    this.#taker = null
    this.#endRinging(reason, detail)
  }

  #endRinging(reason: string, detail?: string): void {
    for (const ringing of this.#ringing.keys()) ringing.end(reason, detail)
    this.#ringing.clear()
  }
}
