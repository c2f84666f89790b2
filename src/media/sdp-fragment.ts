/**
 * Candidates on their own, as `application/trickle-ice-sdpfrag` (RFC 8840, 4.4): the credentials of the generation they
 * belong to, and each under the section it is for.
 */
export function writeFragment(candidates: readonly RTCIceCandidate[]): string {
  const byMid = new Map<string, RTCIceCandidate[]>()
  for (const candidate of candidates) {
    const mid = candidate.sdpMid ?? '0'
    byMid.set(mid, [...(byMid.get(mid) ?? []), candidate])
  }
  const ufrag = candidates.find((candidate) => candidate.usernameFragment)?.usernameFragment
  const lines = ufrag ? [`a=ice-ufrag:${ufrag}`] : []
  for (const [mid, of] of byMid) {
    lines.push('m=audio 9 RTP/AVP 0', `a=mid:${mid}`, ...of.map(({ candidate }) => `a=${candidate}`))
  }
  return lines.join('\r\n') + '\r\n'
}

/** The candidates of a fragment, ready for `addIceCandidate`. */
export function readFragment(fragment: string): readonly RTCIceCandidateInit[] {
  let mid: string | null = null
  let usernameFragment: string | null = null
  const candidates: RTCIceCandidateInit[] = []
  for (const line of fragment.split(/\r?\n/)) {
    if (line.startsWith('a=ice-ufrag:')) usernameFragment = line.slice('a=ice-ufrag:'.length)
    else if (line.startsWith('a=mid:')) mid = line.slice('a=mid:'.length)
    else if (line.startsWith('a=candidate:')) {
      candidates.push({ candidate: line.slice(2), sdpMid: mid ?? '0', usernameFragment })
    }
  }
  return candidates
}
