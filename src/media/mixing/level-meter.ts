/** How loud a party is. */
export interface PartyLevel {
  /** 0 to 1 in tenths, even steps of loudness: 0 is below -60 dB of full scale, 1 is -10 dB and above. */
  readonly level: number
  /** Whether they speak: on at once, off when they were quiet for more than half a second. */
  readonly speaking: boolean
  /** Nothing but zeros came for over a second: they are muted at their side, or send nothing. */
  readonly silent: boolean
}

export const noLevel: PartyLevel = Object.freeze({ level: 0, speaking: false, silent: false })

/** The ends of the scale, in dB of full scale. */
const floor = -60
const ceiling = -10

/** Who is quiet begins to speak above the first and goes on above the second, in dB of full scale. */
const speakingFrom = -42
const speakingTo = -48

/** How long they stay a speaker between two words, in ms. */
const pause = 600

/** How long zeros have to come, in ms. */
const silence = 1000

/**
 * What counts as zero: less than one and a half steps of 16 bits, which is how sound arrives. A microphone, however
 * quiet the room, is above it.
 */
const zero = 1.5 / 32_768

/** Tells from what one party sends how loud they are, whether they speak, and whether they are silent. */
export class LevelMeter {
  #speaking = false
  /** For how long they have been quiet, and silent, in ms. */
  #quiet = 0
  #silent = 0

  /** Reads the latest sound; `samples` are those of the past `duration` ms. */
  read(samples: Float32Array, duration: number): PartyLevel {
    let energy = 0
    let peak = 0
    for (const sample of samples) {
      energy += sample * sample
      peak = Math.max(peak, Math.abs(sample))
    }
    const loudness = 10 * Math.log10(energy / samples.length)
    this.#quiet = loudness < (this.#speaking ? speakingTo : speakingFrom) ? this.#quiet + duration : 0
    this.#silent = peak < zero ? this.#silent + duration : 0
    this.#speaking = this.#quiet === 0 || (this.#speaking && this.#quiet < pause)
    const share = Math.min(1, Math.max(0, (loudness - floor) / (ceiling - floor)))
    return { level: Math.round(share * 10) / 10, speaking: this.#speaking, silent: this.#silent > silence }
  }
}
