import { countryOf, type DialPlan } from './dial-plan.ts'
import { type DialledNumber, dropSeparators, longestText, plainText } from './dialled-number.ts'
import type { LibraryIfLoaded } from './number-format.ts'

/** Shorter ones are extensions, in every country. */
const shortestNational = 7

/** Reads digits, `+`, `*` and `#` as an exchange takes them; `null` for any other text. */
export function readExchangeNumber(text: string, plan: DialPlan, library: LibraryIfLoaded): DialledNumber | null {
  if (text.length > longestText) return null
  const number = dropSeparators(plainText(text))
  if (!/^(?:[\d*#]*[*#])?\+?[\d*#]*\d[\d*#]*$/.test(number)) return null
  const country = countryOf(plan)
  const isWhole = country !== null && new RegExp(`^\\d{${shortestNational},}$`).test(number)
  const whole = isWhole ? library()?.national(number, country) : null
  if (whole) return { kind: 'international', number: whole.number }
  return { kind: number.startsWith('+') ? 'international' : 'local', number }
}
