import { details, reasons, type ExchangeEvent } from '../../exchange/protocol.ts'
import type { EndReason, LegEnd } from '../signaling.ts'

/** What says by itself how a leg ended. */
const plain = [
  details.answeredElsewhere,
  details.busy,
  details.noAnswer,
  details.moved,
  details.transferred,
  details.merged,
]

const endReasons: Readonly<Record<string, EndReason>> = {
  [details.serverStopping]: 'session-ended',
  [reasons.rejected]: 'rejected',
  [reasons.canceled]: 'canceled',
}

/**
 * How a leg ended, by the `session-terminated` event that says so: the finer words count first. A session that ended is
 * the other side's, for that of this side hears no event any more.
 */
export function legEnd({ detail = '', reason }: ExchangeEvent): LegEnd {
  return {
    reason: plain.find((each) => each === detail) ?? endReasons[detail] ?? endReasons[reason ?? ''] ?? 'remote-hangup',
    ...(reason !== undefined && { message: reason }),
  }
}
