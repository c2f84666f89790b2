import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { isIncoming } from './jssip-session.ts'
import { unconfirmed } from './sip-reason.ts'

/** How long the answer to such an invitation may go unconfirmed, in ms: JsSIP would wait for half a minute. */
const confirmLimit = 8000

/**
 * An invitation that is answered by another connection than it came by. A server that lost us may know nothing of it any
 * more: then nobody confirms the answer, and the person who took the call is told so soon.
 */
export class MovedInvitation {
  readonly #session: RTCSession
  #isMoved = false
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(session: RTCSession, life: AbortSignal) {
    this.#session = session
    if (!isIncoming(session)) return
    session.on('accepted', () => this.#expect())
    session.on('confirmed', () => clearTimeout(this.#timer))
    life.addEventListener('abort', () => clearTimeout(this.#timer), { once: true })
  }

  /** The call is not up yet, and there is another connection now. */
  moved(): void {
    if (!isIncoming(this.#session)) return
    this.#isMoved = true
    if (this.#session.isEstablished()) this.#expect()
  }

  #expect(): void {
    if (!this.#isMoved) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#session.terminate({ cause: unconfirmed }), confirmLimit)
  }
}
