import type { JanusCandidate, Jsep } from './janus-message.ts'

/*
 * The little that a conference reads in the descriptions that pass through it, and what it writes itself.
 */

const mirrored: Readonly<Record<string, string>> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
}

const direction = /^a=(sendrecv|sendonly|recvonly|inactive)\r?$/m

const sectionsOf = (sdp: string): readonly string[] => sdp.split(/^(?=m=)/m)

const midOf = (section: string): string => /^a=mid:(\S+)/m.exec(section)?.[1] ?? '0'

/** By what a path of this party is known, `ice-ufrag`; another one is another path (RFC 8839, 4.4.1.1.1). */
export const credentialsOf = (sdp: string): string | undefined => /^a=ice-ufrag:(\S+)/m.exec(sdp)?.[1]

/** Whether candidates are in it already. */
export const hasCandidates = (sdp: string): boolean => /^a=candidate:/m.test(sdp)

/** Whether the party that wrote this offer does not want to hear anything: a hold (RFC 3264, 8.4). */
export function isHold(offer: string): boolean {
  const audio = sectionsOf(offer).find((section) => section.startsWith('m=audio ')) ?? ''
  const [, asked = 'sendrecv'] = direction.exec(audio) ?? []
  return asked === 'sendonly' || asked === 'inactive'
}

/**
 * An offer for a connection that had another far side before: the numbers of header extensions cannot be given anew
 * (RFC 8285, 6), so it has none.
 */
export const withoutExtensions = (offer: string): string => offer.replace(/^a=extmap.*\r?\n/gm, '')

/**
 * An offer of pictures whose tracks bear ids of their own (RFC 8830, 2). Those of every room of Janus are alike, and a
 * browser does not put a picture into the stream of a sound that has the same id.
 */
export const withPictureIds = (offer: string): string => offer.replace(/\b(msid:\S+ )(?=\S)/g, '$1picture-')

/** The candidates of a fragment (RFC 8840, 4.4). */
export function candidatesOf(sdpfrag: string): readonly JanusCandidate[] {
  let sdpMid = '0'
  const candidates: JanusCandidate[] = []
  for (const line of sdpfrag.split(/\r?\n/)) {
    if (line.startsWith('a=mid:')) sdpMid = line.slice('a=mid:'.length)
    else if (line.startsWith('a=candidate:')) candidates.push({ candidate: line.slice('a='.length), sdpMid })
  }
  return candidates
}

/** A section that is not taken (RFC 3264, 6). */
function refused(section: string): string {
  const [, kind = 'video', protocol = 'UDP/TLS/RTP/SAVPF', format = '0'] =
    /^m=(\S+) \d+ (\S+) (\S+)/.exec(section) ?? []
  return `m=${kind} 0 ${protocol} ${format}\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:${midOf(section)}\r\n`
}

/**
 * The answer to a later offer on a connection that a room offered. AudioBridge takes no offer there, but what changes,
 * the direction of the sound, needs nothing of it: the answer follows from what it offered at first.
 *
 * @param path `credentialsOf` the other side's first answer
 * @returns `null` when the offer asks for a new path, which only the room could give
 */
export function laterAnswer(roomOffer: string, offer: string, path: string | undefined): string | null {
  if (path !== undefined && credentialsOf(offer) !== path) return null
  const [session = '', audio = ''] = sectionsOf(roomOffer)
  const [, wanted = '', ...others] = sectionsOf(offer)
  const [, theirs = 'sendrecv'] = direction.exec(wanted) ?? []
  const ours = audio
    .replace(direction, `a=${mirrored[theirs] ?? 'sendrecv'}\r`)
    // The other side chose the active part of DTLS when it was asked (RFC 5763, 5).
    .replace(/^a=setup:actpass/m, 'a=setup:passive')
    .replace(/^a=mid:\S+/m, `a=mid:${midOf(wanted)}`)
  return [session, ours, ...others.map(refused)].join('')
}

const directed = (description: string, to: string): string => description.replace(direction, `a=${to}\r`)

const flowing = (description: string): string => directed(description, 'sendrecv')

/** The same description with no sound either way. */
export const stopped = (description: string): string => directed(description, 'inactive')

/**
 * An offer that stops the sound of a connection both ways, or lets it flow again. AudioBridge makes no further offer on a
 * connection: what changes, the direction, needs nothing of it.
 *
 * @param description what the room said of the connection last, as its offer or its answer
 * @param revision how many such offers there were before; each has a version of its own (RFC 3264, 8)
 */
export function holdOffer(description: string, held: boolean, revision: number): string {
  const [session = '', audio = '', ...others] = sectionsOf(description)
  const next = (_: string, start: string, version: string): string =>
    `${start}${BigInt(version) + BigInt(revision + 1)}`
  const offered = (held ? stopped(audio) : flowing(audio))
    // Who is the active part of DTLS stays as it was, no matter which side offers (RFC 8842, 5.5).
    .replace(/^a=setup:\S+/m, 'a=setup:actpass')
  return [session.replace(/^(o=\S+ \S+ )(\d+)/m, next), offered, ...others].join('')
}

/** All candidates of a description that has some are in it: Janus need not wait for more, and takes those that come. */
export const offered = (type: Jsep['type'], sdp: string): Jsep => ({ type, sdp, trickle: !hasCandidates(sdp) })
