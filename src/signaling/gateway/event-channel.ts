import { abortable } from '../../base/abortable.ts'
import { logger } from '../../base/log.ts'
import type { ExchangeEvent } from '../../exchange/protocol.ts'
import { SignalingError } from '../signaling.ts'
import type { GatewayRest } from './gateway-rest.ts'

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

/**
 * The events of one session: by WebSocket, or by long polling where a WebSocket cannot be opened (a proxy in between).
 * Events are numbered, so that a channel that was cut goes on where it was.
 */
export class EventChannel {
  readonly #rest: GatewayRest
  readonly #session: string
  readonly #events: EventChannelEvents
  #last = 0
  #polls = false
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
    if (!this.#polls) {
      const socket = await this.#socket(AbortSignal.any([signal, open.signal]))
      if (socket) {
        this.#listen(socket, open)
        return
      }
    }
    const { poll } = await import('./long-poll.ts')
    open.signal.throwIfAborted()
    const path = () => `${this.#session}/events?after=${this.#last}`
    poll(this.#rest, path, (batch) => this.#take(batch as EventBatch), open.signal).catch((error: unknown) =>
      this.#lose(open, error instanceof SignalingError ? error : cut(error)),
    )
  }

  close(): void {
    this.#open?.abort(new SignalingError('expired', 'Signed out'))
    this.#open = null
  }

  /** An open WebSocket, or `null` where the gateway has none or the way to it lets none through. */
  async #socket(signal: AbortSignal): Promise<WebSocket | null> {
    const response = await this.#rest.send({ method: 'POST', path: `${this.#session}/websockets`, signal })
    const location = response.headers.get('Location')
    if (!location || typeof WebSocket === 'undefined') return null
    const url = new URL(location, this.#rest.base)
    url.protocol = this.#rest.base.protocol.replace('http', 'ws')
    url.searchParams.set('after', String(this.#last))
    const socket = new WebSocket(url)
    const opening = new Promise<boolean>((resolve) => {
      socket.addEventListener('open', () => resolve(true), { once: true })
      socket.addEventListener('error', () => resolve(false), { once: true })
      socket.addEventListener('close', () => resolve(false), { once: true })
    })
    try {
      const opened = await abortable(opening, signal)
      this.#polls = !opened
      log.info(opened ? 'opened the WebSocket' : 'cannot open a WebSocket, and polls')
      return opened ? socket : null
    } catch (error) {
      socket.close()
      throw error
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
