import type { Phone } from '../../src/phone/phone.ts'
import { activeCall, incomingCall } from './phone-state.ts'

/** How long a call may go on that no tag of the page shows, in ms. */
export const unseenLimit = 10_000

/** Detail of `att-unseen-call`. */
export interface UnseenCall {
  readonly phone: Phone
}

declare global {
  interface DocumentEventMap {
    'att-unseen-call': CustomEvent<UnseenCall>
  }
}

/** Whether an element stands in a document that somebody can see. */
export function isInPage(element: Element): boolean {
  return element.isConnected && element.ownerDocument.defaultView !== null
}

/** Ends every call of a phone. What cannot be ended one by one ends with the session. */
async function endCalls(phone: Phone): Promise<void> {
  try {
    for (let left = phone.snapshot.calls.length; left > 0; left--) {
      const incoming = incomingCall(phone.snapshot)
      const call = activeCall(phone.snapshot)
      if (incoming) await (incoming.callType === 'conference' ? phone.rejectConference() : phone.reject())
      else if (call?.direction === 'outgoing' && call.connectedAt === null) await phone.cancel()
      else if (call) await phone.hangup()
    }
  } catch {
    await phone.logout()
  }
}

const key = Symbol.for('att.call-sights')
type Sights = WeakMap<Phone, CallSight>

/**
 * Sees to it that a call somebody is in can be seen: what had shown it may have been removed, replaced, or given another
 * phone, and the microphone would stay open with nothing to show it. Such a call ends after `unseenLimit`, and a notice
 * says so, unless a tag shows it again or the page keeps it (`att-unseen-call`).
 */
export class CallSight {
  readonly #tags = new Set<Element>()
  /** Whether a tag had this phone as its own: what a page does with an engine that no tag has is its own affair. */
  #guarded = false
  #countdown: AbortController | null = null
  /** The calls the page goes on with by itself. */
  #kept: readonly number[] = []

  static of(phone: Phone): CallSight {
    const page = globalThis as { [key]?: Sights | undefined }
    const sights = (page[key] ??= new WeakMap())
    let sight = sights.get(phone)
    if (!sight) sights.set(phone, (sight = new CallSight(phone)))
    return sight
  }

  private constructor(private readonly phone: Phone) {}

  /** `tag` shows the calls of this phone until `signal` aborts; `owns`: the phone is there for its sake. */
  add(tag: Element, owns: boolean, signal: AbortSignal): void {
    this.#tags.add(tag)
    if (owns) this.#guarded = true
    // A tag that is only moved is back in a moment.
    const lookSoon = (): void => void setTimeout(() => this.#look())
    const remove = (): void => {
      this.#tags.delete(tag)
      lookSoon()
    }
    signal.addEventListener('abort', remove, { once: true })
    // A frame or a window that goes tells nothing to the tags in it.
    const view = tag.ownerDocument.defaultView
    if (view && view !== window) view.addEventListener('pagehide', lookSoon, { signal })
    this.#look()
  }

  #look(): void {
    const { calls } = this.phone.snapshot
    const seen = [...this.#tags].some(isInPage)
    if (seen || calls.length === 0) return this.#countdown?.abort()
    if (!this.#guarded || this.#countdown || calls.every(({ index }) => this.#kept.includes(index))) return
    const detail: UnseenCall = { phone: this.phone }
    if (document.dispatchEvent(new CustomEvent('att-unseen-call', { cancelable: true, detail }))) this.#begin()
    else this.#kept = calls.map(({ index }) => index)
  }

  #begin(): void {
    const { phone } = this
    const countdown = (this.#countdown = new AbortController())
    const { signal } = countdown
    const end = (): void => {
      // Not even the session could be ended: it is gone, and the call with it.
      void endCalls(phone).catch(() => {})
    }
    const timer = setTimeout(end, unseenLimit)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      this.#countdown = null
    })
    phone.subscribe(({ calls }) => calls.length === 0 && countdown.abort(), { signal })
    void this.#tell(signal, end)
  }

  async #tell(signal: AbortSignal, end: () => void): Promise<void> {
    try {
      const { showUnseenCall } = await import('./unseen-call-notice.ts')
      showUnseenCall(this.phone, end, signal)
    } catch {
      // The browser has said which file it could not load; the call ends all the same.
    }
  }
}
