/*
 * The little that a new far side needs of the descriptions which pass: a client of the original protocol takes it by an
 * offer on the connection it has, so the offer has to have the sections of that connection, in its order, under its
 * names (RFC 9429, 5.2.2 and 5.10).
 */

const sectionsOf = (sdp: string): readonly string[] => sdp.split(/^(?=m=)/m)

const kindOf = (section: string): string => /^m=(\S+)/.exec(section)?.[1] ?? ''

const midOf = (section: string, place: number): string => /^a=mid:(\S+)/m.exec(section)?.[1] ?? String(place)

const named = (section: string, mid: string): string => section.replace(/^a=mid:\S+/m, `a=mid:${mid}`)

/** A section that is not taken (RFC 3264, 6). */
const absent = (kind: string, mid: string): string =>
  `m=${kind} 0 UDP/TLS/RTP/SAVPF 0\r\nc=IN IP4 0.0.0.0\r\na=inactive\r\na=mid:${mid}\r\n`

const isRefused = (section: string): boolean => /^m=\S+ 0 /.test(section)

/** The lines that say by which path a section goes, and whose it is. */
const pathLine = /^a=(?:ice-ufrag|ice-pwd|ice-options|fingerprint|setup):.*\r?\n/gm
const ownLine = /^a=(?:candidate:|end-of-candidates|ssrc|msid:|extmap).*\r?\n/gm

/**
 * What stands for a section of the connection that the new far side has not: nothing flows by it, on the path of the
 * others, so that it can be used later.
 */
function idle(section: string, kind: string, mid: string, path: string): string {
  if (isRefused(section) || path === '') return absent(kind, mid)
  const still = section.replace(ownLine, '').replace(pathLine, '')
  return still.replace(/^a=(?:sendrecv|sendonly|recvonly|inactive)\r?\n/m, `a=inactive\r\n${path}`)
}

/** The session part, its bundle made of the sections that are not refused. */
function bundled(session: string, sections: readonly string[]): string {
  const mids = sections.filter((section) => !isRefused(section)).map(midOf)
  return session.replace(/^a=group:BUNDLE.*$/m, () => `a=group:BUNDLE ${mids.join(' ')}\r`).replace(/\r\r/g, '\r')
}

/** An offer of one connection, made fit for another. */
export interface FittedOffer {
  readonly sdp: string
  /** The answer to it, as the connection that offered takes it. */
  answer(sdp: string): string
}

/**
 * Makes `offer` one for a connection that described itself as `own` last. The numbers of header extensions cannot be
 * given anew on it (RFC 8285, 6), so it has none.
 */
export function fitOffer(offer: string, own: string): FittedOffer {
  const [session = '', ...offered] = sectionsOf(offer.replace(/^a=extmap.*\r?\n/gm, ''))
  const [, ...places] = sectionsOf(own)
  const left = offered.map((section, place) => ({ section, mid: midOf(section, place) }))
  const mids = new Map<string, string>()
  const isBundled = /^a=group:BUNDLE/m.test(session)
  const path =
    (isBundled &&
      offered
        .find((section) => !isRefused(section))
        ?.match(pathLine)
        ?.join('')) ||
    ''
  const sections = places.map((place, index) => {
    const mid = midOf(place, index)
    const found = left.findIndex(({ section }) => kindOf(section) === kindOf(place))
    const [match] = found < 0 ? [] : left.splice(found, 1)
    if (!match) return idle(place, kindOf(place), mid, path)
    mids.set(match.mid, mid)
    return named(match.section, mid)
  })
  const taken = new Set(places.map(midOf))
  for (const { section, mid } of left) {
    const name = taken.has(mid) ? `new-${mid}` : mid
    mids.set(mid, name)
    sections.push(named(section, name))
  }
  return {
    sdp: [bundled(session, sections), ...sections].join(''),
    answer(sdp) {
      const [head = '', ...answered] = sectionsOf(sdp)
      const back = offered.map((section, place) => {
        const mid = midOf(section, place)
        const reply = answered.find((candidate, index) => midOf(candidate, index) === mids.get(mid))
        return reply ? named(reply, mid) : absent(kindOf(section), mid)
      })
      return [bundled(head, back), ...back].join('')
    },
  }
}

/**
 * An offer that a device can ring and be answered with, of a side that makes none itself: what `own` describes, on a
 * path that leads nowhere.
 */
export function pathlessOffer(own: string): string {
  const [session = '', ...sections] = sectionsOf(own)
  const open = sections.map((section) =>
    kindOf(section) === 'audio' ? section.replace(/^a=(?:sendonly|recvonly|inactive)/m, 'a=sendrecv') : section,
  )
  return [session, ...open]
    .join('')
    .replace(/^a=(?:candidate|end-of-candidates).*\r?\n/gm, '')
    .replace(/^a=ice-ufrag:\S+/gm, 'a=ice-ufrag:none')
    .replace(/^a=ice-pwd:\S+/gm, 'a=ice-pwd:nobody-listens-at-this-end')
    .replace(/^a=setup:\S+/gm, 'a=setup:actpass')
}
