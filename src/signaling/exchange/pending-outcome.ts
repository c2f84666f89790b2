import { reasons } from '../../exchange/protocol.ts'
import { SignalingError } from '../signaling.ts'

/** The outcome of a transfer or a move, which may be told before the request that began it is answered. */
export class PendingOutcome {
  #told: string | undefined
  #waiting: { settle(): void; fail(error: unknown): void; readonly what: string } | null = null

  /** Resolves when it succeeded. @throws {SignalingError} with the exchange's words when it did not. */
  async wait(what: string): Promise<void> {
    await new Promise<void>((settle, fail) => {
      this.#waiting = { settle, fail, what }
      if (this.#told !== undefined) this.settle(this.#told)
    })
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
}
