import { timeLimit } from '../../base/time-limit.ts'
import type { GatewayRest } from './gateway-rest.ts'

/** How long an answer may take, in ms: the gateway gives one after 25 s at the latest. */
const limit = 60_000

/**
 * Asks for events again and again, for where a WebSocket cannot be opened; each answer waits until there are some.
 * `path` names the resource and the last event that came. Resolves when `signal` aborts, rejects when it is cut.
 */
export async function poll(
  rest: GatewayRest,
  path: () => string,
  take: (batch: unknown) => void,
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
