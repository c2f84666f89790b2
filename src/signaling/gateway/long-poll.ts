import { timeLimit } from '../../base/time-limit.ts'
import type { GatewayRest } from './gateway-rest.ts'

/**
 * Asks for events again and again, for where a WebSocket cannot be opened; each answer waits until there are some.
 * `path` names the resource and the last event that came; an answer may take `limit` ms. Resolves when `signal` aborts,
 * rejects when it is cut.
 */
export async function poll(
  rest: GatewayRest,
  path: () => string,
  take: (batch: unknown) => void,
  limit: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    try {
      // A gateway that is frozen, or gone without a word, answers nothing at all.
      const inTime = timeLimit(limit, signal)
      const response = await rest.open({ method: 'GET', path: path(), signal: inTime })
      if (response.status !== 204) take(await response.json())
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
