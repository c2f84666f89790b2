import type { ExchangeEvent } from '../../src/exchange/protocol.ts'
import type { EventBatch } from './event-queue.ts'

/** Path of a session's call: the id is the sixth part, as clients of the protocol count. */
export const callPath = (sessionPath: string, call: string): string => `${sessionPath}/calls/${call}`

/** Path of a session's conference. */
export const conferencePath = (sessionPath: string, id: string): string => `${sessionPath}/conferences/${id}`

function eventObject({ call, type, ...rest }: ExchangeEvent, sessionPath: string): object {
  return { type, resourceURL: `${sessionPath}/${type}/${call}`, ...rest }
}

/** A batch as a poll, an SSE message and a WebSocket message carry it. `id` is what `after` takes. */
export function eventBody({ id, events }: EventBatch, sessionPath: string): string {
  const eventList = events.map((event) => ({ eventObject: eventObject(event, sessionPath) }))
  return JSON.stringify({ events: { eventList }, id })
}
