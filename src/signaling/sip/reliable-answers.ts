import { header, parameter, type SipMessage } from './sip-message.ts'
import { readText, tokensOf, valueOf, type SipText } from './sip-text.ts'

/** T1 and 64 * T1 (RFC 3262, 3), in ms. */
const firstPause = 500
const lifetime = 32_000

/** Calls whose provisional answers are remembered: more than ever ring at once. */
const memory = 64

interface Unconfirmed {
  readonly sequence: number
  timer: ReturnType<typeof setTimeout>
}

/**
 * Provisional answers that are confirmed (100rel, RFC 3262), in both directions: ours to an invitation that requires it
 * are sent until PRACK comes; those to invitations of ours count once, in order.
 */
export class ReliableAnswers {
  readonly #send: (text: string) => void
  /** Nobody confirmed an answer in time: the invitation is to be refused. */
  readonly #lost: (callId: string) => void
  /** Invitations that require it, by Call-ID and CSeq: the number of the last answer, and those that wait. */
  readonly #required = new Map<string, { sequence: number; readonly waiting: Set<Unconfirmed> }>()
  /** The number of the last answer to an invitation of ours, by Call-ID and the tag of who answered. */
  readonly #taken = new Map<string, number>()

  constructor(send: (text: string) => void, lost: (callId: string) => void) {
    this.#send = send
    this.#lost = lost
  }

  /** An invitation came. */
  invited(invitation: SipText): void {
    if (!tokensOf(invitation, 'require').some((tag) => tag.toLowerCase() === '100rel')) return
    const sequence = 1 + Math.floor(Math.random() * 2 ** 30)
    this.#required.set(keyOf(invitation), { sequence, waiting: new Set() })
    forgetOldest(this.#required)
  }

  /** A message of ours as it shall leave. */
  outgoing(text: string): string {
    if (this.#required.size === 0 || !text.startsWith('SIP/2.0 ')) return text
    const answer = readText(text)
    if (!answer || !(valueOf(answer, 'cseq') ?? '').endsWith(' INVITE')) return text
    const key = keyOf(answer)
    const state = this.#required.get(key)
    const status = Number(text.slice(8, 11))
    if (!state || status === 100) return text
    if (status >= 200) {
      this.#settle(key)
      return text
    }
    const sequence = state.sequence++
    const reliable = text.replace('\r\n', () => `\r\nRequire: 100rel\r\nRSeq: ${String(sequence)}\r\n`)
    this.#repeat(valueOf(answer, 'call-id') ?? '', state.waiting, { sequence, timer: setTimeout(() => {}) }, reliable)
    return reliable
  }

  /** Whether a PRACK confirms an answer that waits. */
  confirm(prack: SipText): boolean {
    const [sequence, number] = (valueOf(prack, 'rack') ?? '').trim().split(/\s+/)
    const waiting = this.#required.get(`${valueOf(prack, 'call-id') ?? ''} ${number ?? ''}`)?.waiting
    const found = [...(waiting ?? [])].find((each) => String(each.sequence) === sequence)
    if (!found) return false
    clearTimeout(found.timer)
    waiting?.delete(found)
    return true
  }

  /** Whether a response to an invitation of ours counts: it is not reliable, or the next of its kind. */
  counts(response: SipMessage): boolean {
    const sequence = rseqOf(response)
    if (sequence === null) return true
    const key = `${header(response, 'call-id')} ${parameter(header(response, 'to'), 'tag')}`
    const before = this.#taken.get(key)
    if (before !== undefined && sequence !== before + 1) return false
    this.#taken.set(key, sequence)
    forgetOldest(this.#taken)
    return true
  }

  close(): void {
    for (const key of [...this.#required.keys()]) this.#settle(key)
    this.#taken.clear()
  }

  #settle(key: string): void {
    for (const { timer } of this.#required.get(key)?.waiting ?? []) clearTimeout(timer)
    this.#required.delete(key)
  }

  #repeat(callId: string, waiting: Set<Unconfirmed>, answer: Unconfirmed, text: string): void {
    waiting.add(answer)
    let spent = 0
    let pause = firstPause
    const again = (): void => {
      spent += pause
      if (spent >= lifetime) {
        waiting.delete(answer)
        return this.#lost(callId)
      }
      pause *= 2
      this.#send(text)
      answer.timer = setTimeout(again, pause)
    }
    clearTimeout(answer.timer)
    answer.timer = setTimeout(again, pause)
  }
}

/** The number of a provisional response that is to be confirmed, or `null`. */
export function rseqOf(response: SipMessage): number | null {
  if (response.method !== 'INVITE' || response.status <= 100 || response.status >= 200) return null
  if (!/(^|,)\s*100rel\s*(,|$)/i.test((response.headers.get('require') ?? []).join(','))) return null
  const number = header(response, 'rseq')
  return /^\d{1,10}$/.test(number) ? Number(number) : null
}

function keyOf(message: SipText): string {
  return `${valueOf(message, 'call-id') ?? ''} ${Number.parseInt(valueOf(message, 'cseq') ?? '', 10)}`
}

/** Drops what came first, when there is more than is kept. */
function forgetOldest(map: Map<string, unknown>): void {
  if (map.size <= memory) return
  const [oldest] = map.keys()
  if (oldest !== undefined) map.delete(oldest)
}
