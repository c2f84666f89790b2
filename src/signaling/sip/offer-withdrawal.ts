import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { withdrawOffer } from './jssip-session.ts'
import { noAnswer } from './sip-reason.ts'

/** How long an offer may go unanswered, in ms: what waits behind it waits as long. */
const offerLimit = 32_000

/** Takes an offer of ours back when nobody waits for its answer any more, or none came in time. */
export class OfferWithdrawal {
  #why: Error | null = null

  /** `wanted` aborts when nobody waits for it; `gone` is told where no answer ends it; `settled` aborts when one did. */
  constructor(session: RTCSession, wanted: AbortSignal | undefined, gone: (why: Error) => void, settled: AbortSignal) {
    const takeBack = (why: Error): void => {
      if (this.#why) return
      this.#why = why
      withdrawOffer(session, () => gone(why), settled)
    }
    const timer = setTimeout(() => takeBack(noAnswer('timeout')), offerLimit)
    wanted?.addEventListener('abort', () => takeBack(wanted.reason as Error), { once: true, signal: settled })
    settled.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  /** Why it was taken back: what the far side says to it after that is no answer. */
  get why(): Error | null {
    return this.#why
  }
}
