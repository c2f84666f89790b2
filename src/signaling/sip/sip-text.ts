/** A header field: its value with folded lines joined, and its name as it came and in its long form. */
export interface SipField {
  /** The long form, in lower case. */
  readonly name: string
  readonly label: string
  readonly value: string
}

/** A SIP message (RFC 3261, 7) taken apart, without a look at what it means. */
export interface SipText {
  readonly first: string
  readonly fields: readonly SipField[]
  readonly body: string
}

/** Compact forms of names (RFC 3261, 7.3.3, and what came after it). */
const compact: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
}

export function field(name: string, value: string): SipField {
  return { name: name.toLowerCase(), label: name, value }
}

/** Takes a message apart; `null` when it is none (a keep-alive, an empty frame). */
export function readText(text: string): SipText | null {
  const end = text.indexOf('\r\n\r\n')
  if (end <= 0) return null
  const [first = '', ...lines] = text
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n')
  const fields: SipField[] = []
  for (const line of lines) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const label = line.slice(0, colon).trim()
    const key = label.toLowerCase()
    fields.push(field(Object.hasOwn(compact, key) ? (compact[key] ?? label) : label, line.slice(colon + 1).trim()))
  }
  return { first, fields, body: text.slice(end + 4) }
}

export function writeText({ first, fields, body }: SipText): string {
  return [first, ...fields.map(({ label, value }) => `${label}: ${value}`), '', body].join('\r\n')
}

/** The first field of this name, in lower case; `undefined` when there is none. */
export function valueOf({ fields }: SipText, name: string): string | undefined {
  return fields.find((each) => each.name === name)?.value
}

/** All values of a field that holds a list of tokens. */
export function tokensOf({ fields }: SipText, name: string): readonly string[] {
  return fields
    .filter((each) => each.name === name)
    .flatMap(({ value }) => value.split(','))
    .map((token) => token.trim())
    .filter((token) => token !== '')
}

/** The parts of a list, where a comma outside of quotes and angle brackets parts them. */
export function listOf(value: string): readonly string[] {
  const parts: string[] = []
  let quoted = false
  let bracketed = false
  let start = 0
  for (let index = 0; index < value.length; index++) {
    const sign = value[index]
    if (quoted) {
      if (sign === '\\') index++
      else if (sign === '"') quoted = false
    } else if (sign === '"') quoted = true
    else if (sign === '<') bracketed = true
    else if (sign === '>') bracketed = false
    else if (sign === ',' && !bracketed) {
      parts.push(value.slice(start, index).trim())
      start = index + 1
    }
  }
  parts.push(value.slice(start).trim())
  return parts.filter((part) => part !== '')
}
