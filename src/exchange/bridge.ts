import type { CallStage } from './call-stage.ts'
import { fitOffer, type FittedOffer } from './description-fit.ts'
import type { CallSettings } from './exchange-environment.ts'
import type { Leg } from './leg.ts'
import {
  details,
  reasons,
  sessionEndedText,
  type EndKind,
  type ExchangeReply,
  type ModificationKind,
} from './protocol.ts'
import { modificationInProgress, refuse } from './refusals.ts'

interface Modification {
  readonly id: string
  readonly asker: Leg
  readonly offer: string
  /** The offer as the other side has it, where the connections are not alike. */
  readonly fitted: FittedOffer | null
  readonly stopTimer: () => void
}

/** A call that is up: two legs that hear each other, and at most one modification between them. */
export class Bridge implements CallStage {
  readonly #legs: readonly [Leg, Leg]
  readonly #settings: CallSettings
  readonly #fits: boolean
  #modification: Modification | null = null

  /** `fits`: the connections were not made for each other, so descriptions are made fit; both legs have described theirs. */
  constructor(one: Leg, other: Leg, settings: CallSettings, { fits = false } = {}) {
    this.#legs = [one, other]
    this.#settings = settings
    this.#fits = fits
    one.stage = other.stage = this
  }

  modify(asker: Leg, kind: ModificationKind, sdp: string): ExchangeReply {
    if (this.#modification) throw modificationInProgress()
    const { newId, schedule, limits } = this.#settings
    const id = newId()
    // Nobody is there to answer: the page is gone, and what asks is mostly a path that lost its other end.
    if (this.#otherThan(asker).session.isAway()) {
      this.#leave(this.#otherThan(asker), sessionEndedText, details.sessionEnded)
      return { modId: id, state: 'modification-pending' }
    }
    const stopTimer = schedule(kind === 'mod' ? limits.modification : limits.hold, () => this.#withdraw(asker, id))
    const asked = this.#otherThan(asker)
    const fitted = this.#fits ? fitOffer(sdp, asked.description) : null
    this.#modification = { id, asker, offer: sdp, fitted, stopTimer }
    asked.tell('mod-received', { modId: id, sdp: fitted?.sdp ?? sdp })
    return { modId: id, state: 'modification-pending' }
  }

  settleModification(leg: Leg, modId: string, accepted: boolean, sdp: string): ExchangeReply {
    const open = this.#modification
    if (open?.id !== modId || (open.asker === leg && accepted)) refuse('settle')
    this.#forgetModification()
    if (open.asker === leg) {
      this.#tellWithdrawn(leg, { modId, reason: reasons.canceled })
      return { state: 'session-open' }
    }
    const reason = accepted ? reasons.success : reasons.rejected
    const answer = sdp === '' ? sdp : (open.fitted?.answer(sdp) ?? sdp)
    open.asker.tell('mod-terminated', { modId, reason, sdp: answer })
    leg.tellAnswered(modId, reason)
    // A refusal with a description refuses the picture alone.
    if (sdp !== '') {
      open.asker.describe(open.offer, this.#fits || undefined)
      leg.describe(sdp, this.#fits || undefined)
    }
    return { state: 'session-open' }
  }

  release(leg: Leg): readonly [Leg, Leg] {
    if (this.#modification) throw modificationInProgress()
    return [leg, this.#otherThan(leg)]
  }

  expect(leg: Leg): void {
    const other = this.#otherThan(leg)
    if (other.session.extensions) other.tell('far-side-away')
  }

  outlive(leg: Leg): readonly [Leg, Leg] {
    const other = this.#otherThan(leg)
    if (this.#fits || !leg.session.extensions || !other.session.extensions) refuse('renew')
    const open = this.#modification
    this.#forgetModification()
    // It was for, or of, a connection that is gone.
    if (open) other.tell('mod-terminated', { modId: open.id, reason: reasons.canceled })
    return [leg, other]
  }

  candidates(leg: Leg, sdpfrag: string): ExchangeReply {
    this.#otherThan(leg).tellCandidates(sdpfrag)
    return {}
  }

  /** A cancel that crossed the answer ends the call as hanging up does. */
  end(leg: Leg, how: EndKind, detail: string | undefined): ExchangeReply {
    if (how === 'reject') refuse('reject')
    this.#leave(leg, undefined, detail)
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    this.#leave(leg, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.#forgetModification()
    for (const leg of this.#legs) leg.end(reason, detail)
  }

  #leave(leg: Leg, reason?: string, detail?: string): void {
    this.#forgetModification()
    leg.leave()
    this.#otherThan(leg).end(reason, detail)
  }

  /** The side that was asked hears of it where it knows the extensions: the original protocol has no word for it. */
  #withdraw(asker: Leg, modId: string): void {
    const withdrawal = { modId, reason: 'The other side did not answer in time' }
    this.#modification = null
    asker.tell('mod-terminated', withdrawal)
    this.#tellWithdrawn(asker, withdrawal)
  }

  #tellWithdrawn(asker: Leg, withdrawal: { readonly modId: string; readonly reason: string }): void {
    const asked = this.#otherThan(asker)
    if (asked.session.extensions) asked.tell('mod-terminated', withdrawal)
  }

  #forgetModification(): void {
    this.#modification?.stopTimer()
    this.#modification = null
  }

  #otherThan(leg: Leg): Leg {
    const [one, other] = this.#legs
    return leg === one ? other : one
  }
}
