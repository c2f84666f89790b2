import { abortable } from '../../base/abortable.ts'
import { logger } from '../../base/log.ts'
import type { ExchangeEvent } from '../../exchange/protocol.ts'
import { SignalingError } from '../signaling.ts'
import { readBatch } from './event-batch.ts'
import type { GatewayRest } from './gateway-rest.ts'
import type { poll as LongPoll } from './long-poll.ts'

const log = logger('gateway')

export interface EventChannelEvents {
  event(event: ExchangeEvent): void
  /** The channel broke; `open` continues after the last event that came. */
  lost(error: SignalingError): void
}

/** How often the gateway speaks. A network between may be slow to pass it on, or lose some. */
export interface EventRhythm {
  /** Events of the session up to this one were for a page before. */
  readonly lastEvent?: number
  /** Time between the messages of a WebSocket, in seconds. Default 15. */
  readonly pingInterval?: number
  /** How long a poll waits for an event, in seconds. Default 25. */
  readonly pollWait?: number
}

/** Messages in a row that a WebSocket may miss before it counts as dead. */
const missedPings = 3

/** How much longer than it waits for an event a poll may take, in ms. */
const pollDelay = 35_000

/** What the gateway says, where it is a number that can be: what comes from the network is not believed. */
const secondsOf = (told: unknown, usual: number): number =>
  typeof told === 'number' && told > 0 && told <= 3600 ? told : usual

/** How long a WebSocket may take to open, in ms: a proxy may swallow the request. */
const openTimeout = 5000

/** Pauses between attempts at a WebSocket where events are polled for, in ms; the last one goes on. */
const pauses = [60_000, 120_000, 300_000, 900_000] as const

/**
 * The events of one session: by WebSocket, or by long polling where a WebSocket cannot be opened (a proxy in between).
 * Events are numbered, so that a channel that was cut goes on where it was.
 */
export class EventChannel {
  readonly #rest: GatewayRest
  readonly #session: string
  readonly #events: EventChannelEvents
  /** How long a WebSocket may be silent before it counts as dead, in ms. */
  readonly #silence: number
  /** How long a poll may take, in ms. */
  readonly #pollLimit: number
  #last = 0
  /** Attempts at a WebSocket that failed since one opened. */
  #failures = 0
  #open: AbortController | null = null
  #closeCode: number | undefined

  constructor(rest: GatewayRest, session: string, rhythm: EventRhythm, events: EventChannelEvents) {
    this.#rest = rest
    this.#session = session
    this.#events = events
    if (Number.isSafeInteger(rhythm.lastEvent)) this.#last = rhythm.lastEvent ?? 0
    this.#silence = secondsOf(rhythm.pingInterval, 15) * 1000 * missedPings
    this.#pollLimit = secondsOf(rhythm.pollWait, 25) * 1000 + pollDelay
  }

  /** Resolves when events can come. */
  async open(signal: AbortSignal): Promise<void> {
    this.close()
    const open = (this.#open = new AbortController())
    const live = AbortSignal.any([signal, open.signal])
    const socket = await this.#socket(live)
    if (socket) {
      this.#listen(socket, open)
      return
    }
    const { poll } = await import('./long-poll.ts')
    live.throwIfAborted()
    this.#poll(poll, open)
  }

  /** `code` is what the gateway reads, where there is a WebSocket. */
  close(code?: number): void {
    this.#closeCode = code
    this.#open?.abort(new SignalingError('expired', 'Signed out'))
    this.#open = null
  }

  /** Polls, and tries from time to time whether a WebSocket opens by now. */
  #poll(poll: typeof LongPoll, open: AbortController): void {
    const polling = new AbortController()
    const path = () => `${this.#session}/events?after=${this.#last}`
    const signal = AbortSignal.any([open.signal, polling.signal])
    const take = (batch: unknown) => this.#take(batch)
    poll(this.#rest, path, take, this.#pollLimit, signal).catch((error: unknown) =>
      this.#lose(open, error instanceof SignalingError ? error : cut(error)),
    )
    const pause = pauses[Math.min(this.#failures, pauses.length) - 1] ?? pauses[0]
    const again = setTimeout(() => {
      // What the poll under way was given, and did not bring, comes again: the next channel says what came last.
      polling.abort()
      this.#socket(open.signal).then(
        (socket) => (socket ? this.#listen(socket, open) : this.#poll(poll, open)),
        (error: unknown) => this.#lose(open, error instanceof SignalingError ? error : cut(error)),
      )
    }, pause)
    open.signal.addEventListener('abort', () => clearTimeout(again), { once: true })
  }

  /** An open WebSocket, or `null` where the gateway has none or the way to it lets none through. */
  async #socket(signal: AbortSignal): Promise<WebSocket | null> {
    const response = await this.#rest.send({ method: 'POST', path: `${this.#session}/websockets`, signal })
    const location = response.headers.get('Location')
    if (!location || typeof WebSocket === 'undefined') return null
    // By the way that this page reaches the gateway: a proxy need not tell the gateway what it is called.
    const { pathname, searchParams } = new URL(location, this.#rest.base)
    const url = new URL(pathname, this.#rest.base)
    url.protocol = this.#rest.base.protocol.replace('http', 'ws')
    url.search = searchParams.toString()
    url.searchParams.set('after', String(this.#last))
    const socket = new WebSocket(url)
    let timer: ReturnType<typeof setTimeout> | undefined
    const opening = new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true), { once: true })
      socket.addEventListener('error', () => resolve(false), { once: true })
      socket.addEventListener('close', () => resolve(false), { once: true })
      timer = setTimeout(() => resolve(false), openTimeout)
    })
    try {
      const opened = await abortable(opening, signal)
      this.#failures = opened ? 0 : this.#failures + 1
      if (opened) return socket
      socket.close()
      return null
    } catch (error) {
      socket.close()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  #listen(socket: WebSocket, open: AbortController): void {
    const { signal } = open
    let watch: ReturnType<typeof setTimeout> | undefined
    const alive = () => {
      clearTimeout(watch)
      watch = setTimeout(
        () => this.#lose(open, new SignalingError('unreachable', 'The gateway fell silent')),
        this.#silence,
      )
    }
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (signal.aborted) return
      alive()
      this.#take(parsed(data))
    })
    socket.addEventListener('close', () => {
      this.#lose(open, cut())
    })
    signal.addEventListener('abort', () => {
      clearTimeout(watch)
      socket.close(this.#closeCode)
    })
    alive()
  }

  #take(body: unknown): void {
    const batch = readBatch(body)
    if (!batch) return log.warn('a message of the gateway cannot be read')
    if (batch.id !== undefined) this.#last = batch.id
    for (const event of batch.events) this.#events.event(event)
  }

  #lose(open: AbortController, error: SignalingError): void {
    if (open.signal.aborted) return
    open.abort()
    log.info(`lost the events: ${error.message}`)
    this.#events.lost(error)
  }
}

/** The JSON of a message; nothing where it is none. */
function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null
  } catch {
    return null
  }
}

function cut(cause?: unknown): SignalingError {
  return new SignalingError('unreachable', 'The connection to the gateway was cut', { cause })
}
