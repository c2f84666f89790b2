import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { callEvent } from './call-payload.ts'

const log = logger('conference')

/** How long the person has to say whether they host the conference, in ms. Silence is no. */
const patience = 30_000

/** Tells the host what the person said. */
type Respond = (accept: boolean) => Promise<void>

/** The host of the conference that a call is part of wants this side to host it: the person decides, or the page has. */
export class HandOverRequest {
  readonly #call: Call
  readonly #context: CallContext
  #question: { readonly respond: Respond; readonly over: AbortController } | null = null

  constructor(call: Call, context: CallContext) {
    this.#call = call
    this.#context = context
  }

  asked(respond: Respond): void {
    const call = this.#call
    this.withdrawn()
    const policy = this.#context.allowHandOver()
    if (policy !== 'ask') {
      void ignore(log, respond(policy), 'the answer of the page to a hand-over was not told')
      return
    }
    const over = new AbortController()
    this.#question = { respond, over }
    const silence = () => void ignore(log, this.answer(false), 'a hand-over that nobody answered was not refused')
    const timer = setTimeout(silence, patience)
    AbortSignal.any([over.signal, call.gone]).addEventListener('abort', () => clearTimeout(timer), { once: true })
    call.set({ handOverAsked: true })
    this.#context.publish('conference:hand-over-requested', callEvent(call.snapshot))
  }

  withdrawn(): void {
    this.#question?.over.abort()
    this.#question = null
    if (this.#call.snapshot.handOverAsked) this.#call.set({ handOverAsked: false })
  }

  async answer(accept: boolean): Promise<void> {
    const respond = this.#question?.respond
    this.withdrawn()
    await respond?.(accept)
  }
}
