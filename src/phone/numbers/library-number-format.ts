import { AsYouType, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { cleanPhoneNumber } from './clean-phone-number.ts'
import { formatNumber } from './format-number.ts'
import type { NumberFormat } from './number-format.ts'

/** In characters and in digits, 011 and all: what is longer while it is typed is no number. */
const longestTyping = 40
const mostDigits = 18

/** A bracket that closes at the end would come back whenever it is deleted, so it waits for the next digit. */
function typeNational(digits: string): string {
  const shown = new AsYouType('US').input(digits)
  return shown.endsWith(')') ? digits : shown
}

function asYouType(text: string): string {
  if (text.length > longestTyping || !/^\s*[+(\d][\d\s().-]*$/.test(text)) return text
  const digits = text.replace(/[\s().-]/g, '')
  if (digits.length > mostDigits) return text
  return /^1\d{1,10}$/.test(digits) ? `1 ${typeNational(digits.slice(1))}` : typeNational(digits)
}

function country(text: string): string | null {
  const number = cleanPhoneNumber(text, () => numberFormat)
  if (number === false || !/^\+?\d{7,15}$/.test(number)) return null
  return parsePhoneNumberFromString(number.startsWith('+') ? number : `+${number}`)?.country ?? null
}

function international(number: string): { number: string; text: string } | null {
  const parsed = parsePhoneNumberFromString(number)
  return parsed?.isPossible() ? { number: parsed.number, text: parsed.formatInternational() } : null
}

export const numberFormat: NumberFormat = {
  asYouType,
  country,
  international,
  clean: (text) => cleanPhoneNumber(text, () => numberFormat),
  format: (text) => formatNumber(text, () => numberFormat),
}
