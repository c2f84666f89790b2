import type { AudioBridgeMember } from '../janus/audio-bridge-member.ts'

/** How long after a connection was closed its client may say that it hung up, in ms. */
const farewellLimit = 1000
/** How long the media of a new connection may take to come up, in ms. */
const connectLimit = 15_000
/** How long nothing may come from somebody who holds nothing, in ms, before they count as lost. */
const silenceLimit = 7000

export interface AbsenceWatchEvents {
  /** Whether nothing need come from them now: they hold, or are held. */
  excused(): boolean
  lost(reason: string): void
}

/** Notices that somebody has gone without a word: their connection was closed, or nothing comes by it any more. */
export class AbsenceWatch {
  readonly #events: AbsenceWatchEvents
  #timer: NodeJS.Timeout | undefined
  /** Whether media comes by the present connection. */
  #receives = false

  constructor(events: AbsenceWatchEvents) {
    this.#events = events
  }

  /** Watches another connection. */
  follow({ events }: Pick<AudioBridgeMember, 'events'>): void {
    this.#receives = false
    events.on('lost', (reason) =>
      this.#begin(farewellLimit, () => this.#events.lost(`The media connection was lost: ${reason}`)),
    )
    events.on('receiving', (receiving) => {
      this.#receives = receiving
      this.stop()
      if (!receiving) this.#miss(silenceLimit, 'Nothing came from the client any more')
    })
  }

  /** The client's page has gone, as far as it said: where no media comes either, nobody is there. */
  away(): void {
    if (!this.#receives && !this.#events.excused()) this.#events.lost('The page of the client has gone')
  }

  /** The connection may be used from now on. */
  expect(): void {
    if (!this.#receives) this.#miss(connectLimit, 'No media came from the client')
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #miss(patience: number, reason: string): void {
    this.#begin(patience, () => {
      if (!this.#events.excused()) this.#events.lost(reason)
    })
  }

  #begin(patience: number, over: () => void): void {
    this.stop()
    this.#timer = setTimeout(over, patience)
  }
}
