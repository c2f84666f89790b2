import { insertableStreams } from './insertable-streams.ts'
import type { Size } from './picture-layout.ts'

/** The latest picture of a track. */
export interface PictureSource {
  readonly track: MediaStreamTrack
  /** Counts the pictures that came; one that stays is the same picture. */
  readonly count: number
  /** `null` before the first picture; to be drawn at once, for it may be let go of afterwards. */
  readonly image: CanvasImageSource | null
  /** In pixels as it is to be shown. */
  readonly size: Size
  close(): void
}

/** Opens the best source this browser has. */
export function pictureSource(track: MediaStreamTrack): PictureSource {
  return insertableStreams() ? new FrameSource(track) : new ElementSource(track)
}

/** Takes the frames out of the track: no element, nothing that is slowed down in a hidden page. */
class FrameSource implements PictureSource {
  readonly track: MediaStreamTrack
  readonly #reader: ReadableStreamDefaultReader<VideoFrame>
  #frame: VideoFrame | null = null
  #count = 0
  #closed = false

  constructor(track: MediaStreamTrack) {
    const streams = insertableStreams()
    if (!streams) throw new Error('This browser gives no frames of a track')
    this.track = track
    this.#reader = new streams.MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader()
    void this.#read()
  }

  get count(): number {
    return this.#count
  }

  get image(): VideoFrame | null {
    return this.#frame
  }

  get size(): Size {
    return { width: this.#frame?.displayWidth ?? 0, height: this.#frame?.displayHeight ?? 0 }
  }

  close(): void {
    this.#closed = true
    this.#keep(null)
    this.#reader.cancel().catch(() => {})
  }

  async #read(): Promise<void> {
    try {
      for (;;) {
        const { value, done } = await this.#reader.read()
        if (done) break
        if (this.#closed) value.close()
        else this.#keep(value)
      }
    } catch {
      // The track ended badly; as for one that ended well there is no picture any more.
    }
    this.#keep(null)
  }

  #keep(frame: VideoFrame | null): void {
    this.#frame?.close()
    this.#frame = frame
    this.#count++
  }
}

/** Shows the track in an element nobody sees, to be drawn from. */
class ElementSource implements PictureSource {
  readonly track: MediaStreamTrack
  readonly #player = document.createElement('video')

  constructor(track: MediaStreamTrack) {
    this.track = track
    this.#player.muted = true
    this.#player.playsInline = true
    this.#player.srcObject = new MediaStream([track])
    // What is muted may play without a gesture; a refusal is an element that was let go of meanwhile.
    this.#player.play().catch(() => {})
  }

  get count(): number {
    return this.#player.currentTime
  }

  get image(): HTMLVideoElement | null {
    const ended = this.track.readyState === 'ended'
    return !ended && this.#player.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA ? this.#player : null
  }

  get size(): Size {
    return { width: this.#player.videoWidth, height: this.#player.videoHeight }
  }

  close(): void {
    this.#player.pause()
    this.#player.srcObject = null
  }
}
