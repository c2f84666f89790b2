import { field, readText, valueOf, type SipField, type SipText } from './sip-text.ts'

/** What a message carries: a description of media, nothing that must be understood, or something that must and cannot. */
export type SipBody =
  | { readonly kind: 'sdp'; readonly sdp: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown'; readonly fields: readonly SipField[] }

/** Parts of a body that are looked at, and bodies within bodies: more than anybody sends. */
const partLimit = 32
const depthLimit = 3

const unknownType: SipBody = { kind: 'unknown', fields: [field('Accept', 'application/sdp')] }
const encoded: SipBody = { kind: 'unknown', fields: [field('Accept-Encoding', 'identity')] }

/** The text between the delimiters of a multipart body (RFC 2046, 5.1.1). */
function partsOf(body: string, boundary: string): readonly string[] {
  const [, ...parts] = `\r\n${body}`.split(`\r\n--${boundary}`, partLimit + 1)
  const inner: string[] = []
  for (const part of parts) {
    if (part.startsWith('--')) break
    // What a delimiter's line holds beside it means nothing.
    const line = part.indexOf('\r\n')
    if (line >= 0) inner.push(part.slice(line + 2))
  }
  return inner
}

/** A part, as if it were a message: it may have no fields at all. */
function readPart(part: string): SipText {
  if (part.startsWith('\r\n')) return { first: '', fields: [], body: part.slice(2) }
  return readText(`part\r\n${part}`) ?? { first: '', fields: [], body: '' }
}

/**
 * The media description of a message, wrapped in any way (RFC 3261, 7.4.1; RFC 5621, 3). Parts that need not be
 * understood are left out.
 */
export function bodyOf(message: SipText, depth = 0): SipBody {
  if (message.body.trim() === '') return { kind: 'none' }
  const isOptional = /;\s*handling\s*=\s*"?optional\b/i.test(valueOf(message, 'content-disposition') ?? '')
  const encoding = valueOf(message, 'content-encoding')?.trim() ?? 'identity'
  if (encoding.toLowerCase() !== 'identity') return isOptional ? { kind: 'none' } : encoded
  const type = valueOf(message, 'content-type') ?? (depth === 0 ? '' : 'text/plain')
  const [name = ''] = type.split(';')
  const kind = name.trim().toLowerCase()
  if (kind === 'application/sdp') return { kind: 'sdp', sdp: message.body }
  if (kind.startsWith('multipart/') && depth < depthLimit) {
    const [, quoted, bare] = /;\s*boundary\s*=\s*(?:"([^"]*)"|([^\s;]+))/i.exec(type) ?? []
    const boundary = quoted ?? bare
    if (!boundary) return unknownType
    const bodies = partsOf(message.body, boundary).map((part) => bodyOf(readPart(part), depth + 1))
    const sdp = bodies.find((body) => body.kind === 'sdp')
    // Of alternatives one is enough.
    const unknown = kind === 'multipart/alternative' && sdp ? undefined : bodies.find((body) => body.kind === 'unknown')
    return unknown ?? sdp ?? { kind: 'none' }
  }
  return isOptional ? { kind: 'none' } : unknownType
}
