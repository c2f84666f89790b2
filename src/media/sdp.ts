import type { ConnectionSettings } from './connection-settings.ts'
import type { MediaType, TrackKind } from './media-type.ts'

type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** The lines of a description that speak of media before sections, and each section's own. */
function sections(sdp: string): readonly string[] {
  return sdp.split(/^(?=m=)/m)
}

/** The direction of the first section of this kind; `null` where there is none or its port is 0 (RFC 8866, 5.14). */
export function directionOf(sdp: string, kind: TrackKind): Direction | null {
  const [session = '', ...media] = sections(sdp)
  const section = media.find((text) => text.startsWith(`m=${kind} `))
  // RFC 8843, 6: a section at port 0 that is bundle-only is not refused.
  if (!section || (/^m=\w+ 0 /.test(section) && !/^a=bundle-only\r?$/m.test(section))) return null
  // RFC 3264, 8.4: before the direction attributes a hold was this address; with ICE it only means that none is known.
  if (/^c=IN IP4 0\.0\.0\.0\r?$/m.test(section) && !/^a=ice-ufrag:/m.test(sdp)) return 'inactive'
  const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m
  return ((direction.exec(section) ?? direction.exec(session))?.[1] as Direction | undefined) ?? 'sendrecv'
}

/** What the party that wrote this description sends: video when its audio and its video section both send. */
export function mediaTypeOf(sdp: string): MediaType {
  const video = directionOf(sdp, 'video')
  return video === 'sendrecv' || video === 'sendonly' ? 'video' : 'audio'
}

/** Whether the party that wrote this offer does not want to hear us: a hold (RFC 3264, 8.4). */
export function isHold(sdp: string): boolean {
  const audio = directionOf(sdp, 'audio')
  return audio === 'sendonly' || audio === 'inactive'
}

/** Whether a candidate may leave, or be used, under these settings. */
export function isAllowedCandidate(candidate: string, settings: ConnectionSettings): boolean {
  const [, , , , address = '', , , type = ''] = candidate.replace(/^a=/, '').split(' ')
  if (settings.iceTransport === 'none') return false
  if (settings.iceTransport === 'relay' && type !== 'relay') return false
  return settings.ipv6 || !address.includes(':')
}

/** The description without the candidates that these settings forbid. */
export function withoutForbiddenCandidates(sdp: string, settings: ConnectionSettings): string {
  return sdp.replace(/^a=candidate:.*\r?\n/gm, (line) => (isAllowedCandidate(line.trim(), settings) ? line : ''))
}

/** Names of the codecs that the active sections settled on, `['opus', 'VP8']`: the first of each section. */
export function codecsOf(sdp: string): readonly string[] {
  return sections(sdp)
    .slice(1)
    .flatMap((section) => {
      const [, port, first] = /^m=(?:audio|video) (\d+) \S+ (\d+)/.exec(section) ?? []
      if (!first || port === '0') return []
      const name = new RegExp(`^a=rtpmap:${first} ([^/]+)/`, 'm').exec(section)?.[1]
      return name ? [name] : []
    })
}

/** Codecs by the payload types that are theirs without being said (RFC 3551, 6). */
const fixedPayloads: Readonly<Record<string, string>> = {
  0: 'pcmu',
  3: 'gsm',
  4: 'g723',
  8: 'pcma',
  9: 'g722',
  15: 'g728',
  18: 'g729',
}

/** Codecs that carry no sound of their own. */
const companions: ReadonlySet<string> = new Set(['telephone-event', 'cn', 'red', 'rtx', 'ulpfec', 'flexfec-03'])

/** Whether the section holds a codec of `codecs`, names in lower case. */
function isUsable(section: string, codecs: ReadonlySet<string>): boolean {
  const [line = '', ...attributes] = section.split(/\r?\n/)
  const names = new Map<string, string>()
  for (const attribute of attributes) {
    const [, type, name] = /^a=rtpmap:(\d+) ([^/\s]+)\//.exec(attribute) ?? []
    if (type && name) names.set(type, name.toLowerCase())
  }
  return line
    .split(' ')
    .slice(3)
    .some((type) => {
      const name = names.get(type) ?? fixedPayloads[type] ?? ''
      return codecs.has(name) && !companions.has(name)
    })
}

/**
 * Whether this side can take part in what an offer wants: in its sound where it has some, else in its picture. `codecs`
 * are the ones of each kind, names in lower case. An offer that closes all its sections wants nothing.
 */
export function isAcceptable(sdp: string, codecs: Readonly<Record<TrackKind, ReadonlySet<string>>>): boolean {
  const [, ...media] = sections(sdp)
  for (const kind of ['audio', 'video'] as const) {
    const open = media.filter((text) => text.startsWith(`m=${kind} `) && !/^m=\w+ 0 /.test(text))
    if (open.length > 0) return open.some((section) => isUsable(section, codecs[kind]))
  }
  return true
}

/** What may answer each direction (RFC 3264, 6.1). */
const answers: Readonly<Record<Direction, readonly Direction[]>> = {
  sendrecv: ['sendrecv', 'sendonly', 'recvonly', 'inactive'],
  sendonly: ['recvonly', 'inactive'],
  recvonly: ['sendonly', 'inactive'],
  inactive: ['inactive'],
}

/**
 * The description with a direction in each section that is meant for it: one said for the whole session (RFC 8866, 6.7),
 * which Chromium does not read; and in an answer one that fits `offer`. Servers answer a hold by `sendrecv`.
 */
export function withDirections(sdp: string, offer?: string): string {
  const offered =
    offer === undefined
      ? []
      : sections(offer)
          .slice(1)
          .map((section) => directionIn(section) ?? 'sendrecv')
  const [session = '', ...media] = sections(sdp)
  const whole = directionIn(session)
  const written = media.map((section, index) => {
    const own = directionIn(section)
    const said = own ?? whole ?? 'sendrecv'
    const fitting = answers[offered[index] ?? 'sendrecv']
    const direction = fitting.includes(said) ? said : (fitting[0] ?? said)
    if (own === direction || (own === null && direction === 'sendrecv')) return section
    if (own !== null) return section.replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)(\r?)$/m, `a=${direction}$1`)
    return `${section.trimEnd()}\r\na=${direction}\r\n`
  })
  return [session, ...written].join('')
}

function directionIn(text: string): Direction | null {
  return (/^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m.exec(text)?.[1] as Direction | undefined) ?? null
}
