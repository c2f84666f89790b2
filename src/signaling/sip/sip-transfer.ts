import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { SignalingError } from '../signaling.ts'
import { refusal } from './sip-reason.ts'

interface ReferNotification {
  readonly status_line: { readonly status_code: number; readonly reason_phrase: string }
}

interface ReferFailure {
  readonly response: { readonly status_code: number; readonly reason_phrase: string } | null
  readonly cause: string
}

/**
 * Asks the far side of `session` to call `target` instead of us (REFER, RFC 3515). Resolves when it got through, which
 * it tells by NOTIFY; rejects with the status it met. An abort stops the waiting: a REFER cannot be taken back.
 */
export function refer(session: RTCSession, target: string, signal: AbortSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    signal.throwIfAborted()
    const settled = new AbortController()
    const settle = (act: () => void) => {
      settled.abort()
      act()
    }
    const fail = (error: Error) => settle(() => reject(error))
    signal.addEventListener('abort', () => fail(signal.reason as Error), { once: true, signal: settled.signal })
    session.on('ended', () =>
      fail(new SignalingError('refused', 'The call ended before the transfer', { resource: 'REFER' })),
    )
    session.refer(target, {
      eventHandlers: {
        accepted: () => settle(resolve),
        failed: ({ status_line: { status_code: status, reason_phrase: words } }: ReferNotification) =>
          fail(refusal(status, words, 'REFER')),
        requestFailed: ({ response, cause }: ReferFailure) =>
          fail(
            response
              ? refusal(response.status_code, response.reason_phrase, 'REFER')
              : new SignalingError('unreachable', cause, { resource: 'REFER' }),
          ),
      },
    })
  })
}
