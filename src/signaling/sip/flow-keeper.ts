/** How long a server may take to answer a keep-alive, in ms, and a question whether it is there. */
const keepAliveLimit = 3000
const probeLimit = 2000

/** How long a request of ours may go unanswered before the server is asked whether it is there, in ms. */
const suspectAfter = 8000

/** How often it is looked whether the machine slept, in ms, and how late that may be. */
const clockPace = 1000
const clockDrift = 3000

/** Keep-alives without a pong after which a server counts as one that sends none. */
const unanswered = 3

/** RFC 5626, 3.5.1. */
const ping = '\r\n\r\n'

/** What comes of a page's place: each may mean another network, or a long sleep. */
interface Place {
  addEventListener(name: string, listener: () => void, options: { readonly signal: AbortSignal }): void
}

export interface FlowOptions {
  readonly send: (text: string) => void
  /** A request that every server answers, somehow. */
  readonly question: () => string
  /** The server is not there any more. */
  readonly onDead: () => void
}

/**
 * Keeps the flow to a server open (RFC 5626, 4.4.1), and notices when it is dead: a network that forgot it says nothing.
 * It is asked every now and then, after a request that nobody answered, and at once when the machine may have slept or
 * changed networks. A server need not know keep-alives of this kind; each answers a question.
 */
export class FlowKeeper {
  readonly #options: FlowOptions
  #life: AbortController | null = null
  #interval: ReturnType<typeof setInterval> | undefined
  #suspicion: ReturnType<typeof setTimeout> | undefined
  #verdict: ReturnType<typeof setTimeout> | undefined
  #verdictAt = Infinity
  /** Keep-alives in a row that had no pong; -1 once there was one. */
  #withoutPong = 0

  constructor(options: FlowOptions) {
    this.#options = options
  }

  /** A connection is open: it is watched until `stop`. */
  start(): void {
    this.stop()
    this.#withoutPong = 0
    const { signal } = (this.#life = new AbortController())
    const probe = () => this.probe()
    const on = (place: Place | undefined, name: string, listener = probe) =>
      place?.addEventListener(name, listener, { signal })
    on(globalThis.window, 'online')
    on(globalThis.window, 'pageshow')
    on(globalThis.document, 'visibilitychange', () => {
      if (!document.hidden) probe()
    })
    on((globalThis.navigator as { connection?: Place } | undefined)?.connection, 'change')
    let last = Date.now()
    const clock = setInterval(() => {
      const late = Date.now() - last - clockPace
      last = Date.now()
      if (late > clockDrift) probe()
    }, clockPace)
    signal.addEventListener('abort', () => clearInterval(clock), { once: true })
  }

  stop(): void {
    this.#life?.abort()
    this.#life = null
    clearInterval(this.#interval)
    this.#calm()
  }

  /** Asks every so many ms from now on; 0: not by itself. */
  every(interval: number): void {
    clearInterval(this.#interval)
    if (interval > 0) this.#interval = setInterval(() => this.#ask(keepAliveLimit), interval)
  }

  /** Looks at once whether the server is there. */
  probe(): void {
    this.#ask(probeLimit)
  }

  /** A request of ours left. */
  asked(): void {
    this.#suspicion ??= setTimeout(() => this.#ask(probeLimit), suspectAfter)
  }

  /** Something came: the server is there. */
  heard(text: string): void {
    if (text.trim() === '') this.#withoutPong = -1
    this.#calm()
  }

  #ask(limit: number): void {
    if (!this.#life) return
    const { send, question, onDead } = this.#options
    // Until it is known which of them this server answers, it gets both.
    if (this.#withoutPong < unanswered) send(ping)
    if (this.#withoutPong >= 0) {
      this.#withoutPong++
      send(question())
    }
    const at = Date.now() + limit
    if (at >= this.#verdictAt) return
    clearTimeout(this.#verdict)
    this.#verdictAt = at
    this.#verdict = setTimeout(() => {
      this.stop()
      onDead()
    }, limit)
  }

  #calm(): void {
    clearTimeout(this.#suspicion)
    clearTimeout(this.#verdict)
    this.#suspicion = this.#verdict = undefined
    this.#verdictAt = Infinity
  }
}
