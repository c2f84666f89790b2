import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { callEvent } from './call-payload.ts'
import { FarQuestion, type Respond } from './far-question.ts'

const log = logger('conference')

/** The host of the conference that a call is part of wants this side to host it: the person decides, or the page has. */
export class HandOverRequest {
  readonly #call: Call
  readonly #context: CallContext
  readonly #question: FarQuestion

  constructor(call: Call, context: CallContext) {
    this.#call = call
    this.#context = context
    this.#question = new FarQuestion(call.gone)
  }

  /**
   * Whether the person is asked: not where the page has decided, nor just after they said no.
   *
   * @param load loads what hosts the conference, before this side agrees to it; where it rejects, this side does not
   */
  asked(tell: Respond, load: () => Promise<unknown>): boolean {
    const respond: Respond = async (accept) => {
      if (accept) await this.#loaded(load, tell)
      await tell(accept)
    }
    const policy = this.#context.allowHandOver()
    if (policy !== 'ask') {
      this.withdrawn()
      void ignore(log, respond(policy), 'the answer of the page to a hand-over was not told')
      return false
    }
    const isAsked = this.#question.ask(async (accept) => {
      this.#show(false)
      await respond(accept)
    })
    this.#show(isAsked)
    if (isAsked) this.#context.publish('conference:hand-over-requested', callEvent(this.#call.snapshot))
    return isAsked
  }

  withdrawn(): void {
    this.#question.withdraw()
    this.#show(false)
  }

  answer(accept: boolean): Promise<void> {
    return this.#question.answer(accept)
  }

  /** A conference that goes to a page without the means to host it is lost for all who are in it. */
  async #loaded(load: () => Promise<unknown>, tell: Respond): Promise<void> {
    try {
      await load()
    } catch (error) {
      await tell(false)
      throw error
    }
  }

  #show(isAsked: boolean): void {
    if (this.#call.snapshot.handOverAsked !== isAsked) this.#call.set({ handOverAsked: isAsked })
  }
}
