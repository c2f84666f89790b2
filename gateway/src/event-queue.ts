import type { ExchangeEvent } from '../../src/exchange/protocol.ts'

/** Events that were handed out are kept for a client that lost its connection: so many, and for so long (ms). */
const keptEvents = 128
const keptFor = 120_000

/** Events of a session, ready to be sent. */
export interface EventBatch {
  /** Id of the last of them. */
  readonly id: number
  readonly events: readonly ExchangeEvent[]
}

interface Entry {
  readonly id: number
  readonly event: ExchangeEvent
  readonly at: number
}

/** The events of one session: numbered from 1, in order, bounded. */
export class EventQueue {
  #entries: Entry[] = []
  #lastId = 0
  #handedOut = 0
  readonly #limit: number
  readonly #keeps: boolean

  /** `keeps`: whether events handed out are kept for a client that asks again. */
  constructor(limit: number, keeps: boolean) {
    this.#limit = limit
    this.#keeps = keeps
  }

  /** Id of the last event handed out, 0 before the first. */
  get handedOut(): number {
    return this.#handedOut
  }

  /** Whether events wait to be handed out. */
  get isWaiting(): boolean {
    return this.#lastId > this.#handedOut
  }

  /** Adds an event; false when more wait than the limit allows. */
  push(event: ExchangeEvent): boolean {
    this.#lastId += 1
    this.#entries.push({ id: this.#lastId, event, at: Date.now() })
    this.forget()
    return this.#lastId - this.#handedOut <= this.#limit
  }

  /** Hands out what was not yet handed out. */
  next(): EventBatch | null {
    const events = this.#entries.filter(({ id }) => id > this.#handedOut).map(({ event }) => event)
    if (events.length === 0) return null
    this.#handedOut = this.#lastId
    if (!this.#keeps) this.#entries = []
    return { id: this.#lastId, events }
  }

  /**
   * The client has everything up to `id`; what came later is handed out again. False, and nothing changed, when an event
   * after `id` is gone or `id` was never handed out.
   */
  resume(id: number): boolean {
    const oldest = this.#entries[0]?.id ?? this.#lastId + 1
    if (id < oldest - 1 || id > this.#handedOut) return false
    this.#entries = this.#entries.filter((entry) => entry.id > id)
    this.#handedOut = id
    return true
  }

  /** Everything that is still here is handed out again. */
  restart(): void {
    this.#handedOut = (this.#entries[0]?.id ?? this.#lastId + 1) - 1
  }

  /** Lets go of what was handed out long ago. */
  forget(now = Date.now()): void {
    const handedOut = this.#entries.filter(({ id }) => id <= this.#handedOut).length
    let gone = Math.max(0, handedOut - keptEvents)
    while (gone < handedOut && (this.#entries[gone]?.at ?? now) < now - keptFor) gone += 1
    if (gone > 0) this.#entries.splice(0, gone)
  }
}
