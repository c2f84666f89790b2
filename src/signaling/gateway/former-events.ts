import { SignalingError } from '../signaling.ts'
import { parsed } from './event-batch.ts'
import { cut, type EventSink } from './event-sink.ts'
import type { GatewayRest } from './gateway-rest.ts'
import { poll } from './long-poll.ts'
import { openSocket } from './open-socket.ts'

/** Pauses between attempts at a WebSocket where events are polled for, in ms; the last one goes on. */
const pauses = [60_000, 120_000, 300_000, 900_000] as const

/**
 * Events as the original protocol brings them: by a WebSocket that a request names, or by long polling where none can be
 * opened. For a gateway without a channel of commands, and where a proxy in between lets none through.
 */
export class FormerEvents {
  readonly #rest: GatewayRest
  readonly #session: string
  /** How long a poll may take, in ms. */
  readonly #pollLimit: number
  readonly #events: EventSink
  /** Attempts at a WebSocket that failed since one opened. */
  #failures = 0

  constructor(rest: GatewayRest, session: string, pollLimit: number, events: EventSink) {
    this.#rest = rest
    this.#session = session
    this.#pollLimit = pollLimit
    this.#events = events
  }

  /** Resolves when events can come. `open` says how long they are wanted. */
  async open(signal: AbortSignal, open: AbortController): Promise<void> {
    // Another WebSocket would only be waited for as long again.
    const isHopeless = this.#rest.swallowsSockets && this.#failures === 0
    if (isHopeless) this.#failures = 1
    const socket = isHopeless ? null : await this.#socket(AbortSignal.any([signal, open.signal]))
    if (socket) this.#listen(socket, open)
    else this.#poll(open)
  }

  /** Polls, and tries from time to time whether a WebSocket opens by now. */
  #poll(open: AbortController): void {
    const polling = new AbortController()
    const path = () => `${this.#session}/events?after=${this.#events.last}`
    const signal = AbortSignal.any([open.signal, polling.signal])
    const take = (batch: unknown) => this.#events.take(batch)
    poll(this.#rest, path, take, this.#pollLimit, signal).catch((error: unknown) =>
      this.#events.lose(open, error instanceof SignalingError ? error : cut(error)),
    )
    const pause = pauses[Math.min(this.#failures, pauses.length) - 1] ?? pauses[0]
    const again = setTimeout(() => {
      // What the poll under way was given, and did not bring, comes again: the next channel says what came last.
      polling.abort()
      this.#socket(open.signal).then(
        (socket) => (socket ? this.#listen(socket, open) : this.#poll(open)),
        (error: unknown) => this.#events.lose(open, error instanceof SignalingError ? error : cut(error)),
      )
    }, pause)
    open.signal.addEventListener('abort', () => clearTimeout(again), { once: true })
  }

  /** An open WebSocket, or `null` where the gateway has none or the way to it lets none through. */
  async #socket(signal: AbortSignal): Promise<WebSocket | null> {
    const response = await this.#rest.send({ method: 'POST', path: `${this.#session}/websockets`, signal })
    const location = response.headers.get('Location')
    if (!location) return null
    // By the way that this page reaches the gateway: a proxy need not tell the gateway what it is called.
    const { pathname, searchParams } = new URL(location, this.#rest.base)
    const url = new URL(pathname, this.#rest.base)
    url.protocol = this.#rest.base.protocol.replace('http', 'ws')
    url.search = searchParams.toString()
    url.searchParams.set('after', String(this.#events.last))
    const socket = await openSocket(url, signal)
    if (typeof socket === 'string') {
      this.#failures++
      return null
    }
    this.#failures = 0
    return socket
  }

  #listen(socket: WebSocket, open: AbortController): void {
    const { signal } = open
    const alive = this.#events.watch(open)
    this.#events.sayWhy = (code) => socket.close(code)
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (signal.aborted) return
      alive()
      this.#events.take(parsed(data))
    })
    socket.addEventListener('close', () => {
      this.#events.lose(open, cut())
    })
    signal.addEventListener('abort', () => socket.close(this.#events.closeCode))
  }
}
