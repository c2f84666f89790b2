import { readableUri } from './disguise.ts'
import { isReadable as isReadableBy } from './parsed-once.ts'
import { listOf } from './sip-text.ts'

/** An address with what belongs to it: `"Bob" <sip:bob@example.com>;tag=1`. */
interface AddressParts {
  readonly name: string
  readonly uri: string
  /** Parameters of the field, `;tag=1`. */
  readonly parameters: string
}

/** Where the quoted text ends that `value` begins with; -1 when it does not end. */
function endOfQuote(value: string): number {
  for (let index = 1; index < value.length; index++) {
    if (value[index] === '\\') index++
    else if (value[index] === '"') return index
  }
  return -1
}

function unquoted(text: string): string {
  return text.replace(/\\(.)/g, '$1')
}

/** Takes an address apart, however its name is written; `null` when quotes or brackets do not end. */
export function addressParts(value: string): AddressParts | null {
  const text = value.trim()
  const quoted = text.startsWith('"')
  const end = quoted ? endOfQuote(text) : -1
  if (quoted && end < 0) return null
  const open = text.indexOf('<', end + 1)
  if (open < 0) {
    if (quoted) return null
    const semicolon = text.indexOf(';')
    const uri = semicolon < 0 ? text : text.slice(0, semicolon)
    return { name: '', uri: uri.trim(), parameters: semicolon < 0 ? '' : text.slice(semicolon) }
  }
  const close = text.indexOf('>', open)
  if (close < 0) return null
  return {
    name: quoted ? unquoted(text.slice(1, end)) : text.slice(0, open).trim(),
    uri: text.slice(open + 1, close).trim(),
    parameters: text.slice(close + 1).trim(),
  }
}

/** The address as the grammar wants it, or `null` when there is none in it. */
function repaired(value: string, change: (uri: string) => string = (uri) => uri): string | null {
  const parts = addressParts(value)
  const uri = parts && readableUri(change(parts.uri))
  if (!parts || !uri) return null

  const name = parts.name.replace(/[\u0000-\u001f\u007f]/g, ' ').replace(/["\\]/g, '\\$&')
  return `${name && `"${name}" `}<${uri}>${parts.parameters}`
}

/** Only the parameter that tells a dialog. */
function withTagAlone(value: string): string {
  const tag = /;\s*tag\s*=\s*([\w.!%*+`'~-]+)/i.exec(value.slice(value.lastIndexOf('>')))?.[1]
  return value.slice(0, value.lastIndexOf('>') + 1) + (tag ? `;tag=${tag}` : '')
}

/**
 * The value of an address field as JsSIP's grammar can read it by `rule`: as it came where it can, repaired where its
 * meaning is plain, without the members of a list that cannot be understood. `null` when nothing is left.
 *
 * `change` may give another address for one.
 */
export function readableAddress(value: string, rule: string, change?: (uri: string) => string): string | null {
  const isReadable = (text: string) => isReadableBy(text, rule)
  if (!change && isReadable(value)) return value
  const isList = /^(Contact|Record_Route|Route)$/.test(rule)
  const members = isList ? listOf(value) : [value]
  const readable = members.flatMap((member) => {
    if (!change && isReadable(member)) return [member]
    const whole = repaired(member, change)
    if (whole === null) return []
    return [whole, withTagAlone(whole)].find(isReadable) ?? []
  })
  return readable.length > 0 ? readable.join(', ') : null
}
