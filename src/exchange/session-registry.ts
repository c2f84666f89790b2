import { ExchangeSession, type Registration } from './exchange-session.ts'
import { wrongState } from './refusals.ts'

/** Who is registered: sessions by id, and the devices of each user. */
export class SessionRegistry {
  readonly #byId = new Map<string, ExchangeSession>()
  readonly #byUser = new Map<string, Set<ExchangeSession>>()

  get size(): number {
    return this.#byId.size
  }

  add(id: string, registration: Registration): ExchangeSession {
    if (this.#byId.has(id)) throw wrongState('A session of this id is registered already')
    const session = new ExchangeSession(id, registration)
    this.#byId.set(id, session)
    const devices = this.#byUser.get(session.user)
    if (devices) devices.add(session)
    else this.#byUser.set(session.user, new Set([session]))
    return session
  }

  get(id: string): ExchangeSession | undefined {
    return this.#byId.get(id)
  }

  has(user: string): boolean {
    return this.#byUser.has(user)
  }

  /** The registered devices of `user`, oldest first. */
  devicesOf(user: string): Iterable<ExchangeSession> {
    return this.#byUser.get(user) ?? []
  }

  /** Whether `user` is a guest that is registered. */
  isGuest(user: string): boolean {
    for (const { guest } of this.devicesOf(user)) if (guest) return true
    return false
  }

  remove(session: ExchangeSession): void {
    this.#byId.delete(session.id)
    const devices = this.#byUser.get(session.user)
    devices?.delete(session)
    if (devices?.size === 0) this.#byUser.delete(session.user)
  }

  [Symbol.iterator](): Iterator<ExchangeSession> {
    return this.#byId.values()
  }
}
