import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { abortable } from '../../base/abortable.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import { ExchangeLegs } from '../exchange/exchange-legs.ts'
import { pageLeft, pageMayReturn, type ExchangeEvent } from '../../exchange/protocol.ts'
import { partyOf } from '../exchange/party.ts'
import {
  SignalingError,
  type Capabilities,
  type HostedConference,
  type Identity,
  type Leg,
  type LegMedia,
  type PlaceOptions,
  type SessionInfo,
  type Signaling,
  type SignalingEvents,
} from '../signaling.ts'
import { AccessToken } from './access-token.ts'
import { EventChannel } from './event-channel.ts'
import type * as Conference from './gateway-conference.ts'
import { GatewayPort } from './gateway-port.ts'
import { GatewayRest } from './gateway-rest.ts'
import { answerOf, type SessionAnswer } from './session-answer.ts'

const log = logger('gateway')

/** The network of an embedded gateway, or of any server that keeps the same REST and event-channel protocol. */
export class GatewaySignaling implements Signaling {
  readonly kind = 'gateway'
  capabilities: Capabilities = {
    video: true,
    transfer: true,
    blindTransfer: false,
    move: true,
    conference: true,
    trickle: true,
  }
  readonly #server: string
  readonly #events = new Emitter<SignalingEvents>()
  #session: GatewaySession | null = null
  #connecting: AbortController | null = null

  constructor(server: string) {
    this.#server = server
  }

