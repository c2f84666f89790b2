import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, Party } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'
import { ContactBook } from './contact-book.ts'

const number = /^\+?\d{10,15}$/

/** What stands for a name that is not known. */
type Words = Pick<Messages, 'unknownCaller' | 'withheldCaller'>

/** How a party is called on the screen: as the page knows them, else by its display name, else its number as people write it, else its user name. */
export function partyName(phone: Phone, party: Party, words: Words | string): string {
  const { displayName, address, withheld } = party
  const unknown = typeof words === 'string' ? words : withheld ? words.withheldCaller : words.unknownCaller
  const name = ContactBook.of(phone).find(party).name || displayName?.trim() || address.replace(/@.*$/, '')
  return number.test(name) ? phone.formatNumber(name) || name : name || unknown
}

/** The number, as people write it, or the address beneath the name; `null` where it tells no more than the name. */
export function partyNumber(phone: Phone, { address }: Party, name: string): string | null {
  if (!address || address.endsWith('@local')) return null
  const user = address.replace(/@.*$/, '')
  const text = number.test(user) ? phone.formatNumber(user) || user : address
  return text === name ? null : text
}

/**
 * What the network tells of a call beside who it is: that its number is genuine or not, who vouches for it, and for whom
 * it is. Nothing where nobody vouches: an exchange may check each From without a word, and a warning at every call is read
 * by nobody.
 */
export function callFacts(phone: Phone, { remote, forwardedFor }: CallSnapshot, messages: Messages): string | null {
  const facts: string[] = []
  if (remote.verified === 'passed') facts.push(messages.verifiedNumber)
  else if (remote.verified === 'failed') facts.push(messages.forgedNumber)
  else if (remote.vouchedBy === 'exchange') facts.push(messages.confirmedCaller)
  if (forwardedFor) facts.push(messages.callFor(partyName(phone, forwardedFor, messages)))
  return facts.length > 0 ? facts.join(' · ') : null
}

/** Up to two initials; empty for a number, which has none. */
export function initials(name: string): string {
  const words = name.replace(/@.*$/, '').match(/\p{L}[\p{L}\p{M}'’]*/gu) ?? []
  const first = words[0]
  const last = words.length > 1 ? words.at(-1) : undefined
  return [first, last]
    .map((word = '') => String.fromCodePoint(...[word.codePointAt(0) ?? []].flat()))
    .join('')
    .toUpperCase()
}
