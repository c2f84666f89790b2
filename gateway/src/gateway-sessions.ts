import { randomUUID } from 'node:crypto'
import type { Registration } from '../../src/exchange/exchange-session.ts'
import { Exchange } from '../../src/exchange/exchange.ts'
import { details, type ExchangeError } from '../../src/exchange/protocol.ts'
import { sessionNotFound } from '../../src/exchange/refusals.ts'
import type { EventMeter } from './gateway-metrics.ts'
import type { GatewaySettings } from './gateway-options.ts'
import { GatewaySession, type SessionInit } from './gateway-session.ts'
import { foreignSession, tooManySessions } from './request-error.ts'

/** All signed-in clients, and the exchange they call each other by. */
export class GatewaySessions {
  readonly exchange = new Exchange({
    newId: randomUUID,
    schedule: (ms, fn) => {
      const timer = setTimeout(fn, ms)
      return () => clearTimeout(timer)
    },
  })
  readonly #settings: GatewaySettings
  readonly #meter: EventMeter
  readonly #sessions = new Map<string, GatewaySession>()
  readonly #countOfUser = new Map<string, number>()
  readonly #heartbeat: NodeJS.Timeout

  constructor(settings: GatewaySettings, meter: EventMeter) {
    this.#settings = settings
    this.#meter = meter
    this.#heartbeat = setInterval(() => {
      for (const session of this.#sessions.values()) session.tick()
    }, settings.pingInterval * 1000)
  }

  get size(): number {
    return this.#sessions.size
  }

  /** Size of the events kept for all clients. */
  get queueBytes(): number {
    let bytes = 0
    for (const session of this.#sessions.values()) bytes += session.queueBytes
    return bytes
  }

  /** @throws ExchangeError POL1100 when the user has `limit` of them already. */
  open(init: Omit<SessionInit, 'id'>, limit = this.#settings.sessionsPerUser): GatewaySession {
    const count = this.#countOfUser.get(init.user) ?? 0
    if (count >= limit) throw tooManySessions()
    const id = randomUUID()
    const session = new GatewaySession({ ...init, id }, this.#settings, {
      over: () => this.end(session),
      away: () => this.exchange.away(id),
      expected: () => this.exchange.expect(id),
      burdened: (call) => this.exchange.drop(id, call, details.tooMuch),
      meter: this.#meter,
    })
    this.#sessions.set(id, session)
    this.#countOfUser.set(init.user, count + 1)
    const { user, displayName, extensions, fixedFarSide = false, guest = false } = init
    const deliver: Registration['deliver'] = (event) => session.deliver(event)
    const isAway = (): boolean => session.isAway
    this.exchange.register({ id, user, displayName, extensions, fixedFarSide, guest, isAway, deliver })
    return session
  }

  find(id: string): GatewaySession | undefined {
    return this.#sessions.get(id)
  }

  /**
   * The session `id` of `user`.
   *
   * @throws ExchangeError when there is none, or, as `foreign` says, when it is another user's.
   */
  get(id: string, user: string, foreign: () => ExchangeError = foreignSession): GatewaySession {
    const session = this.#sessions.get(id)
    if (!session) throw sessionNotFound()
    if (session.user !== user) throw foreign()
    return session
  }

  /** The session `id`, where it is one of `user`, whose page may be another one now; else a new one has to be opened. */
  resumable(id: string, user: string): GatewaySession | undefined {
    const session = this.#sessions.get(id)
    return session?.user === user && session.extensions ? session : undefined
  }

  /** Ends a session and its calls, and frees its memory. */
  end(session: GatewaySession): void {
    if (!this.#sessions.delete(session.id)) return
    const count = (this.#countOfUser.get(session.user) ?? 1) - 1
    if (count > 0) this.#countOfUser.set(session.user, count)
    else this.#countOfUser.delete(session.user)
    this.exchange.unregister(session.id)
    session.close()
  }

  /** Ends every call, tells everybody so, and closes every channel. */
  async close(): Promise<void> {
    clearInterval(this.#heartbeat)
    this.exchange.endCalls(details.serverStopping)
    // The exchange delivers after the turn; the channels take what it says before they close.
    await new Promise((resolve) => {
      setImmediate(resolve)
    })
    for (const session of [...this.#sessions.values()]) this.end(session)
  }
}
