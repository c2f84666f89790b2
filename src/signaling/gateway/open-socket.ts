import { abortable } from '../../base/abortable.ts'

/** How long a WebSocket may take to open, in ms: a proxy may swallow the request. */
const openTimeout = 5000

/** Why no WebSocket opened: the way to the server lets none through, or says nothing. */
export type NoSocket = 'refused' | 'silent'

/**
 * An open WebSocket, or why there is none.
 *
 * @throws the reason of `signal`, when it aborts.
 */
export async function openSocket(url: URL, signal: AbortSignal): Promise<WebSocket | NoSocket> {
  if (typeof WebSocket === 'undefined') return 'refused'
  const socket = new WebSocket(url)
  let timer: ReturnType<typeof setTimeout> | undefined
  const opening = new Promise<WebSocket | NoSocket>((resolve) => {
    socket.addEventListener('open', () => resolve(socket), { once: true })
    socket.addEventListener('error', () => resolve('refused'), { once: true })
    socket.addEventListener('close', () => resolve('refused'), { once: true })
    timer = setTimeout(() => resolve('silent'), openTimeout)
  })
  try {
    const opened = await abortable(opening, signal)
    if (opened === 'silent') socket.close()
    return opened
  } catch (error) {
    socket.close()
    throw error
  } finally {
    clearTimeout(timer)
  }
}
