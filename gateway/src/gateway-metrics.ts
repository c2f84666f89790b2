import { Counter, Gauge, Histogram, Registry, type OpenMetricsContentType } from 'prom-client'

/** What a session tells of the events it hands out. */
export interface EventMeter {
  /** An event came for the client. */
  came(state: string): void
  /** Events were handed to a channel; the oldest of them had waited `ms`. */
  handedOut(ms: number): void
}

/** What is counted when it is asked for. */
export interface Countable {
  readonly size: number
  readonly queueBytes: number
  readonly exchange: { readonly calls: number }
}

/** Bounds of the histograms, in seconds: from what an idle machine takes to what a person notices. */
const buckets = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]

/** What a gateway measures of itself, as OpenMetrics: numbers alone, of nobody in particular. */
export class GatewayMetrics implements EventMeter {
  readonly #registry = new Registry<OpenMetricsContentType>()
  readonly #registers = [this.#registry]
  readonly #requests: Histogram<'method' | 'route' | 'status'>
  readonly #delays: Histogram
  readonly #events: Counter<'state'>

  constructor() {
    this.#registry.setContentType(Registry.OPENMETRICS_CONTENT_TYPE)
    const registers = this.#registers
    this.#requests = new Histogram({
      name: 'att_phone_request_duration_seconds',
      help: 'From the first byte of a request to the last one of its answer; of polls with the time they wait.',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers,
    })
    this.#delays = new Histogram({
      name: 'att_phone_event_delay_seconds',
      help: 'How long the oldest event of a batch had waited for its client.',
      buckets,
      registers,
    })
    this.#events = new Counter({
      name: 'att_phone_events_total',
      help: 'Events for clients, by what happened.',
      labelNames: ['state'],
      registers,
    })
  }

  /** Sessions, calls and queues are read when they are asked for. */
  watch(sessions: Countable): void {
    for (const [name, help, read] of [
      ['att_phone_sessions', 'Sessions that are open.', () => sessions.size],
      ['att_phone_calls', 'Calls that ring or are up, conferences included.', () => sessions.exchange.calls],
      ['att_phone_event_queue_bytes', 'Size of the events kept for clients, in bytes.', () => sessions.queueBytes],
    ] as const) {
      const collect = function (this: Gauge): void {
        this.set(read())
      }
      new Gauge({ name, help, registers: this.#registers, collect })
    }
  }

  came(state: string): void {
    this.#events.inc({ state })
  }

  handedOut(ms: number): void {
    this.#delays.observe(ms / 1000)
  }

  /** `route` is the pattern that the request met, never its path: paths hold addresses. */
  answered(request: { readonly method: string; readonly route: string; readonly status: number }, ms: number): void {
    this.#requests.observe({ ...request, status: String(request.status) }, ms / 1000)
  }

  async text(): Promise<{ readonly type: string; readonly body: string }> {
    return { type: this.#registry.contentType, body: await this.#registry.metrics() }
  }
}
