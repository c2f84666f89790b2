import { logger } from '../../base/log.ts'
import type { ExchangeEvent } from '../../exchange/protocol.ts'
import { SignalingError } from '../signaling.ts'
import type { CommandChannel } from './command-channel.ts'
import { readBatch } from './event-batch.ts'
import { cut, type EventSink } from './event-sink.ts'
import type { GatewayRest } from './gateway-rest.ts'
import type { FormerEvents } from './former-events.ts'

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

/**
 * The events of one session: by the channel of its commands, by a WebSocket of their own where the gateway has no such
 * channel, or by long polling where a WebSocket cannot be opened (a proxy in between). Events are numbered, so that a
 * channel that was cut goes on where it was.
 */
export class EventChannel implements EventSink {
  readonly #rest: GatewayRest
  readonly #session: string
  readonly #events: EventChannelEvents
  /** How long a WebSocket may be silent before it counts as dead, in ms. */
  readonly #silence: number
  /** How long a poll may take, in ms. */
  readonly #pollLimit: number
  last = 0
  #former: FormerEvents | null = null
  #open: AbortController | null = null
  closeCode: number | undefined
  sayWhy: (code: number) => void = () => {}

  constructor(rest: GatewayRest, session: string, rhythm: EventRhythm, events: EventChannelEvents) {
    this.#rest = rest
    this.#session = session
    this.#events = events
    if (Number.isSafeInteger(rhythm.lastEvent)) this.last = rhythm.lastEvent ?? 0
    this.#silence = secondsOf(rhythm.pingInterval, 15) * 1000 * missedPings
    this.#pollLimit = secondsOf(rhythm.pollWait, 25) * 1000 + pollDelay
  }

  /** Resolves when events can come. */
  async open(signal: AbortSignal): Promise<void> {
    this.close()
    const open = (this.#open = new AbortController())
    const live = AbortSignal.any([signal, open.signal])
    const channel = await this.#commands(live)
    if (channel) {
      this.#hear(channel, open)
      return
    }
    const { FormerEvents } = await import('./former-events.ts')
    live.throwIfAborted()
    this.#former ??= new FormerEvents(this.#rest, this.#session, this.#pollLimit, this)
    await this.#former.open(signal, open)
  }

  /** As `close`, of a page that may come back as it is: then it finds its events lost. */
  leave(code: number): void {
    this.sayWhy(code)
  }

  /** `code` is what the gateway reads, where there is a WebSocket. */
  close(code?: number): void {
    this.closeCode = code
    this.#open?.abort(new SignalingError('expired', 'Signed out'))
    this.#open = null
  }

  /** The channel that the session was opened by, or another one that brings its events; `null` where there is none. */
  async #commands(signal: AbortSignal): Promise<CommandChannel | null> {
    const { channel } = this.#rest
    if (channel?.isFresh) return channel
    if (this.#rest.isWithoutChannel) return null
    // By HTTP first, as at sign-in: no WebSocket fails while the gateway is away.
    channel?.close()
    await this.#rest.send({ method: 'PUT', path: this.#session, signal })
    if (!(await this.#rest.openChannel(signal))) return null
    try {
      await this.#rest.send({ method: 'PUT', path: this.#session, after: this.last, signal })
      // Where it was cut meanwhile the request went by HTTP.
      return this.#rest.channel
    } catch (error) {
      this.#rest.channel?.close()
      throw error
    }
  }

  #hear(channel: CommandChannel, open: AbortController): void {
    const alive = this.watch(open)
    this.sayWhy = (code) => channel.leave(code)
    channel.listen(
      (message) => {
        if (open.signal.aborted) return
        alive()
        this.take(message)
      },
      () => this.lose(open, cut()),
    )
    open.signal.addEventListener('abort', () => channel.close(this.closeCode))
    if (!channel.isOpen) this.lose(open, cut())
  }

  watch(open: AbortController): () => void {
    let watch: ReturnType<typeof setTimeout> | undefined
    const alive = () => {
      clearTimeout(watch)
      watch = setTimeout(
        () => this.lose(open, new SignalingError('unreachable', 'The gateway fell silent')),
        this.#silence,
      )
    }
    open.signal.addEventListener('abort', () => clearTimeout(watch))
    alive()
    return alive
  }

  take(body: unknown): void {
    const batch = readBatch(body)
    if (!batch) return log.warn('a message of the gateway cannot be read')
    if (batch.id !== undefined) this.last = batch.id
    for (const event of batch.events) this.#events.event(event)
  }

  lose(open: AbortController, error: SignalingError): void {
    if (open.signal.aborted) return
    open.abort()
    log.info(`lost the events: ${error.message}`)
    this.#events.lost(error)
  }
}
