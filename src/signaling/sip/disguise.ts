import { newId } from '../../place/new-id.ts'
import { isReadable as isReadableBy } from './parsed-once.ts'

/*
 * JsSIP reads `sip:` addresses of the strictest form alone, and drops a message with any other. An address it cannot
 * read goes in disguised as one it can, and comes out again in all that we send: in From and To, which must be echoed
 * as they came, and as the target of requests (RFC 3261, 8.1.1.5, 8.2.6.2, 12.2.1.1).
 */

/** In no message but those disguised here: nobody outside can make us write an address of their choice. */
const mark = `d${newId().slice(0, 8)}.invalid`
const numbers = `@tel.${mark}`
const others = `@uri.${mark}`
const hostEnd = `.${mark}`

/** No sign that would end an address, a field or a line. */
const harmless = /^[\u0021\u0023-\u003b\u003d\u003f-\u007e]+$/

const isReadable = (uri: string): boolean => isReadableBy(uri, 'SIP_URI')

/** A percent sign that begins no escape is one, and so is a sign that a user part must not have (RFC 3261, 25.1). */
function escapedUser(user: string): string {
  return user
    .replace(/%(?![\da-f]{2})/gi, '%25')
    .replace(/[^\w.!~*'()&=+$,;?/%:-]/g, (sign) => encodeURIComponent(sign))
}

/** A host as the grammar wants it: no name may begin its last label with a digit, though machines are called so. */
function readableHost(host: string): string {
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:;?]*)(.*)$/.exec(host) ?? []
  const isNumber = /^[\d.]+$/.test(name) || name.startsWith('[')
  return isNumber || name === '' ? host : `${name}${hostEnd}${port}`
}

/** An address as JsSIP can read it; `null` when it is none. */
export function readableUri(uri: string): string | null {
  if (isReadable(uri)) return uri
  if (!harmless.test(uri)) return null
  const [, scheme = '', rest = ''] = /^([a-z][a-z\d+.-]*):(.*)$/i.exec(uri) ?? []
  const candidates: string[] = []
  if (/^tel$/i.test(scheme)) {
    const [number = '', ...parameters] = rest.split(';')
    candidates.push([`sip:${escapedUser(number)}${numbers}`, ...parameters].join(';'))
  } else if (/^sips?$/i.test(scheme)) {
    // A user part may hold everything but this sign; parameters and header fields behind the host may not either.
    const at = rest.lastIndexOf('@')
    const user = at < 0 ? '' : `${escapedUser(rest.slice(0, at))}@`
    const host = rest.slice(at + 1)
    candidates.push(`${scheme}:${user}${host}`, `${scheme}:${user}${readableHost(host)}`)
  }
  if (scheme) candidates.push(`sip:${encodeURIComponent(uri)}${others}`)
  return candidates.find(isReadable) ?? null
}

/** As `text`, where `end` follows an address: its `sip:` address given to `restore`. */
function restored(text: string, end: string, restore: (user: string) => string | null): string {
  const pieces = text.split(end)
  const last = pieces.pop() ?? ''
  const before = pieces.map((piece) => {
    const start = piece.lastIndexOf('sip:')
    const address = start < 0 ? null : restore(piece.slice(start + 4))
    return address === null ? piece + end : piece.slice(0, start) + address
  })
  return [...before, last].join('')
}

function decoded(user: string): string | null {
  try {
    const uri = decodeURIComponent(user)
    return harmless.test(uri) ? uri : null
  } catch {
    return null
  }
}

/** The text with every address as the network wrote it. */
export function undisguised(text: string): string {
  if (!text.includes(mark)) return text
  const withNumbers = restored(text, numbers, (number) => `tel:${number}`)
  return restored(withNumbers, others, decoded).replaceAll(hostEnd, '')
}

/** The host of a name or of a Via, disguised where it must be. */
export const readableName = readableHost
