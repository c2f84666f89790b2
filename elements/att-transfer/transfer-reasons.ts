import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import type { TransferStage } from './transfer-stage.ts'

/** The two ways to transfer, by the capability each needs: after asking, and at once. */
export type TransferWay = 'transfer' | 'blindTransfer'

/** Why a way cannot be taken now; `null` when it can. */
export function reasonAgainst(
  way: TransferWay,
  stage: TransferStage,
  { session: { capabilities } }: PhoneSnapshot,
  number: string,
  messages: Messages,
): string | null {
  if (!stage.call) return messages.noCallNow
  if (!capabilities.transfer && !capabilities.blindTransfer) return messages.noTransfer
  if (!capabilities[way]) return way === 'transfer' ? messages.noAttendedTransfer : messages.noBlindTransfer
  if (stage.name === 'none' || stage.name === 'calling') return messages.notConnected
  if (stage.name === 'transferring') return messages.waiting
  return stage.name === 'join' || number.trim() ? null : messages.noNumber
}

/** What cannot be done, no matter what is typed; `null` when both ways are open. */
export function standingReason(
  stage: TransferStage,
  { session: { capabilities } }: PhoneSnapshot,
  messages: Messages,
): string | null {
  const { transfer, blindTransfer } = capabilities
  if (!stage.call) return messages.noCallNow
  if (!transfer && !blindTransfer) return messages.noTransfer
  if (stage.name === 'none') return messages.notConnected
  if (transfer && blindTransfer) return null
  return transfer ? messages.noBlindTransfer : messages.noAttendedTransfer
}
