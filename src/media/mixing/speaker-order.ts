import type { PartyLevel } from './level-meter.ts'

/** Who spoke last. A speaker stays first until they pause, so that pictures do not jump while two speak at once. */
export class SpeakerOrder {
  #ids: readonly string[] = []

  /** The latest speaker first; who never spoke is not among them. */
  get ids(): readonly string[] {
    return this.#ids
  }

  read(levels: ReadonlyMap<string, PartyLevel>): void {
    const known = this.#ids.filter((id) => levels.has(id))
    const speaking = [...levels].filter(([, { speaking }]) => speaking).map(([id]) => id)
    const first = known[0] !== undefined && speaking.includes(known[0]) ? [known[0]] : []
    this.#ids = [...new Set([...first, ...known.filter((id) => speaking.includes(id)), ...speaking, ...known])]
  }
}
