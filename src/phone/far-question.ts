import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'

const log = logger('call')

/** How long the person has to answer, in ms. Silence is no. */
const patience = 30_000

/** How long nobody is asked again after the first no, in ms; twice as long after each further one, up to an hour or so. */
const firstPause = 60_000
const doublings = 6

/** How many questions may be taken back before that counts as a no. */
const takenBackLimit = 3

/** Tells the far side what the person said. */
export type Respond = (accept: boolean) => Promise<void>

/**
 * What the far side of a call asks the person again and again as it likes. Who said no is left alone for a while: what is
 * asked then is refused, and nobody is disturbed. A question that is taken back before its answer disturbs, too.
 */
export class FarQuestion {
  readonly #gone: AbortSignal
  #open: { readonly respond: Respond; readonly over: AbortController } | null = null
  #refusals = 0
  #takenBack = 0
  #isQuiet = false

  /** @param gone aborts when the call is over */
  constructor(gone: AbortSignal) {
    this.#gone = gone
  }

  /** Whether the person is to be asked. If not, `respond` is told no. */
  ask(respond: Respond): boolean {
    this.withdraw()
    if (this.#isQuiet) {
      void ignore(log, respond(false), 'a question that came too soon after a no was not refused')
      return false
    }
    const over = new AbortController()
    this.#open = { respond, over }
    this.#after(patience, over.signal, () => void ignore(log, this.answer(false), 'silence was not told as a no'))
    return true
  }

  /** The far side takes back what it asked. */
  withdraw(): void {
    if (this.#close() && ++this.#takenBack >= takenBackLimit) this.#rest()
  }

  async answer(accept: boolean): Promise<void> {
    const respond = this.#close()
    if (!respond) return
    if (accept) this.#refusals = this.#takenBack = 0
    else this.#rest()
    await respond(accept)
  }

  #close(): Respond | undefined {
    const open = this.#open
    this.#open = null
    open?.over.abort()
    return open?.respond
  }

  #rest(): void {
    this.#isQuiet = true
    this.#takenBack = 0
    this.#after(firstPause * 2 ** Math.min(this.#refusals++, doublings), this.#gone, () => (this.#isQuiet = false))
  }

  #after(time: number, over: AbortSignal, act: () => void): void {
    const signal = AbortSignal.any([over, this.#gone])
    if (signal.aborted) return
    const timer = setTimeout(act, time)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }
}
