import type { Party } from '../signaling/signaling.ts'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { callEvent } from './call-payload.ts'
import { FarQuestion } from './far-question.ts'

/** The other side of a call wants this one to call somebody else in its place: the person decides. */
export class TransferRequest {
  readonly #call: Call
  readonly #context: CallContext
  readonly #question: FarQuestion

  constructor(call: Call, context: CallContext) {
    this.#call = call
    this.#context = context
    this.#question = new FarQuestion(call.gone)
  }

  asked(to: Party): void {
    const call = this.#call
    const isAsked = this.#question.ask(async (accept) => {
      call.set({ transferTo: null })
      await call.leg?.answerTransfer?.(accept)
    })
    if (!isAsked) return
    call.set({ transferTo: Object.freeze({ ...to }) })
    this.#context.publish('call:transfer-requested', { ...callEvent(call.snapshot), transferTo: to.uri })
  }

  withdrawn(): void {
    this.#question.withdraw()
    this.#call.set({ transferTo: null })
  }

  /** The call goes on as it is until the other party has answered, and if they do not. */
  answer(accept: boolean): Promise<void> {
    return this.#question.answer(accept)
  }
}
