import { preferCodecs } from '../../media/codec-preferences.ts'
import type { MediaType, TrackKind } from '../../media/media-type.ts'
import { kindsOf } from '../../media/media-type.ts'
import type { LegMedia } from '../signaling.ts'

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

const sends = (direction: string | null): boolean => direction === 'sendrecv' || direction === 'sendonly'
const receives = (direction: string | null): boolean => direction === 'sendrecv' || direction === 'recvonly'

const isStopped = ({ direction, currentDirection }: RTCRtpTransceiver): boolean =>
  direction === 'stopped' || currentDirection === 'stopped'

/** The direction while this side holds: RFC 3264, 8.4. */
function heldDirection(direction: Direction): Direction {
  return sends(direction) ? 'sendonly' : 'inactive'
}

/** A section of a description, and what this side wants of it. */
export interface Section {
  readonly kind: TrackKind
  readonly wanted: Direction
}

/** One kind of media on a connection, and what this side wants of it. */
interface Line {
  readonly transceiver: RTCRtpTransceiver
  wanted: Direction
  bound: AbortController | null
}

/**
 * The audio and the video line of one connection: what this side wants to send and receive, no matter what was agreed on.
 *
 * A wish takes effect with the next offer or answer.
 */
export class MediaLines {
  readonly #connection: RTCPeerConnection
  readonly #media: LegMedia
  readonly #signal: AbortSignal
  readonly #lines = new Map<TrackKind, Line>()
  /** What was wanted of a kind on the connection before. */
  readonly #wishes = new Map<TrackKind, Direction>()
  #held = false

