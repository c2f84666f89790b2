import type { DialPlan } from './dial-plan.ts'
import { type DialledNumber, readNumber } from './dialled-number.ts'
import { readExchangeNumber } from './exchange-number.ts'
import type { LibraryIfLoaded } from './number-format.ts'
import { readAccount } from './user-id.ts'

/** The number in the form that is dialled; `false` where the metadata of its country, once loaded, says it is none. */
export function cleanNumber({ kind, number }: DialledNumber, library: LibraryIfLoaded): string | false {
  const metadata = kind === 'international' ? library() : null
  return metadata ? (metadata.international(number)?.number ?? false) : number
}

/** Reads a number by a dial plan, as it is dialled; `null` for what is none, `false` for one that its country has not. */
export function readPlanned(text: string, plan: DialPlan, library: LibraryIfLoaded): DialledNumber | false | null {
  const number = plan === 'north-american' ? readNumber(text) : readExchangeNumber(text, plan, library)
  if (!number || plan !== 'north-american') return number
  const clean = cleanNumber(number, library)
  return clean === false ? false : { ...number, number: clean }
}

/**
 * Cleans a phone number: `1 (800) CAL-FEDE` gives `18002253333`, `+44 20 7183 8750` gives `+442071838750`, a special
 * number and `user@domain` stay. `false` for what is no number. By another dial plan what that dials.
 */
export function cleanPhoneNumber(
  text: unknown,
  library: LibraryIfLoaded,
  plan: DialPlan = 'north-american',
): string | false {
  if (typeof text !== 'string') return false
  const number = readPlanned(text, plan, library)
  return number === null ? (readAccount(text) ?? false) : number && number.number
}
