import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { partyName } from './party-name.ts'

/** Whether a call rang here and nobody took it. */
export function isMissed({ direction, connectedAt, endedReason }: CallSnapshot): boolean {
  const reason = endedReason ?? 'hangup'
  return (
    direction === 'incoming' &&
    connectedAt === null &&
    (reason === 'canceled' || reason === 'no-answer' || reason === 'remote-hangup')
  )
}

/** How a call ended, in a few words. */
export function endedText(phone: Phone, call: CallSnapshot, text: Messages): string {
  const reason = call.endedReason ?? 'hangup'
  if (call.direction === 'incoming' && call.connectedAt === null) {
    if (reason === 'rejected' || reason === 'busy') return text.declined
    if (isMissed(call)) return text.missed
  }
  return text.ended[reason](partyName(phone, call.remote, text))
}
