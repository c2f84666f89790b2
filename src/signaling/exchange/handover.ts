import { abortable } from '../../base/abortable.ts'
import { reasons } from '../../exchange/protocol.ts'
import { SignalingError, type Leg } from '../signaling.ts'
import type { LegCore } from './leg-core.ts'

/** Giving a call away, to another party or to another device. Its outcome may be told before the request is answered. */
export class Handover {
  readonly #leg: LegCore
  #told: string | undefined
  #waiting: { settle(): void; fail(error: unknown): void; readonly what: string } | null = null

  constructor(leg: LegCore) {
    this.#leg = leg
  }

  async transfer(to: string | Leg, signal: AbortSignal): Promise<void> {
    if (typeof to === 'string')
      throw new SignalingError('refused', 'This network transfers to a call, not to an address')
    signal.throwIfAborted()
    await this.#leg.port.request({ op: 'transfer', call: this.#leg.id, target: to.id })
    await abortable(this.#outcome('The transfer'), signal)
  }

  async move(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    await this.#leg.port.request({ op: 'move', call: this.#leg.id })
    await abortable(this.#outcome('The move'), signal)
  }

  /** Takes the `reason` of the event that ends it. */
  settle(reason: string = reasons.success): void {
    const waiting = this.#waiting
    this.#waiting = null
    this.#told = waiting ? undefined : reason
    if (!waiting) return
    if (reason === reasons.success) waiting.settle()
    else waiting.fail(new SignalingError('refused', `${waiting.what} failed: ${reason}`, { status: 404 }))
  }

  /** The leg ended first. */
  end(): void {
    this.#waiting?.fail(new SignalingError('refused', 'The call ended'))
    this.#waiting = null
  }

  /** Resolves when it succeeded. @throws {SignalingError} with the exchange's words when it did not. */
  #outcome(what: string): Promise<void> {
    return new Promise<void>((settle, fail) => {
      this.#waiting = { settle, fail, what }
      if (this.#told !== undefined) this.settle(this.#told)
      else if (this.#leg.ended) this.end()
    })
  }
}
