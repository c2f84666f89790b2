import { cleanNumber, cleanPhoneNumber } from '../phone/numbers/clean-phone-number.ts'
import { readNumber } from '../phone/numbers/dialled-number.ts'
import { formatNumber } from '../phone/numbers/format-number.ts'
import { loadedNumberFormat } from '../phone/numbers/load-number-format.ts'

const keyOfLetter = '22233344455566677778889999'

/** The digits of a text, its letters as the keys that bear them: 11 at most where they begin with 1, else 10. */
function translate(text: string): string {
  const digits = text
    .toLowerCase()
    .replace(/[a-z]/g, (letter) => keyOfLetter[letter.charCodeAt(0) - 97] ?? '')
    .replace(/\D/g, '')
  return digits.slice(0, digits.startsWith('1') ? 11 : 10)
}

/** The number as it is dialled, or `false` for what is no whole number; a special number is none either. */
function getCallable(text: string): string | false {
  const number = typeof text === 'string' ? readNumber(text) : null
  return number && number.kind !== 'special' ? cleanNumber(number, loadedNumberFormat) : false
}

/** Numbers as the phone reads them, with no event for what is none. */
export const phoneNumber = {
  /** As the method of the phone: `18002253333`, or `false`. */
  cleanPhoneNumber: (text: string): string | false => cleanPhoneNumber(text, loadedNumberFormat),
  /** As the method of the phone: `1 (800) 225-3333`, or `false`. */
  formatNumber: (text: string): string | false => formatNumber(text, loadedNumberFormat),
  translate,
  getCallable,
  /** A whole number formatted, anything else as it is. */
  stringify: (text: string): string => formatNumber(text, loadedNumberFormat) || text,
}
