import type { CallStage } from '../../../src/exchange/call-stage.ts'
import type { Exchange } from '../../../src/exchange/exchange.ts'
import type { Leg } from '../../../src/exchange/leg.ts'
import { details, type EndKind, type ExchangeReply } from '../../../src/exchange/protocol.ts'
import { modificationInProgress, refuse } from '../../../src/exchange/refusals.ts'
import { ConferenceSeat, type Floor } from './conference-seat.ts'

/**
 * A call of the host whose far side is on its way into the conference. Far side and host hear each other by the call
 * until the far side has a connection to the room; where it takes none the call stays.
 */
export class Adoption implements CallStage {
  /** Of the far side. */
  readonly seat: ConferenceSeat
  readonly #exchange: Exchange
  readonly #floor: Floor
  readonly #own: Leg
  #over = false

  constructor(exchange: Exchange, floor: Floor, [own, far]: readonly [own: Leg, far: Leg]) {
    this.#exchange = exchange
    this.#floor = floor
    this.#own = own
    own.stage = this
    this.seat = new ConferenceSeat(far, floor)
  }

  /** The far side is in the conference: the call is over for the host. */
  done(): void {
    this.ended('It goes on as a part of the conference', details.merged)
  }

  /** The far side did not come: the call is as it was. */
  undo(reason: string): void {
    if (this.#over) return
    this.#over = true
    this.seat.close()
    this.#exchange.putTogether(this.#own, this.seat.leg, reason)
  }

  /** The far side has left the call. */
  ended(reason: string | undefined, detail: string | undefined): void {
    if (this.#over) return
    this.#over = true
    this.#own.end(reason, detail)
  }

  modify(): ExchangeReply {
    throw modificationInProgress()
  }

  /** They are of the connection that is being left. */
  candidates(): ExchangeReply {
    return {}
  }

  end(leg: Leg, how: EndKind, detail: string | undefined): ExchangeReply {
    if (how === 'reject') refuse('reject')
    this.#leave(leg, undefined, detail)
    return { state: 'session-terminated' }
  }

  leave(leg: Leg, reason: string, detail: string): void {
    this.#leave(leg, reason, detail)
  }

  dissolve(reason: string, detail: string): void {
    this.undo(reason)
    this.#own.stage?.dissolve(reason, detail)
  }

  /** The host has left the call. */
  #leave(leg: Leg, reason: string | undefined, detail: string | undefined): void {
    this.#over = true
    leg.leave()
    this.seat.finish(reason, detail)
    this.#floor.left(this.seat, reason, detail)
  }
}
