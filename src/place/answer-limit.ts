import { looksPrivate } from './address-space.ts'
import { mayBeAsked, openQuestions, type Asking } from './open-question.ts'

/** How long a question of the browser may stay open for a server whose name does not tell where it is, in ms. */
const nameLimit = 60_000

/**
 * Aborts when a server has not answered within `ms`. Where the browser may have asked the person whether this page may
 * reach the local network, it waits as long as that question is open, and counts anew from the answer: a connection is
 * held back meanwhile, and would be cut under the person's hand.
 */
export function answerLimit(server: URL, ms: number, { page, permissions }: Asking = {}): AbortSignal {
  const over = new AbortController()
  const end = () => over.abort(new DOMException(`No answer within ${ms} ms`, 'TimeoutError'))
  setTimeout(() => {
    if (!mayBeAsked(server, page)) return end()
    openQuestions(server, permissions)
      .then((questions) => {
        if (questions.length === 0) return end()
        const answered = new AbortController()
        for (const question of questions) {
          question.addEventListener('change', () => answered.abort(), { signal: answered.signal })
        }
        answered.signal.addEventListener('abort', () => setTimeout(end, ms), { once: true })
        if (!looksPrivate(server.hostname)) setTimeout(end, nameLimit)
      })
      .catch(end)
  }, ms)
  return over.signal
}
