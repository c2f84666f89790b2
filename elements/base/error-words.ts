import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Trouble } from '../locales/en.ts'
import type { Messages } from '../locales/locale-table.ts'

/** An error in the words of a person: what happened, and what to do. */
export function errorWords(error: PhoneError, { devices }: PhoneSnapshot, messages: Messages): Trouble {
  const denied = error.ErrorCode === '0020' || error.ErrorCode === '0021'
  if (denied && devices.microphone !== 'denied' && devices.camera === 'denied') {
    return messages.cameraDenied
  }
  // The words of an unforeseen failure name a method, which tells a person nothing.
  if (error.ErrorCode.endsWith('00')) return messages.failed
  return messages.errors[error.ErrorCode] ?? [`${error.ErrorMessage}.`, `${error.Resolution}.`]
}
