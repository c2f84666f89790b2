import type { ExchangeEvent } from '../../exchange/protocol.ts'
import { isRecord, readEvent } from '../exchange/read-event.ts'

/** Events of one message of the gateway. */
export interface EventBatch {
  /** Running number of the last of them. */
  readonly id: number | undefined
  readonly events: readonly ExchangeEvent[]
}

/** The event that an object of the wire stands for: it names its call by the path of it. */
function eventOf(entry: unknown): ExchangeEvent | null {
  const { eventObject } = isRecord(entry) ? entry : {}
  if (!isRecord(eventObject) || typeof eventObject['resourceURL'] !== 'string') return null
  const { resourceURL, ...event } = eventObject
  try {
    return readEvent({ ...event, call: decodeURIComponent(resourceURL.split('/').at(-1) ?? '') })
  } catch {
    // An escape that is none.
    return null
  }
}

/** What a message of the gateway says; `null` where it says nothing that can be read. Events that are none are left out. */
export function readBatch(body: unknown): EventBatch | null {
  if (!isRecord(body)) return null
  const { id, events } = body
  const list = isRecord(events) && Array.isArray(events['eventList']) ? (events['eventList'] as unknown[]) : []
  return {
    id: Number.isSafeInteger(id) && Number(id) >= 0 ? Number(id) : undefined,
    events: list.map(eventOf).filter((event) => event !== null),
  }
}

/** The JSON of a message; nothing where it is none. */
export function parsed(data: unknown): unknown {
  try {
    return typeof data === 'string' ? JSON.parse(data) : null
  } catch {
    return null
  }
}
