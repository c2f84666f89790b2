import { AudioClock } from './audio-clock.ts'
import { hasRoom, isOverload, LoadGauge, type Load } from './load-gauge.ts'
import { OverloadLatch } from './overload-latch.ts'
import type { PictureMix } from './picture-mix.ts'
import { PictureQualityControl } from './picture-quality.ts'

/** Stretches in a row that leave room for better pictures, before they become better. */
const patience = 3

/** Has the pictures of a conference made, as good and as often as the machine can. */
export class PicturePace {
  readonly #context: AudioContext
  readonly #mix: PictureMix
  readonly #control: PictureQualityControl
  readonly #latch: OverloadLatch
  readonly #gauge = new LoadGauge()
  readonly #clock: AudioClock
  #roomy = 0

  /** `overload` hears when even the least pictures are too much, and when they no longer are. */
  constructor(context: AudioContext, mix: PictureMix, overload: (overload: boolean) => void) {
    this.#context = context
    this.#mix = mix
    this.#control = new PictureQualityControl(mix.size)
    this.#latch = new OverloadLatch(overload)
    this.#clock = new AudioClock(context, 1000 / this.#control.quality.rate, (late) => this.#tick(late))
  }

  /** To be called when parties came or went. */
  recount(): void {
    this.#control.setPictures(this.#mix.size)
    this.#apply()
  }

  close(): void {
    this.#clock.stop()
  }

  #tick(late: number): void {
    const began = performance.now()
    this.#mix.compose(this.#control.quality)
    const work = performance.now() - began
    const load = this.#gauge.note({ interval: this.#clock.interval, late, work, at: this.#context.currentTime })
    if (load) this.#judge(load)
  }

  #judge(load: Load): void {
    const overload = isOverload(load)
    if (overload && this.#control.lower()) this.#apply()
    else this.#latch.note(overload)
    const cost = this.#control.nextCost
    this.#roomy = cost !== null && hasRoom(load, cost) ? this.#roomy + 1 : 0
    if (this.#roomy < patience) return
    this.#control.raise()
    this.#apply()
  }

  #apply(): void {
    this.#roomy = 0
    this.#clock.interval = 1000 / this.#control.quality.rate
    this.#gauge.reset()
  }
}
