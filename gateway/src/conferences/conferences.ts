import type { Exchange } from '../../../src/exchange/exchange.ts'
import { ExchangeError } from '../../../src/exchange/protocol.ts'
import { callNotFound, tooMany } from '../../../src/exchange/refusals.ts'
import { JanusPool } from '../janus/janus-pool.ts'
import type { JanusSecrets } from '../janus/janus-instance.ts'
import { Conference, conferenceLimit, videoConferenceLimit, type ConferenceInit } from './conference.ts'

/** Conferences that one session may host at a time. */
const sessionLimit = 2

const noMediaServer = (): ExchangeError => new ExchangeError(503, '', 'No media server can be reached')

const noPictures = (): ExchangeError => new ExchangeError(503, '', 'No media server passes on pictures')

/** All conferences on the media servers of a gateway. */
export class Conferences {
  readonly #exchange: Exchange
  readonly #pool: JanusPool
  readonly #conferences = new Set<Conference>()

  constructor(exchange: Exchange, urls: readonly string[], secrets: JanusSecrets) {
    this.#exchange = exchange
    this.#pool = new JanusPool(urls, secrets)
  }

  get size(): number {
    return this.#conferences.size
  }

  /** What a client with extensions is told of them when it signs in. */
  get offered(): object {
    return {
      mix: 'server',
      participantLimit: conferenceLimit,
      ...(this.hasPictures && { videoParticipantLimit: videoConferenceLimit }),
    }
  }

  /** Whether a media server passes on pictures, as far as is known. */
  get hasPictures(): boolean {
    return this.#pool.hasPictures ?? true
  }

  /** How many media servers can be reached. */
  get reachable(): number {
    return this.#pool.reachable
  }

  /**
   * Starts a conference with the host's offer; gives the id of that leg. The host hears `session-open` with the answer.
   *
   * @throws ExchangeError 503 without a media server that can do it, 400 where the session hosts too many.
   */
  start(session: string, host: string, { offer, pictures }: Pick<ConferenceInit, 'offer' | 'pictures'>): string {
    if (this.#pool.reachable === 0) throw noMediaServer()
    if (pictures && !this.hasPictures) throw noPictures()
    const hosted = [...this.#conferences].filter(({ hostLeg }) => hostLeg.session.id === session)
    if (hosted.length >= sessionLimit) throw tooMany('This session hosts too many conferences: end one first')
    const leg = this.#exchange.openConferenceLeg(session, host)
    const over = (conference: Conference): void => void this.#conferences.delete(conference)
    this.#conferences.add(new Conference(this.#exchange, this.#pool, { leg, offer, pictures, over }))
    return leg.id
  }

  /** The conference that `session` hosts by its leg `id`. @throws ExchangeError 404 where it is none. */
  hosted(session: string, id: string): Conference {
    const isHosted = ({ hostLeg }: Conference): boolean => hostLeg.id === id && hostLeg.session.id === session
    const conference = [...this.#conferences].find(isHosted)
    if (!conference) throw callNotFound(id)
    return conference
  }

  /** Resolves when nothing is left at the media servers; the calls of the exchange MUST have ended. Never rejects. */
  async close(): Promise<void> {
    await Promise.all([...this.#conferences].map((conference) => conference.closed()))
    await this.#pool.close()
  }
}
