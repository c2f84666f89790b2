import { ContextSink } from './context-sink.ts'
import { onGesture } from './gesture.ts'

/** The two frequencies of each key, Hz (ITU-T Q.23). */
const keys: Readonly<Record<string, readonly [number, number]>> = {
  1: [697, 1209],
  2: [697, 1336],
  3: [697, 1477],
  A: [697, 1633],
  4: [770, 1209],
  5: [770, 1336],
  6: [770, 1477],
  B: [770, 1633],
  7: [852, 1209],
  8: [852, 1336],
  9: [852, 1477],
  C: [852, 1633],
  '*': [941, 1209],
  0: [941, 1336],
  '#': [941, 1477],
  D: [941, 1633],
}

interface Cadence {
  readonly frequencies: readonly number[]
  /** Seconds of sound and silence by turns. */
  readonly pattern: readonly number[]
  /** Loudness, 0 to 1. */
  readonly level: number
}

/** North American call progress tones; the ring is two soft notes, to be told from them at once. */
const cadences = {
  ring: { frequencies: [523.25, 659.25], pattern: [0.4, 0.2, 0.4, 2], level: 0.14 },
  // A colleague calls: one short note after the other.
  internalRing: { frequencies: [659.25], pattern: [0.2, 0.15, 0.2, 0.15, 0.2, 2], level: 0.14 },
  ringback: { frequencies: [440, 480], pattern: [2, 4], level: 0.06 },
  busy: { frequencies: [480, 620], pattern: [0.5, 0.5], level: 0.06 },
  // To try a loudspeaker by.
  test: { frequencies: [523.25], pattern: [0.3, 0.2], level: 0.12 },
} as const satisfies Record<string, Cadence>

export type Tone = keyof typeof cadences

/** How far ahead of the clock a cadence is laid out, in s: it sounds evenly though timers of a hidden tab are slow. */
const ahead = 8

/**
 * The sounds a phone makes by itself, by WebAudio. Nothing is opened before the first sound, and all is closed with the
 * last.
 */
export class Tones {
  readonly #changed: (blocked: boolean) => void
  #context: AudioContext | null = null
  #sink: ContextSink | null = null
  #sinkId = ''
  #playing: { readonly tone: Tone; readonly stop: AbortController } | null = null
  #keys = 0
  #gestures: AbortController | null = null

  /** `changed` hears when a tone is blocked until the person touches the page, and when it is free again. */
  constructor(changed: (blocked: boolean) => void) {
    this.#changed = changed
  }

  /** Plays a call progress tone until another is asked for, or `null`. */
  play(tone: Tone | null): void {
    if (this.#playing?.tone === tone) return
    this.#playing?.stop.abort()
    this.#playing = null
    if (tone) this.#playing = { tone, stop: this.#cadence(cadences[tone]) }
    else this.#release()
  }

  /** The sound of a key, 120 ms. */
  key(digit: string): void {
    const frequencies = keys[digit.toUpperCase()]
    const context = frequencies && this.#open()
    if (!context) return
    this.#keys++
    const oscillators = this.#sound(context, frequencies, 0.08, context.currentTime, 0.12)
    oscillators[0]?.addEventListener('ended', () => {
      this.#keys--
      this.#release()
    })
  }

  /**
   * Sounds by another output device from now on, `''` being the default one.
   *
   * @throws {DOMException} when the device is gone, or not the page's to use.
   */
  async route(sinkId: string): Promise<void> {
    this.#sinkId = sinkId
    await this.#sink?.route(sinkId)
  }

  /** Tries to sound again after the browser forbade it. */
  async unlock(): Promise<void> {
    await this.#context?.resume()
  }

  close(): void {
    this.#playing?.stop.abort()
    this.#playing = null
    this.#keys = 0
    this.#release()
  }

  #cadence({ frequencies, pattern, level }: Cadence): AbortController {
    const stop = new AbortController()
    const context = this.#open()
    if (!context) return stop
    let at = context.currentTime + 0.05
    const sounding = new Set<OscillatorNode>()
    const lay = () => {
      // A suspended clock stands still: what was laid out sounds from where it stopped.
      while (at < context.currentTime + ahead) {
        pattern.forEach((seconds, index) => {
          if (index % 2 === 0) {
            for (const node of this.#sound(context, frequencies, level, at, seconds)) {
              sounding.add(node)
              node.addEventListener('ended', () => sounding.delete(node))
            }
          }
          at += seconds
        })
      }
    }
    lay()
    const timer = setInterval(lay, 1000)
    stop.signal.addEventListener('abort', () => {
      clearInterval(timer)
      for (const node of sounding) node.stop()
    })
    return stop
  }

  #sound(
    context: AudioContext,
    frequencies: readonly number[],
    level: number,
    at: number,
    seconds: number,
  ): OscillatorNode[] {
    const gain = new GainNode(context, { gain: 0 })
    // Edges without a ramp would click.
    gain.gain.setValueAtTime(0, at)
    gain.gain.linearRampToValueAtTime(level, at + 0.01)
    gain.gain.setValueAtTime(level, at + seconds - 0.02)
    gain.gain.linearRampToValueAtTime(0, at + seconds)
    gain.connect(this.#sink?.node ?? context.destination)
    return frequencies.map((frequency) => {
      const node = new OscillatorNode(context, { frequency })
      node.connect(gain)
      node.start(at)
      node.stop(at + seconds)
      return node
    })
  }

  #open(): AudioContext | null {
    if (this.#context) return this.#context
    if (typeof AudioContext === 'undefined') return null
    const context = (this.#context = new AudioContext())
    this.#sink = new ContextSink(context)
    // The default device serves where the chosen one is gone.
    if (this.#sinkId) this.#sink.route(this.#sinkId).catch(() => {})
    const gestures = (this.#gestures = new AbortController())
    let blocked = false
    const tell = () => {
      const now = context === this.#context && context.state === 'suspended'
      if (now !== blocked) this.#changed((blocked = now))
    }
    context.addEventListener('statechange', tell, { signal: gestures.signal })
    gestures.signal.addEventListener('abort', () => {
      if (blocked) this.#changed(false)
    })
    onGesture(() => void context.resume().catch(() => {}), gestures.signal)
    // Where sound is allowed the context starts by itself; a refusal shows only by its staying suspended.
    context.resume().then(tell, tell)
    setTimeout(tell, 250)
    return context
  }

  #release(): void {
    if (this.#playing || this.#keys > 0) return
    const context = this.#context
    this.#context = null
    this.#sink?.close()
    this.#sink = null
    this.#gestures?.abort()
    this.#gestures = null
    void context?.close().catch(() => {})
  }
}
