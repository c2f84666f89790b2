/* Whether two descriptions are of one DTLS association, by what they say of it (RFC 8842, 3.1 and 5.1). */

const openSections = (sdp: string): readonly string[] => {
  const [session = '', ...media] = sdp.split(/^(?=m=)/m)
  return [session, ...media.filter((section) => !/^m=\S+ 0 /.test(section) || /^a=bundle-only\r?$/m.test(section))]
}

/** The values of an attribute, in all that is open. */
const valuesOf = (sdp: string, attribute: RegExp): ReadonlySet<string> =>
  new Set(
    openSections(sdp).flatMap((section) => [...section.matchAll(attribute)].map(([, value = '']) => value.trim())),
  )

const fingerprints = (sdp: string): ReadonlySet<string> =>
  new Set([...valuesOf(sdp, /^a=fingerprint:(.*)$/gm)].map((value) => value.replace(/\s+/, ' ').toLowerCase()))

/** Whether both say something, and nothing of it is the same. */
const differ = (before: ReadonlySet<string>, now: ReadonlySet<string>): boolean =>
  before.size > 0 && now.size > 0 && ![...now].some((value) => before.has(value))

/**
 * Whether the far side's end of the media is another one than before: the media server moved, an exchange joined two
 * calls, the far page was loaded anew.
 */
export function isOtherAssociation(before: string, now: string): boolean {
  return (
    differ(fingerprints(before), fingerprints(now)) ||
    differ(valuesOf(before, /^a=tls-id:(.*)$/gm), valuesOf(now, /^a=tls-id:(.*)$/gm))
  )
}

/** Whether two answers to one offer are of two phones: one phone answers by one ICE agent (RFC 8839, 4.4.1.1). */
export function isOtherAnswerer(before: string, now: string): boolean {
  const agent = /^a=ice-ufrag:(.*)$/gm
  return isOtherAssociation(before, now) || differ(valuesOf(before, agent), valuesOf(now, agent))
}

const pathLine = /^a=(?:ice-ufrag|ice-pwd|fingerprint|setup|tls-id|candidate|end-of-candidates)(?::.*)?\r?\n/gm

const line = (sdp: string, name: string): string => new RegExp(`^a=${name}:.*\\r?\\n`, 'm').exec(sdp)?.[0] ?? ''

/** The role of the far side: of an offer it is known by the answer alone. */
function roleOf(theirs: RTCSessionDescription, ours: RTCSessionDescription): string {
  if (theirs.type === 'answer') return line(theirs.sdp, 'setup')
  return line(ours.sdp, 'setup').includes('active') ? 'a=setup:passive\r\n' : 'a=setup:active\r\n'
}

/**
 * An answer as a connection can take it that is with somebody else: what it says of the media, by the path there is.
 * The connection goes on as it is, until another takes its place.
 */
export function onPathOf(
  { currentRemoteDescription: theirs, currentLocalDescription: ours }: RTCPeerConnection,
  answer: string,
): string {
  if (!theirs || !ours) return answer
  const path = ['ice-ufrag', 'ice-pwd', 'fingerprint'].map((name) => line(theirs.sdp, name)).join('')
  const [session = '', ...media] = answer.replace(pathLine, '').split(/^(?=m=)/m)
  return session + media.map((section) => `${section}${path}${roleOf(theirs, ours)}`).join('')
}
