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

/** Compact forms (RFC 3261, 7.3.3) of the header fields that are read here. */
const compact: Readonly<Record<string, string>> = { i: 'call-id', f: 'from', t: 'to', m: 'contact', v: 'via' }

/** The text of the header fields, one string each, with folded lines joined. */
function headerLines(head: string): readonly string[] {
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
}

/** Reads a message; `null` when it is none (a keep-alive, an empty frame). */
export function readMessage(text: string): SipMessage | null {
  const end = text.indexOf('\r\n\r\n')
  if (end <= 0) return null
  const [first = '', ...lines] = headerLines(text.slice(0, end))
  const response = /^SIP\/2\.0 (\d{3}) ?(.*)$/.exec(first)
  const headers = new Map<string, string[]>()
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim().toLowerCase()
    const key = compact[name] ?? name
    headers.set(key, [...(headers.get(key) ?? []), line.slice(colon + 1).trim()])
  }
  const method = response ? (headers.get('cseq')?.[0]?.split(/\s+/)[1] ?? '') : (first.split(' ')[0] ?? '')
  return { method, status: Number(response?.[1] ?? 0), reason: response?.[2] ?? '', headers, body: text.slice(end + 4) }
}

/** The first header field of this name, in lower case; empty when there is none. */
export function header(message: SipMessage, name: string): string {
  return message.headers.get(name)?.[0] ?? ''
}

/** The value of a parameter of a header field, `tag` of `<sip:bob@example.com>;tag=1`; quotes removed. */
export function parameter(value: string, name: string): string {
  const match = new RegExp(`[;,\\s]${name}\\s*=\\s*(?:"([^"]*)"|([^;,\\s]+))`, 'i').exec(` ${value}`)
  return match?.[1] ?? match?.[2] ?? ''
}

/** Header fields for a page: the names as the network wrote them, values of one name joined by commas. */
export function headersOf(text: string): Readonly<Record<string, string>> {
  const end = text.indexOf('\r\n\r\n')
  const headers: Record<string, string> = {}
  for (const line of headerLines(text.slice(0, Math.max(end, 0))).slice(1)) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const name = line.slice(0, colon).trim()
    const value = line.slice(colon + 1).trim()
    headers[name] = Object.hasOwn(headers, name) ? `${headers[name] ?? ''}, ${value}` : value
  }
  return Object.freeze(headers)
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
