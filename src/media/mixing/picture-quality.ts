import type { Size } from './picture-layout.ts'

/** Size and rate of the pictures that are made. */
export interface PictureQuality extends Size {
  /** Pictures a second. */
  readonly rate: number
}

/** From best to least; what a picture costs grows with its points and the rate. */
const steps: readonly PictureQuality[] = [
  { width: 1280, height: 720, rate: 24 },
  { width: 640, height: 360, rate: 20 },
  { width: 640, height: 360, rate: 15 },
  { width: 480, height: 270, rate: 12 },
  { width: 320, height: 180, rate: 10 },
]

/** The best the pictures may be for so many that are made at once, on a machine of so many cores. */
function bestStep(pictures: number, cores: number): number {
  if (pictures <= 2 && cores >= 8) return 0
  return pictures <= 2 || cores >= 4 ? 1 : 2
}

/** Chooses how good the pictures are: by how many there are, and worse while the machine is overloaded. */
export class PictureQualityControl {
  readonly #cores: number
  #best: number
  #step: number

  /** `cores` defaults to those of the machine. */
  constructor(pictures: number, cores = navigator.hardwareConcurrency || 2) {
    this.#cores = cores
    this.#best = this.#step = bestStep(pictures, cores)
  }

  get quality(): PictureQuality {
    const quality = steps[this.#step]
    if (!quality) throw new RangeError(`There is no quality ${this.#step}`)
    return quality
  }

  /** How many pictures are made at once from now on. */
  setPictures(pictures: number): void {
    const lowered = this.#step - this.#best
    this.#best = bestStep(pictures, this.#cores)
    this.#step = Math.min(this.#best + lowered, steps.length - 1)
  }

  /** One step down; `false` when there is none left. */
  lower(): boolean {
    if (this.#step === steps.length - 1) return false
    this.#step++
    return true
  }

  /** How many times the present work the next better step would be; `null` when there is none. */
  get nextCost(): number | null {
    const next = this.#step > this.#best ? steps[this.#step - 1] : undefined
    return next ? costOf(next) / costOf(this.quality) : null
  }

  raise(): void {
    if (this.#step > this.#best) this.#step--
  }
}

function costOf({ width, height, rate }: PictureQuality): number {
  return width * height * rate
}
