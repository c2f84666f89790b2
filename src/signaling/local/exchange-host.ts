import { plainName } from '../../base/plain-name.ts'
import type { ExchangeEnvironment } from '../../exchange/exchange-environment.ts'
import { Exchange } from '../../exchange/exchange.ts'
import { ExchangeError, type ExchangeReply } from '../../exchange/protocol.ts'
import { newId } from '../../place/new-id.ts'
import {
  clientLock,
  exchangeChannel,
  exchangeLock,
  readMessage,
  type LocalMessage,
  type LocalRequest,
} from './local-protocol.ts'

/** How long the other tab of a call may take to find the successor of a lost exchange, in ms: it hears of it at once. */
const restoration = 4000

/** An exchange with the clock and the ids of the browser. Its clock stops when `signal` aborts. */
export function createExchange(signal: AbortSignal): Exchange {
  const environment: ExchangeEnvironment = {
    schedule(ms, task) {
      const timer = setTimeout(task, ms)
      const stop = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
      }
      signal.addEventListener('abort', stop, { once: true })
      return stop
    },
    newId,
  }
  return new Exchange(environment, { restoration })
}

/**
 * Runs the exchange of this origin in this tab whenever it is this tab's turn, until `signal` aborts: every tab stands
 * in line for one lock, so that there is always exactly one, and the next takes over when its tab goes.
 *
 * `own` is this tab's client.
 */
export function standForExchange(own: string, signal: AbortSignal): void {
  navigator.locks
    .request(exchangeLock, { signal }, () => serve(own, signal))
    // Leaving the line is how it ends.
    .catch(() => {})
}

/** Serves until `signal` aborts. */
async function serve(own: string, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const host = new ExchangeHost(signal)
  // Its lock tells nobody of a client that goes together with the exchange: the next one would wait for its calls.
  globalThis.addEventListener('pagehide', ({ persisted }) => !persisted && host.unregister(own), { signal })
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
  host.close()
}

/** The exchange of this origin, and its end of the channel that the clients use. */
class ExchangeHost {
  readonly #exchange: Exchange
  readonly #epoch = newId()
  readonly #channel = new BroadcastChannel(exchangeChannel)
  readonly #sessions = new Map<string, AbortController>()

  constructor(signal: AbortSignal) {
    this.#exchange = createExchange(signal)
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = readMessage(data)
      if (message?.kind === 'request' && !signal.aborted) this.#serve(message)
    })
    this.#post({ kind: 'up', epoch: this.#epoch })
  }

  /** Signs a client out; its calls end. */
  unregister(client: string): void {
    this.#sessions.get(client)?.abort()
    if (this.#sessions.delete(client)) this.#exchange.unregister(client)
  }

  close(): void {
    this.#channel.close()
    for (const session of this.#sessions.values()) session.abort()
    this.#sessions.clear()
  }

  #serve({ client, number, request }: Extract<LocalMessage, { kind: 'request' }>): void {
    try {
      this.#post({ kind: 'reply', client, number, epoch: this.#epoch, reply: this.#answer(client, request) })
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error
      const { status, messageId, message: text } = error
      this.#post({ kind: 'refusal', client, number, status, messageId, text })
    }
  }

  #answer(client: string, request: LocalRequest): ExchangeReply {
    if (request.op === 'command') return this.#exchange.request(client, request.command)
    if (request.op === 'unregister') this.unregister(client)
    else if (!this.#sessions.has(client)) this.#register(client, request)
    return {}
  }

  #register(client: string, { user, displayName, calls }: Extract<LocalRequest, { op: 'register' }>): void {
    const session = new AbortController()
    this.#sessions.set(client, session)
    this.#exchange.register({
      id: client,
      user,
      displayName: plainName(displayName),
      extensions: true,
      deliver: (event) => {
        if (!session.signal.aborted) this.#post({ kind: 'event', client, event })
      },
    })
    for (const { call, peer } of calls) this.#exchange.restore(client, call, { peer })
    // The client's own lock comes free when its page is gone, however it went.
    navigator.locks
      .request(clientLock(client), { signal: session.signal }, () => this.unregister(client))
      .catch(() => {})
  }

  #post(message: LocalMessage): void {
    this.#channel.postMessage(message)
  }
}
