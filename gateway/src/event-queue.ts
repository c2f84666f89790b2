import type { ExchangeEvent } from '../../src/exchange/protocol.ts'

/** Events that were handed out are kept for a client that lost its connection: so many, of so many bytes, and so long (ms). */
const keptEvents = 128
const keptBytes = 1024 * 1024
const keptFor = 120_000

/** Bytes that may wait for a client: about 1 MB, many times what its calls need. */
const byteLimit = 1024 * 1024
/** Candidate events of one call; a path that needs none of the latest 64 will be found by those. */
const candidateLimit = 64
/** Of what may wait, the part that may be of one call. */
const shareOfCall = 0.5
/** Events of one call, candidates apart, that are kept: less than all, so that no call makes the others' be forgotten. */
const keptOfCall = 96

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
  readonly bytes: number
}

const bytesOf = ({ sdp = '', sdpfrag = '', reason = '', pictures = [] }: ExchangeEvent): number =>
  200 + sdp.length + sdpfrag.length + reason.length + 300 * pictures.length

const sizeOf = (entries: readonly Entry[]): number => entries.reduce((sum, { bytes }) => sum + bytes, 0)

/** Events that say how something is now, so that a later one says all. */
const isReport = ({ state, sdp }: ExchangeEvent): boolean =>
  state === 'participant-changed' || (state === 'pictures-changed' && sdp === undefined)

/**
 * The events of one session: numbered from 1, in order, bounded. What nobody needs goes first: old candidates, reports
 * that are out of date, calls that ended before the client heard of them. Where that is not enough a call is a burden.
 */
export class EventQueue {
  #entries: Entry[] = []
  #lastId = 0
  #handedOut = 0
  /** Id up to which events that were handed out may be gone. */
  #forgotten = 0
  #burden: string | null = null
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
    return this.#waiting.length > 0
  }

  /** When the oldest of them came, in ms since 1970; `null` where none waits. */
  get waitingSince(): number | null {
    return this.#waiting[0]?.at ?? null
  }

  /** Size of what is here, handed out or not. */
  get bytes(): number {
    return sizeOf(this.#entries)
  }

  /** A call that has to end, since its events are too many; `null` without one. */
  get burden(): string | null {
    if (!this.#isOver) return this.#burden
    const load = new Map<string, number>()
    for (const { event, bytes } of this.#waiting) {
      // What the limits count: a share of the events, or of the bytes.
      const part = 1 / this.#limit + bytes / byteLimit
      if (!this.#hasEnded(event.call)) load.set(event.call, (load.get(event.call) ?? 0) + part)
    }
    const [heaviest] = [...load].reduce<[string | null, number]>(
      (most, each) => (each[1] >= most[1] ? each : most),
      [null, 0],
    )
    return heaviest ?? this.#burden
  }

  /** Adds an event; false when more wait, or more of its call, than the limits allow. */
  push(event: ExchangeEvent): boolean {
    this.#replace(event)
    this.#lastId += 1
    this.#entries.push({ id: this.#lastId, event, at: Date.now(), bytes: bytesOf(event) })
    this.forget()
    if (this.#isOver) this.#dropEndedCalls()
    if (this.#isTooMuch(event.call) && !this.#hasEnded(event.call)) this.#burden = event.call
    return !this.#isOver && this.#burden === null
  }

  /** `call` ended without the exchange saying so: its events go, and the client hears of the end where it heard of the call. */
  end(call: string, how: Pick<ExchangeEvent, 'reason' | 'detail'>): void {
    if (this.#burden === call) this.#burden = null
    const mine = this.#entries.filter(({ event }) => event.call === call)
    const begins = mine.some(({ id, event }) => id > this.#handedOut && event.state === 'invitation-received')
    const last = mine.at(-1)?.event
    this.#entries = this.#entries.filter((entry) => entry.id <= this.#handedOut || entry.event.call !== call)
    if (last && !begins) this.push({ type: last.type, call, state: 'session-terminated', ...how })
  }

  /** Hands out what was not yet handed out. */
  next(): EventBatch | null {
    const events = this.#waiting.map(({ event }) => event)
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
    if (id < this.#forgotten || id > this.#handedOut) return false
    this.#entries = this.#entries.filter((entry) => entry.id > id)
    this.#forgotten = this.#handedOut = id
    return true
  }

  /** Everything that is still here is handed out again. */
  restart(): void {
    this.#handedOut = this.#keeps ? this.#forgotten : this.#handedOut
  }

  /** Lets go of what was handed out long ago. */
  forget(now = Date.now()): void {
    const handedOut = this.#entries.filter(({ id }) => id <= this.#handedOut)
    let gone = Math.max(0, handedOut.length - keptEvents)
    while (gone < handedOut.length && sizeOf(handedOut.slice(gone)) > keptBytes) gone += 1
    while (gone < handedOut.length && (handedOut[gone]?.at ?? now) < now - keptFor) gone += 1
    if (gone === 0) return
    this.#forgotten = handedOut[gone - 1]?.id ?? this.#forgotten
    this.#entries.splice(0, gone)
  }

  get #waiting(): readonly Entry[] {
    return this.#entries.filter(({ id }) => id > this.#handedOut)
  }

  get #isOver(): boolean {
    return this.#waiting.length > this.#limit || sizeOf(this.#waiting) > byteLimit
  }

  #isTooMuch(call: string): boolean {
    const own = this.#entries.filter(({ event }) => event.call === call && event.state !== 'ice-candidates')
    const waiting = own.filter(({ id }) => id > this.#handedOut)
    const most = Math.max(this.#limit * shareOfCall, 2)
    return own.length > keptOfCall || waiting.length > most || sizeOf(waiting) > byteLimit * shareOfCall
  }

  #hasEnded(call: string): boolean {
    return this.#entries.some(({ event }) => event.call === call && event.state === 'session-terminated')
  }

  /** Takes out what `event` makes needless. */
  #replace(event: ExchangeEvent): void {
    const { call, state, modId } = event
    const same = this.#entries.filter((entry) => entry.event.call === call && entry.event.state === state)
    const needless = isReport(event)
      ? same.filter((entry) => isReport(entry.event) && entry.event.modId === modId)
      : state === 'ice-candidates' && same.length >= candidateLimit
        ? same.slice(0, 1)
        : []
    if (needless.length > 0) this.#entries = this.#entries.filter((entry) => !needless.includes(entry))
  }

  /** Of calls that came and went while nobody heard of them the oldest go first. */
  #dropEndedCalls(): void {
    for (const { event } of this.#waiting.filter(({ event: { state } }) => state === 'invitation-received')) {
      if (!this.#isOver) return
      if (this.#hasEnded(event.call)) this.#entries = this.#entries.filter((entry) => entry.event.call !== event.call)
    }
  }
}
