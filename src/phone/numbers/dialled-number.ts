/** A text read as what a telephone can dial. */
export interface DialledNumber {
  /**
   * `special`: 911, 411 and the like, and service codes such as `*69`. `national`: a number of the North American
   * plan. `international`: a number of any other country. `local`: what only the exchange can tell.
   */
  readonly kind: 'special' | 'national' | 'international' | 'local'
  /** `911`; `19234567890` with the 1 and no plus; `+442071838750`; `*31#0301234`. */
  readonly number: string
}

/** No number is longer, however it is written: what is longer is not looked at. */
export const longestText = 64

const keyOfLetter = '22233344455566677778889999'

/** Digits of every width and of the Arabic scripts as ASCII, without the marks that shape text. */
export function plainText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
}

/**
 * Drops what people write between digits. The trunk zero of `+44 (0)20 …` (ITU-T E.123 section 7.1) is not dialled
 * from abroad, except in Italy and San Marino, where it belongs to the number.
 */
export function dropSeparators(text: string): string {
  const dense = text.replace(/[\s./\u2212\p{Pd}]/gu, '')
  return dense.replace(/^(\+(?!39|378)\d{1,3})\(0\)/, '$1').replace(/[()]/g, '')
}

/** Letters as the keys that bear them, where the area code is in digits: `1800FLOWERS`, but not the id `4ever2gether`. */
function dialLetters(text: string): string | null {
  if (!/^\+?1?\d{3}[\da-z]{7}$/i.test(text)) return null
  return text.replace(/[a-z]/gi, (letter) => keyOfLetter[letter.toLowerCase().charCodeAt(0) - 97] ?? '')
}

function readDigits(digits: string): DialledNumber | null {
  if (/^(?:[2-9]11|988|112|[*#]{1,2}\d{1,15}#?)$/.test(digits)) return { kind: 'special', number: digits }
  const national = /^(?:(?:\+|011)?1(?=[1-9])|(?=[2-9]))(\d{10})$/.exec(digits)
  if (national) return { kind: 'national', number: `1${national[1]}` }
  const international = /^(?:\+|011)([2-9]\d{6,14})$/.exec(digits)
  return international ? { kind: 'international', number: `+${international[1]}` } : null
}

/**
 * Reads a number in any of the usual notations; `null` for what is none. A national number has ten digits, or eleven
 * from 1; one of another country begins with + or 011 and has 7 to 15 digits (ITU-T E.164 section 6.2.1).
 */
export function readNumber(text: string): DialledNumber | null {
  if (text.length > longestText) return null
  const dense = dropSeparators(plainText(text))
  const digits = /[a-z]/i.test(dense) ? dialLetters(dense) : dense
  return digits === null ? null : readDigits(digits)
}

/** A bare extension or user id of digits alone, `1001`, in ASCII; `null` for any other text. */
export function readExtension(text: string): string | null {
  return text.length > longestText ? null : (/^\d+$/.exec(plainText(text))?.[0] ?? null)
}
