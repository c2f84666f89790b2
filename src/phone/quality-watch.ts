import { abortable } from '../base/abortable.ts'
import { ListenerSet } from '../base/listener-set.ts'
import { MicrophoneEnergy } from '../media/quality/microphone-energy.ts'
import { SoundHistory, type SoundQuality } from '../media/quality/sound-quality.ts'
import { readSound } from '../media/quality/sound-sample.ts'
import type { Call } from './call.ts'
import type { Line } from './line.ts'
import { Refusal } from './refuse.ts'

export type { DirectionQuality, Silence } from '../media/quality/sound-quality.ts'

/** How well a call is heard now. */
export interface CallQuality extends SoundQuality {
  /** Ordinal of the call. */
  readonly index: number
  /**
   * The worse of both directions: `good` from MOS 4.0, `fair` from 3.6, `poor` from 3.1, `bad` below (the classes of
   * ITU-T G.109); `null` before it is known, and where nothing is heard either way.
   */
  readonly rating: 'good' | 'fair' | 'poor' | 'bad' | null
}

export type QualityListener = (quality: CallQuality | null) => void

export interface QualityOptions {
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Which call, by ordinal. Default: the one in the foreground. */
  readonly index?: number
}

/** ms */
const interval = 1000

/** What is watched of each line, by the ordinal that was asked for. */
const watches = new WeakMap<Line, Map<number | undefined, QualityWatch>>()

/** Tells `listener` once a second of a call, until `signal` aborts. Many who watch one call read it once. */
export async function watchQuality(line: Line, listener: QualityListener, options: QualityOptions): Promise<void> {
  if (typeof listener !== 'function' || !(options?.signal instanceof AbortSignal)) {
    const additionalInformation = 'Pass a listener, and a signal that ends the watch'
    throw new Refusal('0000', { additionalInformation })
  }
  const { index, signal } = options
  const ofLine = watches.get(line) ?? new Map<number | undefined, QualityWatch>()
  watches.set(line, ofLine)
  const watch = ofLine.get(index) ?? new QualityWatch(line, index)
  ofLine.set(index, watch)
  watch.add(listener, AbortSignal.any([signal, line.disposed]))
}

/** Reads the statistics of one call while somebody listens. */
class QualityWatch {
  readonly #line: Line
  readonly #index: number | undefined
  readonly #listeners = new ListenerSet<[CallQuality | null]>()
  #timer: ReturnType<typeof setInterval> | undefined
  #reading = false
  #history: { readonly call: Call; readonly sound: SoundHistory; readonly energy: MicrophoneEnergy } | null = null

  constructor(line: Line, index: number | undefined) {
    this.#line = line
    this.#index = index
  }

  add(listener: QualityListener, signal: AbortSignal): void {
    if (signal.aborted) return
    this.#listeners.add(listener, { signal })
    signal.addEventListener('abort', () => this.#rest(), { once: true })
    if (this.#timer !== undefined) return
    this.#timer = setInterval(() => void this.#read(), interval)
    void this.#read()
  }

  #rest(): void {
    if (this.#listeners.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#forget()
  }

  #forget(): void {
    this.#history?.energy.close()
    this.#history = null
  }

  get #call(): Call | null {
    const { all, foreground } = this.#line.calls
    const call = this.#index === undefined ? foreground : all.find(({ snapshot }) => snapshot.index === this.#index)
    return call && !call.ended && call.snapshot.connectedAt !== null ? call : null
  }

  async #read(): Promise<void> {
    // A machine that is busy answers late; it is not asked twice.
    if (this.#reading) return
    this.#reading = true
    try {
      this.#listeners.call(await this.#measure())
    } finally {
      this.#reading = false
    }
  }

  async #measure(): Promise<CallQuality | null> {
    const call = this.#call
    const connection = call?.leg?.connection
    if (!call || !connection) {
      this.#forget()
      return null
    }
    if (this.#history?.call !== call) {
      this.#forget()
      this.#history = { call, sound: new SoundHistory(), energy: new MicrophoneEnergy() }
    }
    const { sound, energy } = this.#history
    // Firefox never answers for a connection that is closed meanwhile.
    const stats = await abortable(connection.getStats(), call.gone).catch(() => null)
    // Nobody may watch any more: then nothing must be opened to listen to.
    if (!stats || call.ended || !this.#history) return null
    const microphone = call.local.track('audio')
    const sample = readSound([...stats.values()] as RTCStats[], performance.now())
    const told = sample.sent.energy ?? energy.read(microphone)
    sound.add({ ...sample, sent: { ...sample.sent, energy: told } })
    const { hold, muted, index } = call.snapshot
    const quality = sound.quality({
      hold,
      muted,
      microphone,
      outputBlocked: this.#line.store.snapshot.devices.output === 'blocked',
    })
    return Object.freeze({ ...quality, index, rating: ratingOf(quality) })
  }
}

function ratingOf({ sent, received }: SoundQuality): CallQuality['rating'] {
  const scores = [sent.mos, received.mos].filter((mos) => mos !== null)
  if (scores.length === 0) return null
  const worst = Math.min(...scores)
  if (worst >= 4) return 'good'
  if (worst >= 3.6) return 'fair'
  return worst >= 3.1 ? 'poor' : 'bad'
}
