import type { EventBatch } from '../event-queue.ts'

/** A connection that a client hears its events by. */
export interface EventChannel {
  /** Whether it takes a batch now. When it turns true again it says so to the session (`pump`). */
  readonly ready: boolean
  send(batch: EventBatch): void
  /** Keeps the connection open, and finds out when it is not. `lastId` is that of the last event handed out. */
  ping(lastId: number): void
  /** Ends it: another one took its place, or the session is over. */
  close(): void
}
