import { Exchange } from '../../exchange/exchange.ts'
import { ExchangeError } from '../../exchange/protocol.ts'
import { clientLock, exchangeChannel, exchangeLock, type LocalMessage, type LocalRequest } from './local-protocol.ts'

/** An exchange with the clock and the ids of the browser. Its clock stops when `signal` aborts. */
export function createExchange(signal: AbortSignal): Exchange {
  return new Exchange({
    schedule(ms, task) {
      const timer = setTimeout(task, ms)
      const stop = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', stop)
      }
      signal.addEventListener('abort', stop, { once: true })
      return stop
    },
    newId: () => crypto.randomUUID(),
  })
}

/**
 * Runs the exchange of this origin in this tab whenever it is this tab's turn, until `signal` aborts: every tab stands
 * in line for one lock, so that there is always exactly one, and the next takes over when its tab goes.
 */
export function standForExchange(signal: AbortSignal): void {
  navigator.locks
    .request(exchangeLock, { signal }, () => serve(signal))
    // Leaving the line is how it ends.
    .catch(() => {})
}

async function serve(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const exchange = createExchange(signal)
  const epoch = crypto.randomUUID()
  const channel = new BroadcastChannel(exchangeChannel)
  const post = (message: LocalMessage) => {
    if (!signal.aborted) channel.postMessage(message)
  }
  const sessions = new Map<string, AbortController>()

  const unregister = (client: string) => {
    sessions.get(client)?.abort()
    if (sessions.delete(client)) exchange.unregister(client)
  }

  const register = (client: string, request: Extract<LocalRequest, { op: 'register' }>) => {
    const session = new AbortController()
    sessions.set(client, session)
    exchange.register({
      id: client,
      user: request.user,
      extensions: true,
      deliver: (event) => post({ kind: 'event', client, event }),
    })
    for (const { call, peer } of request.calls) exchange.restore(client, call, { peer })
    // The client's own lock comes free when its page is gone, however it went.
    navigator.locks.request(clientLock(client), { signal: session.signal }, () => unregister(client)).catch(() => {})
  }

  const answer = (client: string, request: LocalRequest) => {
    if (request.op === 'register') {
      if (!sessions.has(client)) register(client, request)
    } else if (request.op === 'unregister') unregister(client)
    else return exchange.request(client, request.command)
    return {}
  }

  channel.addEventListener('message', ({ data }: MessageEvent<LocalMessage>) => {
    if (data.kind !== 'request') return
    const { client, number, request } = data
    try {
      const reply = answer(client, request)
      post({ kind: 'reply', client, number, epoch, reply })
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error
      const { status, messageId, message: text } = error
      post({ kind: 'refusal', client, number, status, messageId, text })
    }
  })
  post({ kind: 'up', epoch })

  await new Promise<void>((resolve) => {
    signal.addEventListener(
      'abort',
      () => {
        channel.close()
        for (const session of sessions.values()) session.abort()
        resolve()
      },
      { once: true },
    )
  })
}
