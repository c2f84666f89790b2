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
