import { canonicalAddress } from '../../src/exchange/canonical-address.ts'
import { isSpecialNumber } from '../../src/exchange/special-number.ts'

/** What may be a telephone number, and does not say so itself by a plus or `tel:`. */
const bareNumber = /^[\d\s().-]*\d[\s().-]*$/
/** Emergency and service numbers of any country: 911, 411, 112, 999, 000, 15, 116117, 11880. */
const serviceNumber = /^(?:[2-9]11|[019]\d\d|1[578]|116\d{3}|118\d{2,3})$/
/** Control characters, and any blank but a plain one. */
const unseen = /[^\S ]|\p{C}/u
const unreserved = /[\w.!~*'()-]/
/** Digits that look like those of a number, and are others. */
const foreignDigit = /(?!\d)[\p{Nd}\p{No}]/u

/** What the escapes of an id stand for, where that can be said. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}

/**
 * Whether an id is written the one way it can be: composed (Unicode NFC), with nothing that nobody sees, without blanks
 * around it, without escapes that are not needed, without digits of other scripts, and without parameters. Else two ids
 * could be one user, or look as if they were.
 */
function isCanonicalText(id: string): boolean {
  if (id !== id.normalize('NFC') || id !== id.trim() || unseen.test(id)) return false
  for (const [, hex = ''] of id.matchAll(/%([\da-f]{2})/gi))
    if (unreserved.test(String.fromCharCode(parseInt(hex, 16)))) return false
  // A dot at the end of a host changes nothing (RFC 1034, 3.1).
  if (/@.*\.$/.test(id) || foreignDigit.test(decoded(id))) return false
  return !/[;?]/.test(/^tel:/i.test(id) ? id : id.slice(id.lastIndexOf('@') + 1))
}

/**
 * The URI that a user id stands for in `domain`: digits are an account's, not those of a telephone.
 *
 * @throws ExchangeError SVC0004 when it is no address.
 */
export function accountAddress(id: string, domain: string): string {
  return canonicalAddress(bareNumber.test(id) ? `${id}@${domain}` : id, domain)
}

/**
 * The URI of the user that a token names by `id`, its `sub` claim. Of digits alone it is a telephone number where the
 * token is one of a number: `isNumber`.
 *
 * @throws ExchangeError SVC0004 when it is no address; `undefined` when it is an address, but may be nobody's.
 */
export function userAddress(id: string, isNumber: boolean, domain: string): string | undefined {
  if (!isCanonicalText(id)) return undefined
  const uri = isNumber ? canonicalAddress(id, domain) : accountAddress(id, domain)
  return isSpecialUser(uri) ? undefined : uri
}

/** Whether a URI is that of an emergency, premium or service number, which nobody may answer for. */
export function isSpecialUser(uri: string): boolean {
  const [user = ''] = uri.replace(/^(?:tel|sip):/, '').split('@')
  if (uri.startsWith('tel:')) return serviceNumber.test(user) || isSpecialNumber(user)
  const digits = user.replace(/[().-]/g, '')
  if (/^[*#]\d/.test(user)) return true
  if (!/^\+?\d+$/.test(digits)) return false
  // As it is dialled: in North America, from abroad, or behind the 0 of a country. Other ids of digits are like any.
  const dialled = canonicalAddress(digits, 'invalid')
  if (dialled.startsWith('tel:')) return isSpecialUser(dialled)
  return serviceNumber.test(digits) || (digits.startsWith('0') && isSpecialNumber(digits))
}
