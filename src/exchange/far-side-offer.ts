import { fitOffer, type FittedOffer } from './description-fit.ts'
import type { Leg } from './leg.ts'
import { reasons } from './protocol.ts'
import { refuse } from './refusals.ts'

/** An offer of another far side to a client of the original protocol: for it its call is modified, no more. */
export class FarSideOffer {
  readonly #leg: Leg
  readonly #modId: string
  readonly #offer: FittedOffer

  /** Makes it: `sdp` is the new far side's offer. */
  constructor(leg: Leg, sdp: string, modId: string) {
    this.#leg = leg
    this.#modId = modId
    this.#offer = fitOffer(sdp, leg.description)
    leg.tell('mod-received', { modId, sdp: this.#offer.sdp })
  }

  /**
   * Takes the client's answer; gives the one for the new far side, `null` where it refused.
   *
   * @throws ExchangeError when it answers something else.
   */
  settle(modId: string, accepted: boolean, sdp: string): string | null {
    if (modId !== this.#modId) refuse('settle')
    this.#leg.tellAnswered(modId, accepted ? reasons.success : reasons.rejected)
    if (!accepted) return null
    this.#leg.describe(sdp)
    return this.#offer.answer(sdp)
  }
}
