import { endable, endTrack } from './endable-track.ts'

/** A person who chooses this screen in the browser's own window; no test can press its buttons. */
export class ScreenChooser {
  readonly screens: MediaStreamTrack[] = []
  readonly #native = Object.getOwnPropertyDescriptor(MediaDevices.prototype, 'getDisplayMedia')

  constructor() {
    this.#answer(async () => {
      const canvas = document.createElement('canvas')
      canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
      const stream = canvas.captureStream(10)
      for (const track of stream.getTracks()) this.#show(track)
      return stream
    })
  }

  refuse(): void {
    this.#answer(() => Promise.reject(new DOMException('Closed', 'NotAllowedError')))
  }

  /** A browser that has nothing of the kind. */
  missing(): void {
    Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia')
    Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia')
  }

  /** The person ends it in the browser's own bar. */
  stop(): void {
    endTrack(this.screens.at(-1)!)
  }

  restore(): void {
    Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia')
    if (this.#native) Object.defineProperty(MediaDevices.prototype, 'getDisplayMedia', this.#native)
    for (const screen of this.screens) screen.stop()
  }

  /** A copy of it is the same screen. */
  #show(track: MediaStreamTrack): MediaStreamTrack {
    const copy = track.clone.bind(track)
    track.clone = () => this.#show(copy())
    this.screens.push(endable(track))
    return track
  }

  #answer(value: () => Promise<MediaStream>): void {
    Object.defineProperty(navigator.mediaDevices, 'getDisplayMedia', { configurable: true, value })
  }
}
