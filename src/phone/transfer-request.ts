import type { Party } from '../signaling/signaling.ts'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { callEvent } from './call-payload.ts'

/** How long the person has to say whether another party may be called, in ms. Silence is no. */
const patience = 30_000

/** The other side of a call wants this one to call somebody else in its place: the person decides. */
export class TransferRequest {
  readonly #call: Call
  readonly #context: CallContext
  /** Aborts when the question is over. */
  #over: AbortController | null = null

  constructor(call: Call, context: CallContext) {
    this.#call = call
    this.#context = context
  }

  asked(to: Party): void {
    const call = this.#call
    this.withdrawn()
    const over = (this.#over = new AbortController())
    const timer = setTimeout(() => void this.answer(false).catch(() => {}), patience)
    AbortSignal.any([over.signal, call.gone]).addEventListener('abort', () => clearTimeout(timer), { once: true })
    call.set({ transferTo: Object.freeze({ ...to }) })
    this.#context.publish('call:transfer-requested', { ...callEvent(call.snapshot), transferTo: to.uri })
  }

  withdrawn(): void {
    this.#over?.abort()
    this.#over = null
    this.#call.set({ transferTo: null })
  }

  /** The call goes on as it is until the other party has answered, and if they do not. */
  async answer(accept: boolean): Promise<void> {
    this.withdrawn()
    await this.#call.leg?.answerTransfer?.(accept)
  }
}
