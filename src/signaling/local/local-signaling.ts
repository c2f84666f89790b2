import { canonicalAddress } from '../../exchange/canonical-address.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import type { ExchangeLeg } from '../exchange/exchange-leg.ts'
import { ExchangeLegs } from '../exchange/exchange-legs.ts'
import { localDomain } from '../exchange/party.ts'
import { PlaceError } from '../../place/cause.ts'
import {
  SignalingError,
  type Capabilities,
  type Identity,
  type Leg,
  type LegMedia,
  type PlaceOptions,
  type SessionInfo,
  type Signaling,
  type SignalingEvents,
} from '../signaling.ts'
import { ExchangeClient } from './exchange-client.ts'
import { standForExchange } from './exchange-host.ts'
import { takeNumber } from './local-number.ts'
import { InPageNumbers, inPageUri, isInPageNumber } from './in-page-numbers.ts'

/** The domain of bare user ids on this network. */
const domain = localDomain

/**
 * The network of one page: tabs of an origin call each other with no server at all, and the numbers `echo`, `busy`,
 * `noanswer` and `reject` answer in their way.
 *
 * One tab runs the exchange; when it closes, the next takes over and `link: lost` asks for `resume`, which brings the
 * calls that are up along: their media never went through the exchange.
 */
export class LocalSignaling implements Signaling {
  readonly kind = 'local'
  readonly capabilities: Capabilities = {
    video: true,
    transfer: true,
    blindTransfer: false,
    move: true,
    conference: true,
    trickle: true,
  }
  readonly #events = new Emitter<SignalingEvents>()
  #session: LocalSession | null = null
  #connecting: AbortController | null = null

  on<Name extends keyof SignalingEvents>(
    name: Name,
    listener: (payload: SignalingEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
  }

  async connect({ userId, displayName }: Identity, signal: AbortSignal): Promise<SessionInfo> {
    signal.throwIfAborted()
    if (!navigator.locks) throw new PlaceError(isSecureContext ? 'no-devices' : 'insecure-page')
    const former = this.disconnect()
    const connecting = (this.#connecting = new AbortController())
    const closed = new AbortController()
    let session: LocalSession | null = null
    try {
      await former
      const number = userId || (await takeNumber(closed.signal))
      connecting.signal.throwIfAborted()
      session = new LocalSession({ userId: number, displayName }, this.#events, closed)
      const info = await session.register(AbortSignal.any([signal, connecting.signal]))
      this.#session = session
      return info
    } catch (error) {
      await session?.close()
      closed.abort()
      // A page without an origin of its own shares nothing with other tabs: neither locks nor channels.
      if (error instanceof DOMException && error.name === 'SecurityError') throw new PlaceError('sandboxed', error)
      throw error
    }
  }

  resume(signal: AbortSignal): Promise<SessionInfo> {
    if (!this.#session) return Promise.reject(new SignalingError('expired', 'Signed out'))
    return this.#session.register(signal)
  }

  refresh(): Promise<SessionInfo> {
    if (!this.#session) return Promise.reject(new SignalingError('expired', 'Signed out'))
    return Promise.resolve(this.#session.info)
  }

  async disconnect(): Promise<void> {
    this.#connecting?.abort(new SignalingError('expired', 'Signed out'))
    const session = this.#session
    this.#session = null
    await session?.close()
  }

  place(to: string, media: LegMedia, signal: AbortSignal, options?: PlaceOptions): Promise<Leg> {
    if (!this.#session) return Promise.reject(new SignalingError('expired', 'Signed out'))
    return this.#session.place(to, media, signal, options)
  }
}

/** One sign-in: its client of the shared exchange, its in-page numbers, and the legs of both. */
class LocalSession {
  readonly info: SessionInfo
  readonly #uri: string
  readonly #displayName: string | undefined
  readonly #closed: AbortController
  readonly #client: ExchangeClient
  readonly #legs: ExchangeLegs
  readonly #inPage: InPageNumbers
  readonly #inPageLegs: ExchangeLegs

  constructor(
    { userId, displayName }: { readonly userId: string; readonly displayName: string | undefined },
    events: Emitter<SignalingEvents>,
    closed: AbortController,
  ) {
    this.#closed = closed
    this.#displayName = displayName
    this.#uri = canonicalAddress(userId, domain)
    const incoming = (leg: ExchangeLeg) => events.emit('incoming', leg)
    this.#client = new ExchangeClient({
      event: (event) => this.#legs.receive(event),
      replaced: () => {
        const error = new SignalingError('unreachable', 'The tab that ran the exchange is gone')
        events.emit('link', { state: 'lost', error })
      },
    })
    this.#legs = new ExchangeLegs(this.#client, incoming)
    this.#inPage = new InPageNumbers(this.#uri, (event) => this.#inPageLegs.receive(event))
    this.#inPageLegs = new ExchangeLegs(this.#inPage, incoming)
    this.info = { id: this.#client.id, userId }
    standForExchange(this.#client.id, this.#closed.signal)
  }

  async register(signal: AbortSignal): Promise<SessionInfo> {
    // The calls that are up are what a successor of a lost exchange needs to know.
    const up = this.#legs.all.filter(({ established }) => established)
    const calls = up.map(({ id, remote }) => ({ call: id, peer: remote.uri }))
    // A call that was only ringing was known to the former exchange alone.
    for (const leg of this.#legs.all) {
      if (leg.established) leg.interrupt()
      else leg.finish({ reason: 'session-ended' })
    }
    const name = this.#displayName && { displayName: this.#displayName }
    await this.#client.register({ user: this.#uri, ...name, calls }, signal)
    this.#legs.back()
    return this.info
  }

  place(to: string, media: LegMedia, signal: AbortSignal, options?: PlaceOptions): Promise<Leg> {
    if (isInPageNumber(to)) return this.#inPageLegs.place(inPageUri(to), media, signal, options)
    return this.#legs.place(canonicalAddress(to, domain), media, signal, options)
  }

  async close(): Promise<void> {
    for (const legs of [this.#legs, this.#inPageLegs]) legs.endAll({ reason: 'session-ended' })
    this.#inPage.close()
    await this.#client.close()
    this.#closed.abort()
  }
}
