import { SoundParty } from './sound-party.ts'

/**
 * The sound of a conference as one graph: each party's ear adds the voices of all others, sample by sample. Their own is
 * not connected to it, so that there is no echo of oneself to be taken out again.
 */
export class SoundMix {
  readonly context = new AudioContext({ latencyHint: 'interactive', sampleRate: 48_000 })
  readonly #parties = new Map<string, SoundParty>()
  readonly #silenced = new Set<string>()
  #held = false

  get ids(): Iterable<string> {
    return this.#parties.keys()
  }

  /** Takes a party in; returns what they hear. */
  add(id: string): MediaStreamTrack {
    const party = new SoundParty(this.context)
    for (const other of this.#parties.values()) {
      party.hear(other)
      other.hear(party)
    }
    this.#parties.set(id, party)
    this.#apply(id)
    return party.track
  }

  /** Takes what a party says from the first audio track of `stream` from now on. */
  listenTo(id: string, stream: MediaStream): void {
    this.#parties.get(id)?.listenTo(stream.getAudioTracks()[0] ?? null)
  }

  setSilenced(id: string, silenced: boolean): void {
    if (silenced) this.#silenced.add(id)
    else this.#silenced.delete(id)
    this.#apply(id)
  }

  /** While held nobody hears anybody. */
  setHeld(held: boolean): void {
    this.#held = held
    for (const id of this.#parties.keys()) this.#apply(id)
  }

  /** Whether the others hear this party. */
  isHeard(id: string): boolean {
    return !this.#held && !this.#silenced.has(id)
  }

  /** The latest sound a party sent, whether it was heard or not, its newest sample last. */
  read(id: string, samples: Float32Array<ArrayBuffer>): void {
    this.#parties.get(id)?.read(samples)
  }

  remove(id: string): void {
    const party = this.#parties.get(id)
    if (!party) return
    this.#parties.delete(id)
    this.#silenced.delete(id)
    for (const other of this.#parties.values()) {
      party.unhear(other)
      other.unhear(party)
    }
    party.close()
  }

  close(): void {
    for (const id of [...this.#parties.keys()]) this.remove(id)
    this.context.close().catch(() => {})
  }

  #apply(id: string): void {
    this.#parties.get(id)?.setHeard(this.isHeard(id))
  }
}
