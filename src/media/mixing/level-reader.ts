import { LevelMeter, noLevel, type PartyLevel } from './level-meter.ts'
import type { SoundMix } from './sound-mix.ts'
import { keptSamples } from './sound-party.ts'

/** Reads how loud every party of a mix is. */
export class LevelReader {
  readonly #mix: SoundMix
  readonly #meters = new Map<string, LevelMeter>()
  readonly #samples = new Float32Array(keptSamples)
  #levels: ReadonlyMap<string, PartyLevel> = new Map()

  constructor(mix: SoundMix) {
    this.#mix = mix
  }

  /** Reads the past `duration` ms, at most a third of a second; `null` when every level is as it was. */
  read(duration: number): ReadonlyMap<string, PartyLevel> | null {
    const levels = new Map([...this.#mix.ids].map((id) => [id, this.#levelOf(id, duration)]))
    for (const id of this.#meters.keys()) if (!levels.has(id)) this.#meters.delete(id)
    if (isSame(levels, this.#levels)) return null
    this.#levels = levels
    return levels
  }

  #levelOf(id: string, duration: number): PartyLevel {
    let meter = this.#meters.get(id)
    if (!meter) this.#meters.set(id, (meter = new LevelMeter()))
    this.#mix.read(id, this.#samples)
    const latest = this.#samples.subarray(-Math.round((duration / 1000) * this.#mix.context.sampleRate))
    const level = meter.read(latest, duration)
    // Nobody speaks whom nobody hears; whether they are muted at their side is told all the same.
    return this.#mix.isHeard(id) ? level : { ...noLevel, silent: level.silent }
  }
}

function isSame(some: ReadonlyMap<string, PartyLevel>, others: ReadonlyMap<string, PartyLevel>): boolean {
  if (some.size !== others.size) return false
  return [...some].every(([id, { level, speaking, silent }]) => {
    const other = others.get(id)
    return other?.level === level && other.speaking === speaking && other.silent === silent
  })
}
