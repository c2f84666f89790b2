import { ExchangeError } from './protocol.ts'

const maximumLength = 255
/** 911, 411, 611 and their like; *69, #89 and other vertical service codes. */
const specialNumber = /^(?:[2-9]11|[*#]\d{2,4}#?)$/
const digitsAndSeparators = /^\+?[\d\s().-]*\d[\s().-]*$/
/** The user part of RFC 3261, 25.1, without a password. */
const userPart = /^[\w.!~*'()&=+$,;?/%-]+$/
const host = /^(?:[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*\.?|\[[\da-f:.]+\])(?::\d{1,5})?$/i

function refuse(input: string): never {
  throw new ExchangeError(
    400,
    'SVC0004',
    'Not an address: give a number, a user id, or user@domain',
    input.slice(0, maximumLength),
  )
}

/** `tel:` URI of a number that may bear separators; `undefined` when it is too short to be one. */
function telephoneUri(number: string): string | undefined {
  if (specialNumber.test(number)) return `tel:${number}`
  if (!digitsAndSeparators.test(number)) return undefined
  const digits = number.replace(/\D/g, '')
  if (number.startsWith('+')) return `tel:+${digits}`
  if (/^\d{10}$/.test(digits)) return `tel:+1${digits}`
  if (/^1\d{10}$/.test(digits)) return `tel:+${digits}`
  if (/^011\d{7,}$/.test(digits)) return `tel:+${digits.slice(3)}`
  return undefined
}

/** Parameters and headers are not part of who is meant (RFC 3261, 10.3). */
function sipUri(address: string, input: string): string {
  const at = address.lastIndexOf('@')
  const user = address.slice(0, at)
  const domain = address.slice(at + 1).replace(/[;?].*$/s, '')
  if (at < 1 || !userPart.test(user) || !host.test(domain)) refuse(input)
  return `sip:${user}@${domain.toLowerCase()}`
}

/**
 * The one URI by which a user is known, whichever way the address was written.
 *
 * A 10-digit number, or an 11-digit one that begins with 1, is a North American number: `tel:+1…`; one with a plus or
 * with 011 before it is international: `tel:+…`. Special numbers become `tel:911`, `tel:*69`. `user@domain` becomes
 * `sip:user@domain`; anything else is a user id in `domain`, short numbers such as an extension included.
 *
 * @throws ExchangeError SVC0004 when it is no address.
 */
export function canonicalAddress(input: string, domain: string): string {
  const text = input.trim()
  if (text === '' || text.length > maximumLength) refuse(input)
  const [, scheme, rest = text] = /^(sips?|tel):(.*)$/is.exec(text) ?? []
  if (scheme?.toLowerCase() === 'tel') {
    const number = rest.replace(/;.*$/s, '')
    const uri = telephoneUri(number)
    if (uri) return uri
    if (!digitsAndSeparators.test(number)) refuse(input)
    return `tel:${number.replace(/\D/g, '')}`
  }
  if (scheme || rest.includes('@')) return sipUri(rest, input)
  return telephoneUri(rest) ?? sipUri(`${rest}@${domain}`, input)
}
