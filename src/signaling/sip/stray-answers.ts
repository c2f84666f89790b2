import { header, parameter, type SipMessage } from './sip-message.ts'

/**
 * How long a further answer to one invitation may come, in ms: as long as a phone may ring that hears nothing of us, and
 * longer than 64 * T1 (RFC 3261, 13.2.2.4).
 */
const lifetime = 300_000

/** Address inside angle brackets, or the bare one. */
function uriOf(contact: string): string {
  return /<([^>]+)>/.exec(contact)?.[1] ?? contact.split(';')[0] ?? ''
}

/**
 * Ends the calls nobody waits for: an answer that crossed our CANCEL, and the second answer to an invitation that was
 * forked. Each is a dialog of its own on the far side (RFC 3261, 13.2.2.4): it must be acknowledged and ended, or a
 * phone hangs with nobody on the line.
 */
export class StrayAnswers {
  /** By Call-ID: tag of the answer that counts, or `null` when none does. */
  readonly #calls = new Map<string, string | null>()
  readonly #timers = new Set<ReturnType<typeof setTimeout>>()
  readonly #send: (message: string) => void

  constructor(send: (message: string) => void) {
    this.#send = send
  }

  /** From now on no answer to this invitation counts. */
  canceled(callId: string): void {
    this.#remember(callId, null)
  }

  /** Whether this response is such an answer. It has been dealt with then. */
  take(message: SipMessage, via: string): boolean {
    if (message.method !== 'INVITE' || message.status < 200 || message.status > 299) return false
    const callId = header(message, 'call-id')
    const tag = parameter(header(message, 'to'), 'tag')
    const known = this.#calls.get(callId)
    if (known === undefined) this.#remember(callId, tag)
    if (known === undefined || known === tag) return false
    this.#send(request('ACK', message, via))
    // RFC 3326: what the device that answered too late tells its user.
    const reason = known === null ? [] : ['Reason: SIP;cause=200;text="Call completed elsewhere"']
    this.#send(request('BYE', message, via, reason))
    return true
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
    this.#calls.clear()
  }

  #remember(callId: string, tag: string | null): void {
    if (!this.#calls.has(callId)) {
      const timer = setTimeout(() => {
        this.#calls.delete(callId)
        this.#timers.delete(timer)
      }, lifetime)
      this.#timers.add(timer)
    }
    this.#calls.set(callId, tag)
  }
}

/** A request within the dialog that `answer` made (RFC 3261, 12.2.1.1). */
function request(method: 'ACK' | 'BYE', answer: SipMessage, via: string, fields: readonly string[] = []): string {
  const sequence = Number.parseInt(header(answer, 'cseq'), 10) + (method === 'BYE' ? 1 : 0)
  const routes = (answer.headers.get('record-route') ?? []).flatMap((value) => value.split(/,\s*(?=<)/)).reverse()
  // Where the answer says nothing of the far side's address, there is the one that was called.
  const target = uriOf(header(answer, 'contact')) || uriOf(header(answer, 'to'))
  return [
    `${method} ${target} SIP/2.0`,
    `Via: ${via};branch=z9hG4bK${crypto.getRandomValues(new Uint32Array(2)).join('')}`,
    'Max-Forwards: 70',
    ...routes.map((route) => `Route: ${route}`),
    `From: ${header(answer, 'from')}`,
    `To: ${header(answer, 'to')}`,
    `Call-ID: ${header(answer, 'call-id')}`,
    `CSeq: ${sequence} ${method}`,
    ...fields,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n')
}
