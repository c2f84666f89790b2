import { type DialledNumber, readNumber } from './dialled-number.ts'
import { type LibraryIfLoaded, loadedNumberFormat } from './number-format.ts'
import { readAccount } from './user-id.ts'

/** The number in the form that is dialled; `false` where the metadata of its country, once loaded, says it is none. */
export function cleanNumber({ kind, number }: DialledNumber, library: LibraryIfLoaded): string | false {
  const metadata = kind === 'international' ? library() : null
  return metadata ? (metadata.international(number)?.number ?? false) : number
}

/**
 * Cleans a phone number: `1 (800) CAL-FEDE` gives `18002253333`, `+44 20 7183 8750` gives `+442071838750`, a special
 * number and `user@domain` stay. `false` for what is no number.
 */
export function cleanPhoneNumber(text: unknown, library: LibraryIfLoaded = loadedNumberFormat): string | false {
  if (typeof text !== 'string') return false
  const number = readNumber(text)
  return number ? cleanNumber(number, library) : (readAccount(text) ?? false)
}
