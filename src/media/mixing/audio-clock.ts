/**
 * Ticks by the clock of an audio context, which the browser does not slow down in a page that nobody sees, as it does
 * timers and animation frames.
 *
 * Each tick is the end of a silent sound of the length of the interval. That needs no module beside the script, as an
 * audio worklet would, so that it works under any content security policy and from any origin; and since a tick asks
 * for the next one, a page that cannot keep up misses ticks instead of piling them up.
 */
export class AudioClock {
  readonly #context: AudioContext
  readonly #tick: (late: number) => void
  #interval: number
  /** When the next tick is due, in s of the context's time. */
  #due: number
  #sound: ConstantSourceNode | null = null

  /** `tick` hears how late it is called, in ms; `interval` is in ms. */
  constructor(context: AudioContext, interval: number, tick: (late: number) => void) {
    this.#context = context
    this.#interval = interval
    this.#tick = tick
    this.#due = context.currentTime
    this.#next()
  }

  /** ms */
  get interval(): number {
    return this.#interval
  }

  /** Holds from the tick after the next one on. */
  set interval(interval: number) {
    this.#interval = interval
  }

  stop(): void {
    this.#sound?.stop()
    this.#sound?.disconnect()
    this.#sound = null
  }

  #next(): void {
    const { currentTime } = this.#context
    // The grid is kept, or ticks would come later and later; what was missed is not made up for.
    this.#due = Math.max(this.#due + this.#interval / 1000, currentTime)
    const sound = new ConstantSourceNode(this.#context, { offset: 0 })
    this.#sound = sound
    sound.addEventListener('ended', () => {
      sound.disconnect()
      if (this.#sound !== sound) return
      const late = Math.max(0, (this.#context.currentTime - this.#due) * 1000)
      this.#next()
      this.#tick(late)
    })
    // Only what leads to the destination is played, and therefore ends.
    sound.connect(this.#context.destination)
    sound.start()
    sound.stop(this.#due)
  }
}
