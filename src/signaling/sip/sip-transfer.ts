import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { SignalingError } from '../signaling.ts'
import { sendRefer, type ReferNotify } from './jssip-session.ts'
import { refusal } from './sip-reason.ts'

/** How long a far side that took a REFER may leave us without a word of it, or hang up after its last, in ms. */
const patience = 5000

interface ReferFailure {
  readonly response: { readonly status_code: number; readonly reason_phrase: string } | null
  readonly cause: string
}

/** How far a far side is that is to call somebody else. */
export interface Referral {
  /** It agreed: when it hangs up now, it has gone there. */
  taken: boolean
}

/** What a NOTIFY says of the call that is made: `status` is 0 where it says nothing of it (RFC 3515, 2.4.5). */
function noticeOf(request: ReferNotify): { readonly status: number; readonly words: string; readonly last: boolean } {
  const [, status = '0', words = ''] = /^\s*SIP\/2\.0\s+(\d{3})[^\S\r\n]*([^\r\n]*)/i.exec(request.body ?? '') ?? []
  const last = /^\s*terminated\b/i.test(request.getHeader('Subscription-State') ?? '')
  return { status: Number(status), words: words.trim(), last }
}

/**
 * Asks the far side of `session` to call `target` instead of us (REFER, RFC 3515). Resolves when it got through, which
 * it tells by NOTIFY, or by hanging up once it agreed; rejects with the status it met, and where nobody tells what
 * became of it. An abort stops the waiting: a REFER cannot be taken back.
 */
export function refer(session: RTCSession, target: string, signal: AbortSignal, state: Referral): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const settled = new AbortController()
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true, signal: settled.signal })
    const unknown = () => {
      sent.forget()
      reject(
        new SignalingError('timeout', 'The other side does not say what became of the transfer', {
          resource: 'REFER',
          status: 504,
        }),
      )
    }
    const expectWord = () => {
      clearTimeout(timer)
      timer = setTimeout(unknown, patience)
    }
    session.on('ended', (event: { readonly originator: unknown }) => {
      if (state.taken && event.originator === 'remote') resolve()
      else reject(new SignalingError('refused', 'The call ended before the transfer', { resource: 'REFER' }))
    })
    const notified = (request: ReferNotify) => {
      const { status, words, last } = noticeOf(request)
      clearTimeout(timer)
      if (status >= 200) {
        sent.forget()
        if (status < 300) resolve()
        else reject(refusal(status, words, 'REFER'))
        // What it heard last is not how it ended: it hangs up, or nobody will ever know.
      } else if (last) expectWord()
    }
    const sent = sendRefer(
      session,
      target,
      {
        requestSucceeded: () => {
          state.taken = true
          expectWord()
        },
        requestFailed: ({ response, cause }: ReferFailure) =>
          reject(
            response
              ? refusal(response.status_code, response.reason_phrase, 'REFER')
              : new SignalingError('unreachable', cause, { resource: 'REFER' }),
          ),
      },
      notified,
    )
  }).finally(() => {
    clearTimeout(timer)
    settled.abort()
  })
}
