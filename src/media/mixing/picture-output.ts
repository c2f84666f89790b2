import { insertableStreams } from './insertable-streams.ts'

/** A track that shows one picture after the other. */
export interface PictureOutput {
  readonly track: MediaStreamTrack
  /** Sends what is on the canvas now. */
  show(canvas: OffscreenCanvas): void
  close(): void
}

/** Opens the best output this browser has. */
export function pictureOutput(): PictureOutput {
  return insertableStreams() ? new FrameOutput() : new CanvasOutput()
}

/** Hands each picture over as a frame: nothing waits for the page to be painted, which a hidden one is not. */
class FrameOutput implements PictureOutput {
  readonly track: MediaStreamTrack
  readonly #writer: WritableStreamDefaultWriter<VideoFrame>

  constructor() {
    const streams = insertableStreams()
    if (!streams) throw new Error('This browser makes no track of frames')
    const track = new streams.MediaStreamTrackGenerator({ kind: 'video' })
    this.track = track
    this.#writer = track.writable.getWriter()
    // It ends by error when its track is stopped; nobody waits for that.
    this.#writer.closed.catch(() => {})
  }

  show(canvas: OffscreenCanvas): void {
    // Who does not take pictures fast enough gets fewer.
    if (this.track.readyState === 'ended' || (this.#writer.desiredSize ?? 0) <= 0) return
    const frame = new VideoFrame(canvas, { timestamp: performance.now() * 1000, alpha: 'discard' })
    // The track closes what it takes.
    this.#writer.write(frame).catch(() => frame.close())
  }

  close(): void {
    this.track.stop()
    this.#writer.abort().catch(() => {})
  }
}

/** What asks for a frame: the track (W3C mediacapture-fromelement), or in Firefox the stream. */
interface FrameRequest extends EventTarget {
  requestFrame?(): void
}

/** Copies each picture to a canvas whose stream is asked for it. */
class CanvasOutput implements PictureOutput {
  readonly track: MediaStreamTrack
  readonly #canvas: CanvasRenderingContext2D
  readonly #requests: readonly FrameRequest[]

  constructor() {
    // A canvas without a context gives no stream, therefore the context comes first.
    const context = document.createElement('canvas').getContext('2d', { alpha: false })
    const stream = context?.canvas.captureStream(0)
    const [track] = stream?.getVideoTracks() ?? []
    if (!context || !stream || !track) throw new Error('This browser draws no pictures')
    this.#canvas = context
    this.track = track
    this.#requests = [track, stream]
  }

  show(picture: OffscreenCanvas): void {
    const { canvas } = this.#canvas
    // Setting the size clears a canvas, even where it stays the same.
    if (canvas.width !== picture.width) canvas.width = picture.width
    if (canvas.height !== picture.height) canvas.height = picture.height
    this.#canvas.drawImage(picture, 0, 0)
    for (const request of this.#requests) request.requestFrame?.()
  }

  close(): void {
    this.track.stop()
  }
}
