import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { partyName } from './party-name.ts'

/** How a call ended, in a few words. */
export function endedText(phone: Phone, call: CallSnapshot, text: Messages): string {
  const reason = call.endedReason ?? 'hangup'
  if (call.direction === 'incoming' && call.connectedAt === null) {
    if (reason === 'rejected' || reason === 'busy') return text.declined
    if (reason === 'canceled' || reason === 'no-answer' || reason === 'remote-hangup') return text.missed
  }
  return text.ended[reason](partyName(phone, call.remote, text.unknownCaller))
}
