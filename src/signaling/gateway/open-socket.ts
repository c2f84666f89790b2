import { abortable } from '../../base/abortable.ts'
import { answerLimit } from '../../place/answer-limit.ts'

/**
 * How long a WebSocket may take to open, in ms: a proxy may swallow the request. It may take longer while the browser
 * asks the person.
 */
const openTimeout = 5000

/** Why no WebSocket opened: the way to the server lets none through, or says nothing. */
export type NoSocket = 'refused' | 'silent'

/**
 * An open WebSocket, or why there is none.
 *
 * @throws the reason of `signal`, when it aborts.
 */
export async function openSocket(url: URL, signal: AbortSignal): Promise<WebSocket | NoSocket> {
  const socket = begun(url)
  if (!socket) return 'refused'
  const opening = new Promise<WebSocket | NoSocket>((resolve) => {
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('error', () => resolve('refused'), { once: true })
    socket.addEventListener('close', () => resolve('refused'), { once: true })
    answerLimit(url, openTimeout).addEventListener('abort', () => resolve('silent'), { once: true })
  })
  try {
    const opened = await abortable(opening, signal)
    if (opened === 'silent') socket.close()
    return opened
  } catch (error) {
    socket.close()
    throw error
  }
}

/** `null` where the page may not begin one, as on `https:` to a server without TLS: a request over HTTP says why. */
function begun(url: URL): WebSocket | null {
  try {
    return new WebSocket(url)
  } catch {
    return null
  }
}
