const hues = {
  red: [220, 30, 30],
  green: [30, 200, 30],
  blue: [30, 30, 220],
  yellow: [220, 220, 30],
  violet: [200, 30, 200],
} as const

export type Colour = keyof typeof hues

/** How far each part of a colour may be off after it was coded and decoded. */
const tolerance = 60

/** The share of a picture a colour has to cover to count as seen. */
const seen = 0.02

/** A track that shows one colour. */
export class ColourPicture {
  readonly colour: Colour
  readonly track: MediaStreamTrack
  readonly #timer: ReturnType<typeof setInterval>

  constructor(colour: Colour, { width = 320, height = 180 } = {}) {
    this.colour = colour
    const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d')!
    this.track = context.canvas.captureStream(15).getVideoTracks()[0]!
    let n = 0
    const draw = (): void => {
      context.fillStyle = `rgb(${hues[colour].join(' ')})`
      context.fillRect(0, 0, width, height)
      // A picture that never changes is not sent anew.
      context.fillStyle = 'black'
      context.fillRect(n++ % width, 0, 2, 2)
    }
    draw()
    this.#timer = setInterval(draw, 66)
  }

  close(): void {
    clearInterval(this.#timer)
    this.track.stop()
  }
}

/** Looks at a track. */
export class ColourEye {
  readonly #video = document.createElement('video')
  readonly #canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })!

  watch(track: MediaStreamTrack): void {
    this.#video.muted = true
    this.#video.srcObject = new MediaStream([track])
    this.#video.play().catch(() => {})
  }

  get size(): { readonly width: number; readonly height: number } {
    return { width: this.#video.videoWidth, height: this.#video.videoHeight }
  }

  /** The colours that are seen, each with the share of the picture it covers. */
  colours(): ReadonlyMap<Colour, number> {
    const { width } = this.size
    if (width === 0) return new Map()
    const [columns, lines] = [64, 36]
    this.#canvas.drawImage(this.#video, 0, 0, columns, lines)
    const { data } = this.#canvas.getImageData(0, 0, columns, lines)
    const shares = new Map<Colour, number>()
    for (let at = 0; at < data.length; at += 4) {
      const point = [data[at]!, data[at + 1]!, data[at + 2]!]
      const found = (Object.keys(hues) as Colour[]).find((colour) =>
        hues[colour].every((part, n) => Math.abs(part - point[n]!) < tolerance),
      )
      if (found) shares.set(found, (shares.get(found) ?? 0) + 1 / (columns * lines))
    }
    return new Map([...shares].filter(([, share]) => share > seen))
  }

  close(): void {
    this.#video.srcObject = null
  }
}
