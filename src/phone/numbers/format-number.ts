import { countryOf, type DialPlan } from './dial-plan.ts'
import { type DialledNumber, readNumber } from './dialled-number.ts'
import { readExchangeNumber } from './exchange-number.ts'
import type { LibraryIfLoaded } from './number-format.ts'

/** Country codes of one and two digits; all others have three (ITU-T E.164 annex D). */
const countryCode = /^\+(?:7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/

/** Groups of three, at the end of four where they do not come out even: readable until the metadata is there. */
function groupDigits(number: string): string {
  const country = countryCode.exec(number)?.[0] ?? ''
  const groups = number.slice(country.length).match(/\d{4}(?=\d{4}$)|\d{3}(?=\d{3,4}$|\d{6})|\d+$/g) ?? []
  return [country, ...groups].join(' ')
}

function formatDialled({ kind, number }: DialledNumber, library: LibraryIfLoaded): string {
  if (kind === 'special' || kind === 'local') return number
  if (kind === 'national') return number.replace(/^1(...)(...)/, '1 ($1) $2-')
  return library()?.international(number)?.text ?? groupDigits(number)
}

/**
 * Formats a number for people: `1 (800) 225-3333`, `+44 20 7183 8750`. Anything else stays as it is; `false` for what
 * is no text, and for a text with nothing in it that could be dialled. Where the dial plan is the exchange's, a number
 * without + stays as it is: nobody here knows whose it is.
 */
export function formatNumber(
  text: unknown,
  library: LibraryIfLoaded,
  plan: DialPlan = 'north-american',
): string | false {
  if (typeof text !== 'string') return false
  const number = plan === 'north-american' ? readNumber(text) : readExchangeNumber(text, plan, library)
  const country = countryOf(plan)
  const own = number?.kind === 'international' && country ? library()?.national(number.number, country)?.text : null
  if (own) return own
  if (number) return formatDialled(number, library)
  return /[\d\p{L}]/u.test(text) ? text : false
}
