import type { ExchangeEvent } from '../../exchange/protocol.ts'
import { mediaTypeOf } from '../../media/sdp.ts'
import type { LegEnd, LegMedia, PlaceOptions } from '../signaling.ts'
import { Outbox } from '../outbox.ts'
import { ExchangeLeg } from './exchange-leg.ts'
import { readExchangeRecord } from './exchange-record.ts'
import type { ExchangePort } from './exchange-port.ts'
import { partyOf } from './party.ts'

/** Takes a leg that was invited, at once or in its own time; a promise it gives never rejects. */
type Incoming = (leg: ExchangeLeg, invitation: ExchangeEvent) => unknown

/** The live legs of one session over an exchange: makes them, and hands each what the exchange says of it. */
export class ExchangeLegs {
  readonly #port: ExchangePort
  readonly #incoming: Incoming
  readonly #legs = new Map<string, ExchangeLeg>()
  readonly #outbox = new Outbox()
  /** Events of calls whose dialling is not answered yet: the event channel can be faster than the reply. */
  readonly #unclaimed = new Map<string, ExchangeEvent[]>()
  #placing = 0

  constructor(port: ExchangePort, incoming: Incoming) {
    this.#port = port
    this.#incoming = incoming
  }

  get all(): readonly ExchangeLeg[] {
    return [...this.#legs.values()]
  }

  /** `port` is another way to the exchange for this leg alone. */
  async place(
    to: string,
    media: LegMedia,
    signal: AbortSignal,
    options: PlaceOptions = {},
    port = this.#port,
  ): Promise<ExchangeLeg> {
    const { mediaType } = media
    const leg = new ExchangeLeg(port, this.#outbox, this.#forget, {
      direction: 'outgoing',
      remote: partyOf(to),
      mediaType,
    })
    this.#placing++
    try {
      await leg.place(to, media, signal, options)
    } finally {
      this.#placing--
    }
    this.#legs.set(leg.id, leg)
    for (const event of this.#unclaimed.get(leg.id) ?? []) leg.handle(event)
    if (this.#placing === 0) this.#unclaimed.clear()
    return leg
  }

  /** Goes on with a call of the page before. */
  takeUp(kept: unknown, media: LegMedia): ExchangeLeg {
    const record = readExchangeRecord(kept)
    const { call: id, uri, name, direction, mediaType } = record
    const remote = partyOf(uri, name)
    const init = { id, direction, mediaType, remote, renewed: true }
    const leg = new ExchangeLeg(this.#port, this.#outbox, this.#forget, init)
    this.#legs.set(id, leg)
    void leg.takeUp(media, record)
    return leg
  }

  /**
   * The page goes: whether another one may go on with its calls. Those that cannot go on end now; where none can, all do
   * with the session.
   */
  leave(): boolean {
    const kept = this.all.some((leg) => leg.kept)
    if (kept) for (const leg of this.all) if (!leg.kept) void leg.end()
    return kept
  }

  /** Takes an event of the exchange. */
  receive(event: ExchangeEvent): void {
    const leg = this.#legs.get(event.call)
    if (leg) return leg.handle(event)
    if (event.state === 'invitation-received') return this.#invited(event)
    if (this.#placing > 0) this.#unclaimed.set(event.call, [...(this.#unclaimed.get(event.call) ?? []), event])
  }

  /** The exchange can be reached again: it is told what it could not be told. */
  back(): void {
    this.#outbox.back()
  }

  /** Ends every leg on this side, with the session: the exchange needs to be told nothing more. */
  endAll(end: LegEnd): void {
    for (const leg of this.all) leg.finish(end)
    this.#outbox.close()
  }

  #invited(invitation: ExchangeEvent): void {
    const { type, call, from = '', fromName, sdp = '', focus } = invitation
    const leg = new ExchangeLeg(this.#port, this.#outbox, this.#forget, {
      direction: 'incoming',
      remote: partyOf(from, fromName),
      mediaType: mediaTypeOf(sdp),
      id: call,
      offer: sdp,
      conference: type === 'conferences' && (focus ?? true),
    })
    this.#legs.set(leg.id, leg)
    this.#incoming(leg, invitation)
  }

  readonly #forget = (leg: ExchangeLeg) => void this.#legs.delete(leg.id)
}
