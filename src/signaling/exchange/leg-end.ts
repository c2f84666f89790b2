import { details, reasons, type ExchangeEvent } from '../../exchange/protocol.ts'
import type { EndReason, LegEnd } from '../signaling.ts'

const endReasons: Readonly<Record<string, EndReason>> = {
  [details.answeredElsewhere]: 'answered-elsewhere',
  [details.busy]: 'busy',
  [details.noAnswer]: 'no-answer',
  [details.serverStopping]: 'session-ended',
  [details.moved]: 'moved',
  [details.transferred]: 'transferred',
  [details.merged]: 'merged',
  [reasons.rejected]: 'rejected',
  [reasons.canceled]: 'canceled',
}

/**
 * How a leg ended, by the `session-terminated` event that says so: the finer words count first. A session that ended is
 * the other side's, for that of this side hears no event any more.
 */
export function legEnd({ detail = '', reason }: ExchangeEvent): LegEnd {
  return {
    reason: endReasons[detail] ?? endReasons[reason ?? ''] ?? 'remote-hangup',
    ...(reason !== undefined && { message: reason }),
  }
}
