import { logger } from '../../base/log.ts'
import { isRecord } from '../exchange/read-event.ts'
import { parsed } from './event-batch.ts'
import { openSocket, type NoSocket } from './open-socket.ts'

const log = logger('gateway')

/** How long nothing may come while a request waits for its reply, in ms. The gateway speaks every 2 s then. */
const suspectAfter = 6000

/** The channel was cut: nobody knows whether the gateway heard the request. */
export class ChannelCut extends Error {}

/** A request as it goes by the channel. */
export interface CommandFrame {
  readonly method: string
  /** Path and query. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
  /** The last event that came of the session: those after it are to come by this channel. */
  readonly after?: number | undefined
}

interface Waiting {
  readonly resolve: (reply: Response) => void
  readonly reject: (error: ChannelCut) => void
}

/**
 * One WebSocket for the requests and events of a session. Each request takes one round trip, and none waits for
 * another, where HTTP to another origin asks first whether it may (Fetch, CORS preflight).
 */
export class CommandChannel {
  readonly #socket: WebSocket
  readonly #waiting = new Map<number, Waiting>()
  readonly #early: unknown[] = []
  #listener: ((message: unknown) => void) | null = null
  #onCut: () => void = () => {}
  #isOpen = true
  #sent = 0
  #suspicion: ReturnType<typeof setTimeout> | undefined

  /** A channel of the gateway whose resources are below `base`, or why there is none. */
  static async open(base: URL, signal: AbortSignal): Promise<CommandChannel | NoSocket> {
    const url = new URL(`${base.pathname}/channel`, base)
    url.protocol = base.protocol.replace('http', 'ws')
    const socket = await openSocket(url, signal)
    return typeof socket === 'string' ? socket : new CommandChannel(socket)
  }

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#receive(data))
    socket.addEventListener('close', () => this.#cut())
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Whether its events have no listener yet. */
  get isFresh(): boolean {
    return this.#isOpen && this.#listener === null
  }

  /** `message` hears all that is no reply, from the first on; `cut` that no more will come. */
  listen(message: (body: unknown) => void, cut: () => void): void {
    this.#listener = message
    this.#onCut = cut
    for (const body of this.#early.splice(0)) message(body)
  }

  /** @throws {ChannelCut} when the channel ends before the reply. */
  send(frame: CommandFrame): Promise<Response> {
    const request = ++this.#sent
    return new Promise((resolve, reject) => {
      this.#socket.send(JSON.stringify({ request, ...frame }))
      this.#waiting.set(request, { resolve, reject })
      if (this.#waiting.size === 1) this.#suspect()
    })
  }

  /** The page goes, or is put away: one that comes back finds the channel cut. `code` is what the gateway reads. */
  leave(code: number): void {
    this.#socket.close(code)
  }

  /** Requests under way are taken for cut. `code` is what the gateway reads. */
  close(code?: number): void {
    this.#onCut = () => {}
    this.#cut()
    this.#socket.close(code)
  }

  #receive(data: unknown): void {
    if (!this.#isOpen) return
    const message = parsed(data)
    const isReply = isRecord(message) && typeof message['reply'] === 'number'
    if (isReply) this.#settle(message['reply'] as number, responseOf(message))
    this.#suspect()
    // A reply is a sign of life as well.
    if (this.#listener) this.#listener(isReply ? {} : message)
    else if (!isReply) this.#early.push(message)
  }

  #settle(request: number, reply: Response | null): void {
    const waiting = this.#waiting.get(request)
    this.#waiting.delete(request)
    if (reply) waiting?.resolve(reply)
    else waiting?.reject(new ChannelCut('The reply cannot be read'))
  }

  /** Counts anew how long the gateway has said nothing, where something waits for it. */
  #suspect(): void {
    clearTimeout(this.#suspicion)
    if (this.#waiting.size === 0) return
    this.#suspicion = setTimeout(() => {
      log.info('the gateway does not answer by its channel')
      this.#socket.close()
      this.#cut()
    }, suspectAfter)
  }

  #cut(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    clearTimeout(this.#suspicion)
    for (const { reject } of this.#waiting.values()) reject(new ChannelCut('The channel was cut'))
    this.#waiting.clear()
    this.#onCut()
  }
}

/** A reply as HTTP would have brought it; `null` where it is none. */
function responseOf({ status, headers, body }: Readonly<Record<string, unknown>>): Response | null {
  try {
    return new Response(typeof body === 'string' && body ? body : null, {
      status: Number(status),
      headers: isRecord(headers) ? (headers as Record<string, string>) : {},
    })
  } catch {
    return null
  }
}
