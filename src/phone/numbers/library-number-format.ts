import { AsYouType, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min'
import { cleanPhoneNumber } from './clean-phone-number.ts'
import { countryOf, type DialPlan } from './dial-plan.ts'
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

function asYouType(text: string, plan: DialPlan = 'north-american'): string {
  if (text.length > longestTyping || !/^\s*[+(\d][\d\s().-]*$/.test(text)) return text
  const digits = text.replace(/[\s().-]/g, '')
  if (digits.length > mostDigits) return text
  if (plan !== 'north-american') {
    const country = countryOf(plan) ?? ''
    if (!digits.startsWith('+') && !isSupportedCountry(country)) return digits
    const shown = new AsYouType(isSupportedCountry(country) ? country : undefined).input(digits)
    return shown.endsWith(')') ? digits : shown
  }
  return /^1\d{1,10}$/.test(digits) ? `1 ${typeNational(digits.slice(1))}` : typeNational(digits)
}

function country(text: string, plan: DialPlan = 'north-american'): string | null {
  const number = cleanPhoneNumber(text, () => numberFormat, plan)
  const whole = plan === 'north-american' ? /^\+?\d{7,15}$/ : /^\+\d{7,15}$/
  if (number === false || !whole.test(number)) return null
  return parsePhoneNumberFromString(number.startsWith('+') ? number : `+${number}`)?.country ?? null
}

function international(number: string): { number: string; text: string } | null {
  const parsed = parsePhoneNumberFromString(number)
  return parsed?.isPossible() ? { number: parsed.number, text: parsed.formatInternational() } : null
}

function national(number: string, country: string): { number: string; text: string } | null {
  const parsed = isSupportedCountry(country) ? parsePhoneNumberFromString(number, country) : undefined
  if (!parsed?.isValid()) return null
  const isOwn = !number.startsWith('+') || parsed.country === country
  return { number: parsed.number, text: isOwn ? parsed.formatNational() : parsed.formatInternational() }
}

export const numberFormat: NumberFormat = {
  asYouType,
  country,
  national,
  international,
  clean: (text) => cleanPhoneNumber(text, () => numberFormat),
  format: (text) => formatNumber(text, () => numberFormat),
}
