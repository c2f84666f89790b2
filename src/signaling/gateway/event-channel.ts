import { abortable } from '../../base/abortable.ts'
import { logger } from '../../base/log.ts'
import type { ExchangeEvent } from '../../exchange/protocol.ts'
import { SignalingError } from '../signaling.ts'
import type { GatewayRest } from './gateway-rest.ts'
import type { poll as LongPoll } from './long-poll.ts'

const log = logger('gateway')

/** An event as the gateway writes it. */
interface EventObject extends Omit<ExchangeEvent, 'call'> {
  readonly resourceURL: string
}

interface EventBatch {
  /** Running number of the last event of the batch. */
  readonly id?: number
  readonly events?: { readonly eventList?: readonly { readonly eventObject: EventObject }[] }
}

export interface EventChannelEvents {
  event(event: ExchangeEvent): void
  /** The channel broke; `open` continues after the last event that came. */
  lost(error: SignalingError): void
}

/** How long a WebSocket may be silent, in ms, before it counts as dead: the gateway speaks every 20 s. */
const silence = 45_000

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
  #last = 0
  /** Attempts at a WebSocket that failed since one opened. */
  #failures = 0
  #open: AbortController | null = null

  constructor(rest: GatewayRest, session: string, events: EventChannelEvents) {
    this.#rest = rest
    this.#session = session
    this.#events = events
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

  close(): void {
    this.#open?.abort(new SignalingError('expired', 'Signed out'))
    this.#open = null
  }

  /** Polls, and tries from time to time whether a WebSocket opens by now. */
  #poll(poll: typeof LongPoll, open: AbortController): void {
    const polling = new AbortController()
    const path = () => `${this.#session}/events?after=${this.#last}`
    const signal = AbortSignal.any([open.signal, polling.signal])
    poll(this.#rest, path, (batch) => this.#take(batch as EventBatch), signal).catch((error: unknown) =>
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
      watch = setTimeout(() => this.#lose(open, new SignalingError('unreachable', 'The gateway fell silent')), silence)
    }
    socket.addEventListener('message', ({ data }: MessageEvent<string>) => {
      if (signal.aborted) return
      alive()
      this.#take(JSON.parse(data) as EventBatch)
    })
    socket.addEventListener('close', () => {
      this.#lose(open, cut())
    })
    signal.addEventListener('abort', () => {
      clearTimeout(watch)
      socket.close()
    })
    alive()
  }

  #take({ id, events }: EventBatch): void {
    if (id !== undefined) this.#last = id
    for (const { eventObject } of events?.eventList ?? []) {
      const { resourceURL, ...event } = eventObject
      this.#events.event({ ...event, call: decodeURIComponent(resourceURL.split('/').at(-1) ?? '') })
    }
  }

  #lose(open: AbortController, error: SignalingError): void {
    if (open.signal.aborted) return
    open.abort()
    log.info(`lost the events: ${error.message}`)
    this.#events.lost(error)
  }
}

function cut(cause?: unknown): SignalingError {
  return new SignalingError('unreachable', 'The connection to the gateway was cut', { cause })
}
