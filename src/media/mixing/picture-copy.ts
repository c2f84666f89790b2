import type { Size } from './picture-layout.ts'
import { pictureSource, type PictureSource } from './picture-source.ts'

/**
 * The latest picture of a track, ready to be drawn on many tiles: a frame is turned into points anew each time it is
 * drawn, which costs far more than to copy points.
 */
export class PictureCopy {
  readonly track: MediaStreamTrack
  readonly #source: PictureSource
  readonly #canvas: OffscreenCanvasRenderingContext2D
  #count = -1

  /** @throws {Error} when the browser draws no pictures. */
  constructor(track: MediaStreamTrack) {
    const context = new OffscreenCanvas(2, 2).getContext('2d', { alpha: false })
    if (!context) throw new Error('This browser draws no pictures')
    this.track = track
    this.#canvas = context
    this.#source = pictureSource(track)
  }

  /** Counts the pictures that came; `null` while there is none. */
  get count(): number | null {
    return this.#source.image && this.#source.size.width > 0 ? this.#source.count : null
  }

  /** The picture, in its own shape and no finer than a whole picture of the size `of` needs; `null` where none is. */
  image(of: Size): OffscreenCanvas | null {
    const { image, size, count } = this.#source
    if (!image || size.width === 0) return null
    const scale = Math.min(1, Math.max(of.width / size.width, of.height / size.height))
    const [width, height] = [Math.round(size.width * scale), Math.round(size.height * scale)]
    const { canvas } = this.#canvas
    const fits = canvas.width === width && canvas.height === height
    if (fits && count === this.#count) return canvas
    if (!fits) Object.assign(canvas, { width, height })
    this.#canvas.drawImage(image, 0, 0, width, height)
    this.#count = count
    return canvas
  }

  close(): void {
    this.#source.close()
  }
}
