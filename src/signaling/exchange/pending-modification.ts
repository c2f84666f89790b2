import { reasons, type ExchangeEvent } from '../../exchange/protocol.ts'
import { SignalingError } from '../signaling.ts'

/** How the other side answered a modification we asked for. */
export interface ModificationResult {
  readonly accepted: boolean
  /** Its answer; a refusal may come with one too, and then is one: it says what still flows. */
  readonly sdp: string | undefined
  readonly words: string
}

/**
 * The one modification of a leg that waits for its end. The result may come by the event channel before the request
 * that began it is answered, so results are kept until they are asked for.
 */
export class PendingModification {
  readonly #results = new Map<string, ModificationResult>()
  #waiting: { readonly modId: string; settle(result: ModificationResult): void; fail(error: unknown): void } | null =
    null
  #ended: SignalingError | null = null

  /** Takes a `mod-terminated` event. */
  terminated(event: ExchangeEvent): void {
    const modId = event.modId ?? ''
    const words = event.reason ?? reasons.success
    const result = { accepted: words === reasons.success, sdp: event.sdp, words }
    if (this.#waiting?.modId === modId) this.#waiting.settle(result)
    else this.#results.set(modId, result)
  }

  result(modId: string): Promise<ModificationResult> {
    const early = this.#results.get(modId)
    this.#results.clear()
    if (early) return Promise.resolve(early)
    if (this.#ended) return Promise.reject(this.#ended)
    return new Promise<ModificationResult>((settle, fail) => {
      this.#waiting = { modId, settle, fail }
    }).finally(() => {
      this.#waiting = null
    })
  }

  /** The result is lost with the exchange that would have told it. */
  interrupt(): void {
    this.#waiting?.fail(new SignalingError('unreachable', 'The network was lost before the change was answered'))
  }

  /** The leg ended: the caller who waits is told. */
  end(): void {
    this.#ended = new SignalingError('refused', 'The call ended before the change was answered')
    this.#waiting?.fail(this.#ended)
  }
}
