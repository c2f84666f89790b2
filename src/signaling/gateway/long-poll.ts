import type { GatewayRest } from './gateway-rest.ts'

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
      const response = await rest.open({ method: 'GET', path: path(), signal })
      if (response.status !== 204) take(await response.json())
    } catch (error) {
      if (!signal.aborted) throw error
    }
  }
}
