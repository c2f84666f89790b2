import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import { holdBack } from './held-back-candidates.ts'
import { Leg } from './leg.ts'
import { details, reasons, type EndKind, type ExchangeEvent, type ExchangeReply } from './protocol.ts'
import { refuse } from './refusals.ts'
import type { ExchangeSession } from './exchange-session.ts'

/**
 * A call that rings: one caller, and every device of the callee. The first to answer gets the call. A user who declines
 * on one device declines on all of them; a device that is busy leaves the decision to the others.
 */
export class Invitation implements CallStage {
  readonly #caller: Leg
  readonly #settings: CallSettings
  /** The ringing devices, each with the candidates it found so far: they mean nothing to the caller before an answer. */
  readonly #ringing = new Map<Leg, string[]>()
  readonly #stopTimer: () => void
  #alerted = false
  #anyBusy = false

  /** Rings `devices`, of which there MUST be one, with the caller's offer; `type` is what they are told of. */
  constructor(
    caller: Leg,
    devices: readonly ExchangeSession[],
    { type, ...offer }: Pick<ExchangeEvent, 'type' | 'focus'> & { readonly sdp: string },
    settings: CallSettings,
  ) {
    this.#caller = caller
    this.#settings = settings
    caller.stage = this
    caller.describe(offer.sdp)
    for (const device of devices) {
      const leg = new Leg(caller.id, device, caller.session.user, type)
      leg.face(caller.session)
      leg.stage = this
      this.#ringing.set(leg, [])
      leg.tell('invitation-received', offer)
    }
    const { ringing, guestRinging } = settings.limits
    this.#stopTimer = settings.schedule(caller.session.guest ? Math.min(guestRinging, ringing) : ringing, () =>
      this.dissolve(reasons.canceled, details.noAnswer),
    )
  }

  ring(leg: Leg): ExchangeReply {
    if (!this.#ringing.has(leg)) refuse('ring')
    if (!this.#alerted && this.#caller.session.extensions) this.#caller.tell('ringing')
    this.#alerted = true
    return {}
  }

  answer(leg: Leg, sdp: string): ExchangeReply {
    const found = this.#ringing.get(leg)
    if (!found) refuse('answer')
    this.#ringing.delete(leg)
    leg.describe(sdp)
    this.#stop(reasons.canceled, details.answeredElsewhere)
    this.#caller.face(leg.session)
    const bridge = new Bridge(this.#caller, leg, this.#settings)
    this.#caller.tell('session-open', { sdp })
    leg.tell('session-open')
    for (const sdpfrag of found) bridge.candidates(leg, sdpfrag)
    return { state: 'session-open' }
  }

  candidates(leg: Leg, sdpfrag: string): ExchangeReply {
    const found = this.#ringing.get(leg)
    if (found) holdBack(found, sdpfrag)
    else for (const callee of this.#ringing.keys()) callee.tellCandidates(sdpfrag)
    return {}
  }

  end(leg: Leg, how: EndKind, detail: string | undefined): ExchangeReply {
    if (leg === this.#caller) {
      if (how === 'reject') refuse('reject')
      leg.leave(reasons.canceled)
      this.#stop(reasons.canceled, detail)
    } else {
      if (how === 'cancel') refuse('cancel')
      this.#decline(leg, detail)
    }
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    leg.close()
    if (leg === this.#caller) return this.#stop(reasons.canceled, detail)
    this.#ringing.delete(leg)
    if (this.#ringing.size > 0) return
    this.#stop()
    if (this.#anyBusy) this.#caller.end(reasons.rejected, details.busy)
    else this.#caller.end(reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#stop(reason, detail)
    this.#caller.end(reason, detail)
  }

  #decline(leg: Leg, detail: string | undefined): void {
    leg.leave(reasons.rejected)
    this.#ringing.delete(leg)
    if (detail === details.busy && this.#ringing.size > 0) {
      this.#anyBusy = true
      return
    }
    this.#stop(reasons.canceled)
    this.#caller.end(reasons.rejected, detail)
  }

  /** Nothing rings any more. */
  #stop(reason?: string, detail?: string): void {
    this.#stopTimer()
    for (const callee of this.#ringing.keys()) callee.end(reason, detail)
    this.#ringing.clear()
  }
}
