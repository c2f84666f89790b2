import { logger } from '../../base/log.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
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
import type { SipOptions } from './sip-options.ts'
import { SipServers } from './sip-servers.ts'
import { SipSession } from './sip-session.ts'
import type * as TakeUp from './take-up.ts'

const log = logger('att-phone.sip')

/** SIP over WebSocket (RFC 7118): Asterisk, FreeSWITCH, Kamailio, OpenSIPS, or a provider. */
export class SipSignaling implements Signaling {
  readonly kind = 'sip'
  readonly capabilities: Capabilities = {
    video: true,
    transfer: true,
    blindTransfer: true,
    move: true,
    conference: true,
    trickle: false,
  }
  readonly #options: SipOptions
  readonly #servers: SipServers
  readonly #events = new Emitter<SignalingEvents>()
  #session: SipSession | null = null
  /** The one that is signing in. */
  #next: SipSession | null = null
  #takeUp: typeof TakeUp | null = null

  /** @throws {TypeError} when a server is no `ws:` or `wss:` address. */
  constructor(options: SipOptions) {
    this.#servers = new SipServers(options.servers)
    this.#options = options
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
    if (!identity.userId)
      throw new SignalingError('refused', 'A SIP account needs a user id, such as alice@example.com')
    const left = this.disconnect()
    const session = new SipSession(identity, this.#options, this.#servers, this.#events)
    this.#next = session
    // Calls of another page are taken up in the very turn in which this one is signed in.
    const takeUp = import('./take-up.ts').catch((error: unknown) => log.warn('no call can be taken up', error))
    try {
      await left
      await session.connect(signal)
      this.#takeUp = (await takeUp) ?? null
    } catch (error) {
      await session.close()
      throw error
    } finally {
      if (this.#next === session) this.#next = null
    }
    this.#session = session
    return session.info
  }

  async resume(signal: AbortSignal): Promise<SessionInfo> {
    const session = this.#live()
    await session.resume(signal)
    return session.info
  }

  async refresh(signal: AbortSignal): Promise<SessionInfo> {
    const session = this.#live()
    await session.refresh(signal)
    return session.info
  }

  async disconnect(): Promise<void> {
    const sessions = [this.#session, this.#next]
    this.#session = this.#next = null
    await Promise.all(sessions.map(async (session) => session?.close()))
  }

  async place(to: string, media: LegMedia, signal: AbortSignal, options: PlaceOptions = {}): Promise<Leg> {
    return this.#live().place(to, media, signal, options)
  }

  takeUp(record: unknown, media: LegMedia): Leg {
    if (!this.#takeUp) throw new SignalingError('refused', 'No call of another page was to be taken up')
    return this.#live().takeUp(this.#takeUp, record, media)
  }

  async associateE911Id(e911Id: string, signal: AbortSignal): Promise<void> {
    await this.#live().associateE911Id(e911Id, signal)
  }

  #live(): SipSession {
    if (!this.#session) throw new SignalingError('expired', 'Signed out')
    return this.#session
  }
}
