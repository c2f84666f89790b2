/** How often the picture is drawn anew, in ms. A hidden page may not draw more often. */
const pace = 1000

/**
 * A black picture: what is sent in place of a camera or a screen that is off.
 *
 * It goes on for as long as there is nothing else to send. One black frame may be lost, and then the far side would keep
 * the last picture of the camera on its screen. Its maker closes it.
 */
export class BlackPicture {
  readonly track: MediaStreamTrack | null
  readonly #timer: ReturnType<typeof setInterval>

  constructor() {
    const canvas = document.createElement('canvas')
    const context = canvas.getContext('2d')
    const draw = () => context?.fillRect(0, 0, canvas.width, canvas.height)
    draw()
    // A browser or a page that lets no canvas be captured has none: nothing is sent then.
    this.track = canvas.captureStream?.().getVideoTracks()[0] ?? null
    draw()
    this.#timer = setInterval(draw, pace)
  }

  close(): void {
    clearInterval(this.#timer)
    this.track?.stop()
  }
}
