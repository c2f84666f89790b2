import { Bridge } from './bridge.ts'
import type { CallStage } from './call-stage.ts'
import type { CallSettings } from './exchange-environment.ts'
import type { ExchangeSession } from './exchange-session.ts'
import { holdBack } from './held-back-candidates.ts'
import { Leg } from './leg.ts'
import { details, reasons, type ExchangeReply } from './protocol.ts'
import { modificationInProgress, refuse } from './refusals.ts'

/**
 * A call on its way to another device of one of its users. The far side is asked for an offer of a new connection, the
 * user's other devices ring with it, and the present connection goes on until one of them answers; if none does it
 * stays.
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

  constructor(leaver: Leg, stayer: Leg, devices: readonly ExchangeSession[], settings: CallSettings) {
    this.#leaver = leaver
    this.#stayer = stayer
    this.#devices = devices
    this.#settings = settings
    leaver.stage = stayer.stage = this
    this.#stopTimer = settings.schedule(settings.limits.handover, () => this.#fail('Nobody answered in time'))
    stayer.tell('session-modified')
  }

  rejoin(leg: Leg, sdp: string): ExchangeReply {
    if (leg !== this.#stayer || this.#ringing.size > 0) refuse('rejoin')
    for (const device of this.#devices) {
      if (device.legs.has(leg.id)) continue
      const ringing = new Leg(leg.id, device, leg.session.user)
      ringing.stage = this
      this.#ringing.set(ringing, [])
      ringing.tell('invitation-received', { sdp })
      for (const sdpfrag of this.#found) ringing.tellCandidates(sdpfrag)
    }
    if (this.#ringing.size === 0) this.#fail('No other device could be rung')
    return {}
  }

  ring(leg: Leg): ExchangeReply {
    if (!this.#ringing.has(leg)) refuse('ring')
    return {}
  }

  answer(leg: Leg, sdp: string): ExchangeReply {
    const found = this.#ringing.get(leg) ?? refuse('answer')
    this.#ringing.delete(leg)
    this.#stop(reasons.canceled, details.answeredElsewhere)
    new Bridge(this.#stayer, leg, this.#settings)
    this.#stayer.tell('session-modified', { sdp })
    for (const sdpfrag of found) this.#stayer.tellCandidates(sdpfrag)
    leg.tell('session-open')
    this.#leaver.tell('move-terminated', { reason: reasons.success })
    this.#leaver.end(undefined, details.moved)
    return { state: 'session-open' }
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
    if (this.#ringing.has(leg)) this.#decline(leg)
    else this.#leave(leg)
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    if (this.#ringing.has(leg)) this.#decline(leg)
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
    this.#stayer.tell('session-modified', { reason })
    this.#leaver.tell('move-terminated', { reason })
  }

  #stop(reason: string, detail?: string): void {
    this.#stopTimer()
    for (const ringing of this.#ringing.keys()) ringing.end(reason, detail)
    this.#ringing.clear()
  }
}
