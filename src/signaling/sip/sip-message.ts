import { readText } from './sip-text.ts'

/** The parts of a SIP message (RFC 3261, 7) that are read before the library parses it. */
export interface SipMessage {
  readonly method: string
  /** Status of a response; 0 of a request. */
  readonly status: number
  readonly reason: string
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, readonly string[]>
  readonly body: string
}

/** Reads a message; `null` when it is none (a keep-alive, an empty frame). */
export function readMessage(text: string): SipMessage | null {
  const parts = readText(text)
  if (!parts) return null
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(parts.first)
  const headers = new Map<string, string[]>()
  for (const { name, value } of parts.fields) {
    const values = headers.get(name)
    if (values) values.push(value)
    else headers.set(name, [value])
  }
  const method = response ? (headers.get('cseq')?.[0]?.split(/\s+/)[1] ?? '') : (parts.first.split(' ')[0] ?? '')
  return { method, status: Number(response?.[1] ?? 0), reason: response?.[2] ?? '', headers, body: parts.body }
}

/** The first header field of this name, in lower case; empty when there is none. */
export function header(message: SipMessage, name: string): string {
  return message.headers.get(name)?.[0] ?? ''
}

/** The session interval that a 422 wants at least, in s (RFC 4028, 6), or `null`. */
export function minSessionOf(message: SipMessage): number | null {
  const seconds = /^\d{1,9}/.exec(header(message, 'min-se'))?.[0]
  return message.status === 422 && seconds !== undefined ? Number(seconds) : null
}

/** The value of a parameter of a header field, `tag` of `<sip:bob@example.com>;tag=1`; quotes removed. */
export function parameter(value: string, name: string): string {
  const match = new RegExp(`[;,\\s]${name}\\s*=\\s*(?:"([^"]*)"|([^;,\\s]+))`, 'i').exec(` ${value}`)
  return match?.[1] ?? match?.[2] ?? ''
}

/** Header fields for a page: the names as the network wrote them, values of one name joined by commas. */
export function headersOf(text: string): Readonly<Record<string, string>> {
  const values = new Map<string, string[]>()
  for (const { label, value } of readText(text)?.fields ?? []) {
    const known = values.get(label)
    if (known) known.push(value)
    else values.set(label, [value])
  }
  return Object.freeze(Object.fromEntries([...values].map(([name, all]) => [name, all.join(', ')])))
}

/** Fields that belong to the dialog, not to the page. */
const reserved =
  /^(via|v|from|f|to|t|call-id|i|cseq|contact|m|max-forwards|content-.*|c|e|l|route|record-route|(proxy-)?authorization|require|supported|k|replaces|session-expires|x|allow)$/i

/**
 * Header lines of what a page wants to send.
 *
 * @throws {TypeError} for a field that is not a page's to set, or a value that would begin another field.
 */
export function headerFields(headers: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(headers).map(([name, value]) => {
    if (!/^[\w.!%*+`'~-]+$/.test(name) || reserved.test(name)) {
      throw new TypeError(`The header field ${name} cannot be set; use a name of your own, such as X-Order`)
    }
    if (/[\u0000-\u001f\u007f]/.test(value)) throw new TypeError(`The value of ${name} holds a control character`)
    return `${name}: ${value}`
  })
}