  on<Name extends keyof SignalingEvents>(
    name: Name,
    listener: (payload: SignalingEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
  }

  async connect(identity: Identity, signal: AbortSignal): Promise<SessionInfo> {
    signal.throwIfAborted()
    const former = this.disconnect()
    const connecting = (this.#connecting = new AbortController())
    const live = AbortSignal.any([signal, connecting.signal])
    await former
    const rest = this.#rest(identity)
    const session = await this.#signIn(rest, identity, live)
    this.#session = session
    session.keepTokenFresh((error) => this.#events.emit('expired', error))
    const { mix } = session.answer
    if (mix) this.capabilities = { ...this.capabilities, mix }
    return session.info
  }

  async resume(signal: AbortSignal): Promise<SessionInfo> {
    return this.#live().resume(signal)
  }

  async refresh(signal: AbortSignal): Promise<SessionInfo> {
    return this.#live().refresh(signal)
  }

  async disconnect(): Promise<void> {
    this.#connecting?.abort(new SignalingError('expired', 'Signed out'))
    const session = this.#session
    this.#session = null
    await session?.close()
  }

  async place(to: string, media: LegMedia, signal: AbortSignal, options?: PlaceOptions): Promise<Leg> {
    return this.#live().legs.place(to, media, signal, options)
  }

  takeUp(record: unknown, media: LegMedia): Leg {
    return this.#live().legs.takeUp(record, media)
  }

  loadConference(): Promise<typeof Conference> {
    return import('./gateway-conference.ts')
  }

  async startConference(by: LegMedia | Leg, signal: AbortSignal): Promise<HostedConference> {
    const { GatewayConference } = await this.loadConference()
    return GatewayConference.start(this.#live(), by, signal)
  }

  associateAccessToken(identity: Identity, signal: AbortSignal): Promise<void> {
    return associate(this.#rest(identity), identity, signal)
  }

  async associateE911Id(e911Id: string, signal: AbortSignal): Promise<void> {
    await this.#live().associateE911Id(e911Id, signal)
  }

  /** A session whose events come. */
  async #signIn(rest: GatewayRest, identity: Identity, signal: AbortSignal): Promise<GatewaySession> {
    let session: GatewaySession | null = null
    try {
      // By HTTP first: it says why a gateway cannot be reached. See findings/firefox-waits-after-a-failed-websocket.sh.
      await associate(rest, identity, signal)
      if (identity.userId) await rest.openChannel(signal)
      session = await this.#open(rest, identity, signal)
      await session.resume(signal)
      return session
    } catch (error) {
      rest.channel?.close()
      await session?.close()
      throw error
    }
  }

  #rest(identity: Identity): GatewayRest {
    const { token = '', freshToken } = identity
    if (!freshToken) return new GatewayRest(this.#server, new AccessToken(token))
    const source = async (signal: AbortSignal): Promise<string> => {
      const fresh = await freshToken()
      // As the first one was: the gateway says here whether it takes it.
      await associate(new GatewayRest(this.#server, new AccessToken(fresh)), identity, signal)
      return fresh
    }
    return new GatewayRest(this.#server, new AccessToken(token, source))
  }

  /** A session that the gateway made after `signal` aborted is ended again. */
  async #open(rest: GatewayRest, identity: Identity, signal: AbortSignal): Promise<GatewaySession> {
    signal.throwIfAborted()
    const opening = GatewaySession.open(rest, identity, this.#events)
    try {
      return await abortable(opening, signal)
    } catch (error) {
      if (signal.aborted)
        void ignore(
          log,
          opening.then((session) => session.close()),
          'a session that nobody waits for was not closed',
        )
      throw error
    }
  }

  #live(): GatewaySession {
    if (!this.#session) throw new SignalingError('expired', 'Signed out')
    return this.#session
  }
}

/** Tells the gateway whose token it is, where the page knows. */
async function associate(rest: GatewayRest, { userId }: Identity, signal: AbortSignal): Promise<void> {
  if (userId) await rest.send({ method: 'PUT', path: `/userIds/${encodeURIComponent(userId)}`, signal })
}

/** One session of the gateway: its resource, its event channel, its legs. */
class GatewaySession {
  readonly legs: ExchangeLegs
  readonly port: GatewayPort
  readonly path: string
  /** Address of the user. */
  readonly host: string
  /** Tells every event of the session. */
  readonly told = new Emitter<{ event: ExchangeEvent }>()
  readonly #channel: EventChannel
  readonly #life = new AbortController()
  #expiry: Pick<SessionInfo, 'expiresIn'> = {}

  static async open(rest: GatewayRest, identity: Identity, events: Emitter<SignalingEvents>): Promise<GatewaySession> {
    const response = await rest.send({
      method: 'POST',
      path: '/sessions',
      after: 0,
      headers: { 'x-Arg': 'ClientSdk=att-phone', ...(identity.e911Id && { 'x-e911Id': identity.e911Id }) },
      body: {
        session: {
          mediaType: 'dtls-srtp',
          ice: 'true',
          services: ['ip_voice_call', 'ip_video_call'],
          extensions: true,
          eventChannel: 'websocket',
          ...(identity.displayName && { displayName: identity.displayName }),
          ...(identity.sessionId && { resume: identity.sessionId }),
        },
      },
    })
    return new GatewaySession(rest, response, await answerOf(response), { ...identity, events })
  }

  private constructor(
    readonly rest: GatewayRest,
    response: Response,
    readonly answer: SessionAnswer,
    { userId, events }: { readonly userId?: string | undefined; readonly events: Emitter<SignalingEvents> },
  ) {
    const location = response.headers.get('Location')
    if (!location) throw new SignalingError('refused', 'The gateway named no session', { status: response.status })
    this.path = location
    this.host = userId || partyOf(answer.userId ?? '').address
    this.#takeExpiry(response)
    this.port = new GatewayPort(rest, location)
    this.legs = new ExchangeLegs(this.port, async (leg, { video }) => {
      // Without the part that shows pictures there is the sound.
      const pictures = video && (await import('./pictured-leg.ts').catch(() => null))
      events.emit('incoming', pictures ? new pictures.PicturedLeg(leg, this) : leg)
    })
    this.#channel = new EventChannel(rest, location, answer, {
      event: (event) => {
        this.legs.receive(event)
        this.told.emit('event', event)
      },
      lost: (error) => {
        if (error.kind === 'expired') events.emit('expired', error)
        else events.emit('link', { state: 'lost', error })
      },
    })
    // Other parties who call, or are in a call, need not wait until the gateway misses a page that is gone.
    globalThis.addEventListener?.('pagehide', (event) => this.#pageHidden(event), { signal: this.#life.signal })
  }

  get info(): SessionInfo {
    return { id: this.path.split('/').at(-1) ?? '', userId: this.host, ...this.#expiry }
  }

  async resume(signal: AbortSignal): Promise<SessionInfo> {
    await this.#channel.open(signal)
    this.legs.back()
    return this.info
  }

  async refresh(signal: AbortSignal): Promise<SessionInfo> {
    this.#takeExpiry(await this.rest.send({ method: 'PUT', path: this.path, signal }))
    return this.info
  }

  /** `refused` hears of a fresh token that the gateway did not take. */
  keepTokenFresh(refused: (error: SignalingError) => void): void {
    this.rest.token.keepFresh(refused, this.#life.signal)
  }

  async associateE911Id(e911Id: string, signal: AbortSignal): Promise<void> {
    await this.rest.send({ method: 'PUT', path: this.path, body: { e911Association: { e911Id } }, signal })
  }

  async close(): Promise<void> {
    this.#life.abort()
    this.#channel.close()
    this.legs.endAll({ reason: 'session-ended' })
    await this.#leave()
  }

  /** A page without a call that was only put away finds its session gone when it is shown again, and says so. */
  #pageHidden({ persisted }: PageTransitionEvent): void {
    // Another page may come, or this one: the gateway waits for it, and ends the session where none does.
    if (this.legs.leave()) return this.#channel.leave(pageMayReturn)
    // It leaves where no request does any more.
    if (!persisted) this.#channel.close(pageLeft)
    void this.#leave()
  }

  async #leave(): Promise<void> {
    // A session that cannot be told expires by itself.
    await ignore(
      log,
      this.rest.send({ method: 'DELETE', path: this.path, keepalive: true }),
      'the sign-out was not taken',
    )
  }

  #takeExpiry(response: Response): void {
    const seconds = Number(response.headers.get('x-expires'))
    if (seconds > 0) this.#expiry = { expiresIn: seconds * 1000 }
  }
}
