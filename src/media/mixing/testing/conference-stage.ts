import type { MediaType } from '../../media-type.ts'
import { eventually } from '../../testing/eventually.ts'
import { ConferenceMixer, type PartyLevel } from '../conference-mixer.ts'
import { ColourPicture, type Colour } from './colour-picture.ts'
import type { Size } from '../picture-layout.ts'
import { FarParty } from './far-party.ts'

/** A mix and its parties, for one test. */
export class ConferenceStage {
  // At the rate of the mix: Firefox forgets gains on the way to a context of another rate.
  readonly context = new AudioContext({ sampleRate: 48_000 })
  readonly mixer: ConferenceMixer
  readonly parties: FarParty[] = []
  readonly #end: AbortController
  #levels: ReadonlyMap<string, PartyLevel> = new Map()

  private constructor(mixer: ConferenceMixer, end: AbortController) {
    this.mixer = mixer
    this.#end = end
    mixer.events.on('levels', (levels) => (this.#levels = levels))
  }

  static async open(mediaType: MediaType): Promise<ConferenceStage> {
    const end = new AbortController()
    return new ConferenceStage(await ConferenceMixer.create({ mediaType, signal: end.signal }), end)
  }

  /** The host, who hears and sees what the mixer gives them. */
  host(frequency: number, colour?: Colour): FarParty {
    const host = this.party('host', frequency, colour)
    this.mixer.setHost(host.sent)
    host.receive(this.mixer.stream)
    return host
  }

  party(id: string, frequency: number, colour?: Colour, size?: Size): FarParty {
    const party = new FarParty(this.context, id, frequency, colour && new ColourPicture(colour, size))
    this.parties.push(party)
    return party
  }

  /** A participant in the same page, without peer connections. */
  join(id: string, frequency: number, colour?: Colour): FarParty {
    const party = this.party(id, frequency, colour)
    party.receive(this.mixer.add(id, party.sent).stream)
    return party
  }

  /** Resolves with the level of a party as soon as it is such a one. */
  async level(id: string, what: string, holds: (level: PartyLevel) => boolean): Promise<PartyLevel> {
    const found = await eventually(
      `${id} ${what}`,
      () => this.#levels.get(id),
      (level) => level !== undefined && holds(level),
    )
    return found!
  }

  async close(): Promise<void> {
    this.#end.abort()
    for (const party of this.parties) party.close()
    await this.context.close()
  }
}
