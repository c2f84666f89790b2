/** What a section of a description says of its RTP stream. */
interface Section {
  readonly kind: string
  /** Port 0 and not bundle-only: there is no stream, and the section may become another (RFC 3264, 6; RFC 8843, 6). */
  readonly closed: boolean
  readonly mid: string | null
  /** Codecs by payload type, `opus/48000/2`. */
  readonly codecs: ReadonlyMap<string, string>
  /** Header extensions by local identifier. */
  readonly extensions: ReadonlyMap<string, string>
}

interface Description {
  readonly sections: readonly Section[]
  /** The mids of each BUNDLE group. */
  readonly bundles: readonly (readonly string[])[]
}

/** A mapping that was seen, and what it was first seen as. */
type Mapping = Map<string, string>

/** A stream as all descriptions so far had it. */
interface Stream {
  kind: string
  mid: string | null
  closed: boolean
  codecs: Mapping
  extensions: Mapping
}

/** Names are compared without case, and one channel need not be said (RFC 8866, 6.6). */
function codecOf(text: string): string {
  return text.trim().toLowerCase().replace(/\/1$/, '')
}

/** A description that contradicts itself where it stands. */
class Contradiction extends Error {}

function put(map: Mapping, key: string, value: string, what: string): void {
  const known = map.get(key)
  if (known !== undefined && known !== value) throw new Contradiction(`${what} ${key} is ${known} and ${value}`)
  map.set(key, value)
}

function read(sdp: string): Description {
  const bundles: (readonly string[])[] = []
  const sections: { -readonly [Key in keyof Section]: Section[Key] }[] = []
  let codecs: Mapping = new Map()
  let extensions: Mapping = new Map()
  for (const line of sdp.split(/\r?\n/)) {
    const section = sections.at(-1)
    if (line.startsWith('m=')) {
      codecs = new Map()
      extensions = new Map()
      const [kind = '', port = ''] = line.slice(2).split(' ')
      sections.push({ kind, closed: /^0(\/|$)/.test(port), mid: null, codecs, extensions })
    } else if (line.startsWith('a=group:BUNDLE')) bundles.push(line.slice(14).split(' ').filter(Boolean))
    else if (!section) continue
    else if (line === 'a=bundle-only') section.closed = false
    else if (line.startsWith('a=mid:')) section.mid = line.slice(6).trim()
    else if (line.startsWith('a=rtpmap:')) {
      const space = line.indexOf(' ')
      if (space > 0) put(codecs, line.slice(9, space), codecOf(line.slice(space)), 'Payload type')
    } else if (line.startsWith('a=extmap:')) {
      const [id = '', uri = '', inner = ''] = line.slice(9).split(' ')
      const [number = ''] = id.split('/')
      put(extensions, number, uri.endsWith(':encrypt') ? `${uri} ${inner}` : uri, 'Header extension')
    }
  }
  return { sections, bundles }
}

/** RFC 8285, 4.3 and 7: one or two bytes, or a number of those that wait for one. */
function isExtensionId(id: string): boolean {
  const number = /^\d{1,4}$/.test(id) ? Number(id) : 0
  return (number >= 1 && number <= 255) || (number >= 4096 && number <= 4351)
}

/** RFC 8843, 7.2 and 9: who is bundled is named once, is there, and shares numbers with the same meaning. */
function checkBundles({ sections, bundles }: Description): void {
  const byMid = new Map<string, Section>()
  for (const section of sections) {
    if (section.mid === null) continue
    if (byMid.has(section.mid)) throw new Contradiction(`Two sections have the mid ${section.mid}`)
    byMid.set(section.mid, section)
  }
  const bundled = new Set<string>()
  for (const group of bundles) {
    const codecs: Mapping = new Map()
    const extensions: Mapping = new Map()
    for (const mid of group) {
      const section = byMid.get(mid)
      if (!section) throw new Contradiction(`There is no section with the mid ${mid} of a group`)
      if (bundled.has(mid)) throw new Contradiction(`The mid ${mid} is in a group twice`)
      bundled.add(mid)
      if (section.closed) continue
      for (const [type, codec] of section.codecs) put(codecs, type, codec, 'Payload type')
      for (const [id, uri] of section.extensions) put(extensions, id, uri, 'Header extension')
    }
  }
}

/**
 * What the descriptions of one session said so far, both sides'. A number keeps its meaning for the life of its stream:
 * a browser that is offered another one may do anything, up to the end of its tab. So an offer is held against this
 * before the browser sees it.
 */
export class SdpHistory {
  #streams: Stream[] = []
  /** The group of each mid, as its first member. */
  #groups: Mapping = new Map()

  /** What is wrong with a description, or `null`. */
  faultOf(sdp: string): string | null {
    try {
      const description = read(sdp)
      checkBundles(description)
      this.#compare(description)
      return null
    } catch (error) {
      if (error instanceof Contradiction) return error.message
      throw error
    }
  }

  /** Takes a description that both sides settled on. */
  learn(sdp: string): void {
    let description: Description
    try {
      description = read(sdp)
    } catch (error) {
      // Ours, or one the browser took before there was anything to hold it against.
      if (error instanceof Contradiction) return
      throw error
    }
    for (const [index, section] of description.sections.entries()) {
      const known = this.#streams[index]
      const stream: Stream =
        known && !(known.closed && !section.closed)
          ? known
          : { kind: section.kind, mid: null, closed: false, codecs: new Map(), extensions: new Map() }
      stream.closed = section.closed
      stream.mid = section.mid ?? stream.mid
      for (const [type, codec] of section.codecs) if (!stream.codecs.has(type)) stream.codecs.set(type, codec)
      for (const [id, uri] of section.extensions) if (!stream.extensions.has(id)) stream.extensions.set(id, uri)
      this.#streams[index] = stream
    }
    for (const group of description.bundles)
      for (const mid of group) if (!this.#groups.has(mid)) this.#groups.set(mid, group[0] ?? '')
  }

  #compare({ sections, bundles }: Description): void {
    // RFC 3264, 8.
    if (sections.length < this.#streams.length) throw new Contradiction('A section is missing')
    for (const [index, section] of sections.entries()) {
      for (const id of section.extensions.keys())
        if (!isExtensionId(id)) throw new Contradiction(`${id} is no number of a header extension`)
      const before = this.#streams[index]
      const elsewhere = this.#streams.findIndex(({ mid, closed }) => mid !== null && mid === section.mid && !closed)
      if (elsewhere >= 0 && elsewhere !== index) throw new Contradiction(`The mid ${section.mid ?? ''} moved`)
      if (!before || before.closed) continue
      if (section.kind !== before.kind) throw new Contradiction(`${before.kind} became ${section.kind}`)
      if (section.mid !== null && before.mid !== null && section.mid !== before.mid)
        throw new Contradiction(`The mid ${before.mid} became ${section.mid}`)
      if (section.closed) continue
      // RFC 3264, 8.3.2, and RFC 8285, 5.
      for (const [type, codec] of section.codecs) put(new Map(before.codecs), type, codec, 'Payload type')
      for (const [id, uri] of section.extensions) put(new Map(before.extensions), id, uri, 'Header extension')
    }
    // RFC 8843, 7.5.3: out of a group, but never into another.
    for (const [tag, ...others] of bundles) {
      const group = this.#groups.get(tag ?? '')
      for (const mid of others) {
        const other = this.#groups.get(mid)
        if (group !== undefined && other !== undefined && group !== other)
          throw new Contradiction(`The mid ${mid} changed its group`)
      }
    }
  }
}