  /** @param before what a connection wanted whose place this one takes */
  constructor(connection: RTCPeerConnection, media: LegMedia, signal: AbortSignal, before: MediaLines | null = null) {
    this.#connection = connection
    this.#media = media
    this.#signal = signal
    this.#held = before?.held ?? false
    if (before)
      for (const [kind, { wanted }] of before.#lines) if (wanted !== 'inactive') this.#wishes.set(kind, wanted)
    connection.addEventListener('track', ({ transceiver }) => this.#meet(transceiver), { signal })
  }

  get held(): boolean {
    return this.#held
  }

  /** Prepares the first offer. `sections`: of a call that is up. */
  offer(sections?: readonly Section[]): void {
    if (sections) return this.offerAgain({ sections })
    for (const kind of kindsOf(this.#media.mediaType)) this.want(kind, 'sendrecv')
  }

  /** Prepares an offer that takes the place of what `before` agreed on, section by section (RFC 3264, 8). */
  offerAgain({ sections }: { readonly sections: readonly Section[] }): void {
    for (const { kind, wanted } of sections) {
      if (wanted === 'inactive') this.#connection.addTransceiver(kind, { direction: 'inactive' })
      else this.want(kind, wanted)
    }
  }

  /** Takes over each line of an offer that the connection has taken, as it was wanted before. */
  takeOver(): void {
    for (const transceiver of this.#connection.getTransceivers()) this.#meet(transceiver)
  }

  /** The sections of the description, in its order. */
  get sections(): readonly Section[] {
    const order = [...(this.#connection.currentLocalDescription?.sdp ?? '').matchAll(/^a=mid:(\S+)/gm)]
    const transceivers = this.#connection.getTransceivers()
    return order
      .flatMap(([, mid]) => transceivers.filter((transceiver) => transceiver.mid === mid))
      .map((transceiver) => {
        const kind = transceiver.receiver.track.kind as TrackKind
        const isOfUse = this.#lines.get(kind)?.transceiver === transceiver && !isStopped(transceiver)
        return { kind, wanted: isOfUse ? this.wanted(kind) : 'inactive' }
      })
  }

  /** Prepares the answer to an offer that the connection has taken; or an offer, where the caller left it to us. */
  answer(): void {
    if (this.#connection.getTransceivers().length === 0) return this.offer()
    for (const transceiver of this.#connection.getTransceivers()) this.#meet(transceiver)
    for (const [kind, line] of this.#lines) {
      if (isStopped(line.transceiver)) continue
      this.#set(kind, line, kindsOf(this.#media.mediaType).includes(kind) ? 'sendrecv' : 'inactive')
    }
  }

  /** Takes the picture of an offer that is about to be answered, without sending one. */
  receivePicture(): void {
    const line = this.#lines.get('video')
    if (line?.wanted === 'inactive' && line.transceiver.direction !== 'stopped') this.#set('video', line, 'recvonly')
  }

  /** What this side wants of a kind; `inactive` when it has no line. */
  wanted(kind: TrackKind): Direction {
    return this.#lines.get(kind)?.wanted ?? 'inactive'
  }

  /** What was agreed on, as `wanted` sees it: what this side sends and receives. */
  current(kind: TrackKind): { readonly sends: boolean; readonly receives: boolean } {
    const direction = this.#lines.get(kind)?.transceiver.currentDirection ?? null
    return { sends: sends(direction), receives: receives(direction) }
  }

  /** What flows. While both sides hold nothing does, and this is no guide. */
  get mediaType(): MediaType {
    const { sends: out, receives: back } = this.current('video')
    return out || back ? 'video' : 'audio'
  }

  want(kind: TrackKind, direction: Direction): void {
    let line = this.#lines.get(kind)
    if (!line || isStopped(line.transceiver)) {
      if (direction === 'inactive') return
      const { stream } = this.#media.local
      line = {
        transceiver: this.#connection.addTransceiver(kind, { streams: [stream] }),
        wanted: direction,
        bound: null,
      }
      this.#lines.set(kind, line)
      preferCodecs(line.transceiver, this.#media.settings.codecs)
    }
    this.#set(kind, line, direction)
  }

  async setHeld(held: boolean): Promise<void> {
    this.#held = held
    for (const [kind, line] of this.#lines) this.#set(kind, line, line.wanted)
    await this.#media.local.setHeld(held)
  }

  /** The far side's picture, while it sends one. */
  get remotePicture(): MediaStreamTrack | null {
    return this.current('video').receives ? (this.#lines.get('video')?.transceiver.receiver.track ?? null) : null
  }

  /** A line the far side brought. It shows what it sends; what we send waits for the user. */
  #meet(transceiver: RTCRtpTransceiver): void {
    const kind = transceiver.receiver.track.kind as TrackKind
    const known = this.#lines.get(kind)
    // An offer may have lines at port 0 (RFC 3264, 6): there is nothing to want of them.
    if (known?.transceiver === transceiver || isStopped(transceiver)) return
    // One that only an offer of ours that was not taken knew of: what it was for goes by the far side's.
    const unborn = known?.transceiver.mid === null ? known : null
    if (known && !unborn && !isStopped(known.transceiver)) return
    if (unborn) this.#discard(unborn)
    const line: Line = { transceiver, wanted: 'recvonly', bound: null }
    this.#lines.set(kind, line)
    transceiver.sender.setStreams(this.#media.local.stream)
    preferCodecs(transceiver, this.#media.settings.codecs)
    this.#set(kind, line, unborn?.wanted ?? this.#wishes.get(kind) ?? 'recvonly')
    this.#wishes.delete(kind)
  }

  #discard({ transceiver, bound }: Line): void {
    bound?.abort()
    transceiver.stop()
  }

  #set(kind: TrackKind, line: Line, wanted: Direction): void {
    line.wanted = wanted
    if (!isStopped(line.transceiver)) line.transceiver.direction = this.#held ? heldDirection(wanted) : wanted
    if (sends(wanted) && !line.bound && !isStopped(line.transceiver)) {
      line.bound = new AbortController()
      const bound = AbortSignal.any([line.bound.signal, this.#signal])
      void this.#media.local.bind(line.transceiver.sender, kind, bound)
    } else if (!sends(wanted) && line.bound) {
      line.bound.abort()
      line.bound = null
      // A connection that closed meanwhile refuses; it sends nothing any more.
      line.transceiver.sender.replaceTrack(null).catch(() => {})
    }
  }
}
