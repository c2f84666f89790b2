import { details, type ExchangeEvent } from '../../src/exchange/protocol.ts'
import { sessionNotFound } from '../../src/exchange/refusals.ts'
import type { EventChannel } from './channels/event-channel.ts'
import { PollChannel } from './channels/poll-channel.ts'
import { EventQueue } from './event-queue.ts'
import type { EventMeter } from './gateway-metrics.ts'
import type { GatewaySettings } from './gateway-options.ts'
import { RecentReplies } from './recent-replies.ts'

/** How long a page may be gone, in ms, before it counts as away: what only looks like it is back by then. */
const awayAfter = 2000

/** How long a page that is loaded anew may take, in s: who it talked to has waited long enough then. */
const comeback = 30

/** How a client wants to hear its events. */
export type EventChannelKind = 'long-poll' | 'sse' | 'websocket'

export interface SessionInit {
  readonly id: string
  /** Canonical URI. */
  readonly user: string
  readonly displayName?: string | undefined
  /** Whether the client knows what this gateway adds to the protocol. */
  readonly extensions: boolean
  readonly eventChannel: EventChannelKind
  /** Its browser keeps the far side that a connection has: see docs/decisions/far-sides-of-original-clients.md. */
  readonly fixedFarSide?: boolean
  /** Anybody can be its user. */
  readonly guest?: boolean
  readonly e911Id?: string | undefined
}

/** A signed-in client: its events, the channel it hears them by, and how long it lives. */
export class GatewaySession {
  readonly id: string
  readonly user: string
  readonly extensions: boolean
  readonly eventChannel: EventChannelKind
  /** Path of the session's resource. */
  readonly path: string
  /** What its client was answered, should it ask again. */
  readonly replies = new RecentReplies()
  /** The emergency address the session is linked to. */
  e911Id: string | undefined
  readonly #settings: GatewaySettings
  readonly #onOver: () => void
  readonly #onBurden: (call: string) => void
  readonly #meter: EventMeter
  readonly #queue: EventQueue
  #channel: EventChannel | null = null
  readonly #onAway: () => void
  readonly #onExpected: () => void
  #isAway = false
  #awayTimer: NodeJS.Timeout | undefined
  /** Requests of the client whose reply has not left. */
  #unanswered = 0
  #expiry: NodeJS.Timeout | undefined
  #channelGrace: NodeJS.Timeout | undefined

  /**
   * `over` is called when the session has to end: nobody refreshed it, or nobody listens. `burdened` is called when one of
   * its calls has to: who is in it sent more than the client takes. `away` is called when its page has gone, and is not
   * back after a moment; `expected`, when it has gone and said that another one may come.
   */
  constructor(
    init: SessionInit,
    settings: GatewaySettings,
    {
      over,
      burdened,
      away,
      expected,
      meter,
    }: {
      readonly over: () => void
      readonly burdened: (call: string) => void
      readonly away: () => void
      readonly expected: () => void
      readonly meter: EventMeter
    },
  ) {
    this.id = init.id
    this.user = init.user
    this.extensions = init.extensions
    this.eventChannel = init.eventChannel
    this.e911Id = init.e911Id
    this.path = `${settings.basePath}/sessions/${init.id}`
    this.#settings = settings
    this.#onOver = over
    this.#onAway = away
    this.#onExpected = expected
    this.#onBurden = burdened
    this.#meter = meter
    this.#queue = new EventQueue(settings.eventLimit, init.extensions)
    this.refresh()
    this.#awaitChannel()
  }

  /** Begins the session's life anew; gives its length in seconds. */
  refresh(): number {
    clearTimeout(this.#expiry)
    this.#expiry = setTimeout(this.#onOver, this.#settings.sessionTtl * 1000)
    return this.#settings.sessionTtl
  }

  /** Size of the events it keeps for its client. */
  get queueBytes(): number {
    return this.#queue.bytes
  }

  /** The last event that was handed out to its client. */
  get lastEvent(): number {
    return this.#queue.handedOut
  }

  deliver(event: ExchangeEvent): void {
    this.#meter.came(event.state)
    if (!this.#queue.push(event)) this.#relieve()
    this.pump()
  }

  /**
   * Takes up a client that has every event up to `after`.
   *
   * @throws ExchangeError when events it has not are gone: the session is over then, for its client cannot know its calls.
   */
  resume(after: number | undefined): void {
    if (!this.extensions) return
    if (after === undefined) return this.#queue.restart()
    if (this.#queue.resume(after)) return
    this.#onOver()
    throw sessionNotFound()
  }

  /**
   * A request of the client is under way. A client of the original protocol loses its place when an event overtakes the
   * reply that it follows from, so its events wait; gives the function that says that the reply has left.
   */
  awaitReply(): () => void {
    if (this.extensions) return () => {}
    this.#unanswered += 1
    return () => {
      this.#unanswered -= 1
      if (this.#unanswered > 0 || !this.#queue.isWaiting) return
      // Reply and event go by different connections. A client that has to ask again has had the reply by then.
      if (this.#channel instanceof PollChannel) this.#channel.close()
      else this.pump()
    }
  }

  /** Events go by `channel` from now on; the one before is closed. */
  attach(channel: EventChannel): void {
    const previous = this.#channel
    this.#channel = channel
    this.#isAway = false
    clearTimeout(this.#awayTimer)
    previous?.close()
    clearTimeout(this.#channelGrace)
    this.pump()
  }

  /**
   * Whether its page has gone, as far as its channel said, and is not back. A proxy that restarts says the same, so the
   * session goes on.
   */
  get isAway(): boolean {
    return this.#isAway
  }

  /**
   * `channel` is gone. `left`: it said that the page goes, as a browser does of one that was closed or has crashed.
   * `returns`: the page said so itself, and that another one may come.
   */
  detach(channel: EventChannel, { left = false, returns = false } = {}): void {
    // Another one has taken its place, maybe of the page that was to come.
    if (this.#channel !== channel) return
    this.#channel = null
    if (left) this.#awayTimer = setTimeout(() => this.#goAway(), awayAfter)
    const { channelGrace } = this.#settings
    this.#awaitChannel(returns ? Math.min(comeback, channelGrace) : channelGrace)
    if (returns) this.#onExpected()
  }

  /** Hands waiting events to the channel, as far as it takes them. */
  pump(): void {
    if (!this.#channel?.ready || this.#unanswered > 0) return
    const since = this.#queue.waitingSince
    const batch = this.#queue.next()
    if (!batch) return
    if (since !== null) this.#meter.handedOut(Date.now() - since)
    this.#channel.send(batch)
  }

  /** Keeps the channel open and lets go of old events. Called regularly. */
  tick(): void {
    this.#channel?.ping(this.#queue.handedOut)
    this.#queue.forget()
  }

  #goAway(): void {
    this.#isAway = true
    this.#onAway()
  }

  close(): void {
    clearTimeout(this.#awayTimer)
    clearTimeout(this.#expiry)
    clearTimeout(this.#channelGrace)
    this.#channel?.close()
    this.#channel = null
  }

  /** A client that is slow, or away for a while, keeps its session: the calls that ask too much of it end. */
  #relieve(): void {
    for (let call = this.#queue.burden; call !== null; call = this.#queue.burden) {
      this.#onBurden(call)
      this.#queue.end(call, { reason: 'More came than this side could take', detail: details.tooMuch })
    }
  }

  #awaitChannel(seconds = this.#settings.channelGrace): void {
    if (!this.extensions) return
    clearTimeout(this.#channelGrace)
    this.#channelGrace = setTimeout(this.#onOver, seconds * 1000)
  }
}
