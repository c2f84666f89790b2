import { abortable } from '../base/abortable.ts'
import { capture } from './capture.ts'
import { kindsOf, type MediaType, type TrackKind } from './media-type.ts'

/** Opens devices of these kinds; a track that came after an abort is stopped. */
export type OpenDevices = (kinds: readonly TrackKind[], signal: AbortSignal) => Promise<readonly MediaStreamTrack[]>

/** Where a track goes out: a sender of a connection, or what stands for one. */
export type TrackSink = Pick<RTCRtpSender, 'track' | 'replaceTrack'>

/** What is sent where there is no track of our own, until it is closed. */
export interface StandIn {
  readonly track: MediaStreamTrack | null
  close(): void
}

/**
 * What one call sends: at most one microphone and one camera track, and the senders they go out by.
 *
 * It exists before anything is captured, so that an offer need not wait for a device: a leg binds its senders at once
 * and the tracks follow. Its maker closes it; a leg never stops a track.
 */
export class LocalMedia {
  /** The tracks as one stream, the same object for life: for the preview and the `msid` of an offer. */
  readonly stream = new MediaStream()
  /** Each with its kind, and what aborts when its connection closes. */
  readonly #senders = new Map<TrackSink, { readonly kind: TrackKind; readonly signal: AbortSignal }>()
  readonly #tracks = new Map<TrackKind, MediaStreamTrack>()
  readonly #standIns = new Map<TrackKind, StandIn>()
  readonly #closed = new AbortController()
  #held = false
  #muted = false

  /** The track of this kind, or `null` before it is captured or after it is released. */
  track(kind: TrackKind): MediaStreamTrack | null {
    return this.#tracks.get(kind) ?? null
  }

  get muted(): boolean {
    return this.#muted
  }

  /**
   * Opens what `mediaType` needs and is not open yet.
   *
   * @throws {CaptureError} when the person, the browser or the machine refuses.
   */
  async capture(mediaType: MediaType, signal: AbortSignal, open: OpenDevices = capture): Promise<void> {
    const missing = kindsOf(mediaType).filter((kind) => !this.#tracks.has(kind))
    if (missing.length === 0) return
    const tracks = await open(missing, AbortSignal.any([signal, this.#closed.signal]))
    await Promise.all(tracks.map((track) => this.set(track)))
  }

  /** Takes a track into use in place of the one of its kind, which is stopped. */
  async set(track: MediaStreamTrack): Promise<void> {
    const kind = track.kind as TrackKind
    this.#drop(kind)
    if (this.#closed.signal.aborted) {
      track.stop()
      return
    }
    this.#tracks.set(kind, track)
    this.stream.addTrack(track)
    if (kind === 'audio') track.enabled = !this.#muted
    await this.#feed(kind)
  }

  /** Stops the track of this kind: its light goes out, and `standIn` is sent in its place, or nothing. */
  async release(kind: TrackKind, standIn?: StandIn): Promise<void> {
    this.#drop(kind)
    if (this.#closed.signal.aborted) standIn?.close()
    else if (standIn) this.#standIns.set(kind, standIn)
    await this.#feed(kind)
  }

  /** Sends the track of `kind` by `sender`, now and whenever it changes, until `signal` aborts. */
  async bind(sender: TrackSink, kind: TrackKind, signal: AbortSignal): Promise<void> {
    if (!this.#senders.has(sender)) signal.addEventListener('abort', () => this.#senders.delete(sender), { once: true })
    this.#senders.set(sender, { kind, signal })
    await this.#feed(kind)
  }

  /** While held nothing at all is sent; the devices stay open. */
  async setHeld(held: boolean): Promise<void> {
    this.#held = held
    await Promise.all([this.#feed('audio'), this.#feed('video')])
  }

  /** A muted microphone sends silence; the picture goes on. */
  setMuted(muted: boolean): void {
    this.#muted = muted
    const track = this.#tracks.get('audio')
    if (track) track.enabled = !muted
  }

  /** Stops every track. */
  close(): void {
    this.#closed.abort()
    this.#drop('audio')
    this.#drop('video')
    this.#senders.clear()
  }

  #drop(kind: TrackKind): void {
    this.#standIns.get(kind)?.close()
    this.#standIns.delete(kind)
    const track = this.#tracks.get(kind)
    if (!track) return
    track.stop()
    this.stream.removeTrack(track)
    this.#tracks.delete(kind)
  }

  async #feed(kind: TrackKind): Promise<void> {
    const track = this.#held ? null : (this.track(kind) ?? this.#standIns.get(kind)?.track ?? null)
    const senders = [...this.#senders].filter(([, of]) => of.kind === kind)
    await Promise.all(
      senders.map(async ([sender, { signal }]) => {
        if (sender.track === track) return
        // A sender of a connection that closed meanwhile refuses, or never answers; there is nothing left to feed.
        await abortable(sender.replaceTrack(track), signal).catch(() => {})
      }),
    )
  }
}
