/** What a stretch of ticks says of the machine. */
export interface Load {
  /** The share of the time that the work of the ticks took, 0 to 1. */
  readonly busy: number
  /** How late a tick came, as a share of its interval, on average. */
  readonly late: number
  /** How fast the clock of the sound ran: 1 is real time, less means that sound was lost. */
  readonly pace: number
}

export interface Tick {
  /** ms */
  readonly interval: number
  /** ms */
  readonly late: number
  /** How long its work took, in ms. */
  readonly work: number
  /** When it came by the clock of the sound, in s. */
  readonly at: number
}

/** How long a stretch is, in ms. */
const stretch = 2000

/** Sums up ticks into stretches of two seconds. */
export class LoadGauge {
  readonly #now: () => number
  #began: { readonly wall: number; readonly sound: number } | null = null
  #ticks = 0
  #work = 0
  #late = 0

  /** `now` is in ms and defaults to the time since the page began. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Notes a tick; returns the load when it ends a stretch. */
  note({ interval, late, work, at }: Tick): Load | null {
    const wall = this.#now()
    if (!this.#began) {
      this.reset()
      this.#began = { wall, sound: at }
      return null
    }
    this.#ticks++
    this.#work += work
    this.#late += late / interval
    const elapsed = wall - this.#began.wall
    if (elapsed < stretch) return null
    const pace = ((at - this.#began.sound) * 1000) / elapsed
    const load = { busy: this.#work / elapsed, late: this.#late / this.#ticks, pace }
    this.reset()
    this.#began = { wall, sound: at }
    return load
  }

  /** Forgets the present stretch: what it would say is of another time. */
  reset(): void {
    this.#began = null
    this.#ticks = this.#work = this.#late = 0
  }
}

/** The share of the time from which work leaves too little to others. */
const busyLimit = 0.7
const lateLimit = 0.5
/** The clock of a device may be off by a few in a thousand, and is read in steps. */
const paceLimit = 0.93

export function isOverload({ busy, late, pace }: Load): boolean {
  return busy > busyLimit || late > lateLimit || pace < paceLimit
}

/** Whether `times` the work would still be well within the limits. */
export function hasRoom({ busy, late, pace }: Load, times: number): boolean {
  return busy * times < busyLimit / 2 && late < lateLimit / 2 && pace >= paceLimit
}
