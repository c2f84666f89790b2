import { readPlanned } from './clean-phone-number.ts'
import type { DialPlan } from './dial-plan.ts'
import { loadedNumberFormat } from './load-number-format.ts'
import type { LibraryIfLoaded } from './number-format.ts'
import { longestAddress, readAccount, readUserId } from './user-id.ts'

/** What a text that is to be dialled turned out to be. */
export type Address =
  /** 911 or `*69`; a number, `19234567890` or `+442071838750`; `user@domain`; a bare user id such as `1001` or `bob`. */
  | { readonly kind: 'special' | 'number' | 'account' | 'user'; readonly address: string }
  /** Nothing at all; a sip: or tel: URI; neither a number nor a user id. */
  | { readonly kind: 'missing' | 'uri' | 'invalid' }

/**
 * Tells what is to be dialled and cleans it. Letters count as keys only after an area code in digits and where they
 * make a whole number: `1800FLOWERS` is a number, `bob` and `4bob` are users. Characters outside ASCII stay: a
 * network that cannot bear them has to encode them. Where the dial plan is the exchange's, letters are no keys.
 *
 * What a plan of the page's own gives is not looked at here: `dialledAddress` does that.
 */
export function readAddress(
  destination: unknown,
  library: LibraryIfLoaded = loadedNumberFormat,
  plan: DialPlan = 'north-american',
): Address {
  if (destination === undefined || destination === null) return { kind: 'missing' }
  if (typeof destination !== 'string') return { kind: 'invalid' }
  const text = destination.length > longestAddress ? destination : destination.trim()
  if (text === '') return { kind: 'missing' }
  if (/^(?:sips?|tel):/i.test(text)) return { kind: 'uri' }
  const number = readPlanned(text, plan, library)
  if (number === false) return { kind: 'invalid' }
  if (number) return { kind: number.kind === 'special' ? 'special' : 'number', address: number.number }
  const name = readAccount(text)
  // Whom nobody may know there is nobody to call (RFC 3323, 4.1.1.3).
  if (name && /@(?:[^@]*\.)?(?:anonymous|unknown)\.invalid$/i.test(name)) return { kind: 'invalid' }
  if (name) return { kind: 'account', address: name }
  const user = readUserId(text)
  return user ? { kind: 'user', address: user } : { kind: 'invalid' }
}

/** As `readAddress`, and what a plan of the page's own makes of it. */
export function dialledAddress(destination: unknown, plan: DialPlan, library?: LibraryIfLoaded): Address {
  const address = readAddress(destination, library, plan)
  return typeof plan === 'function' && 'address' in address
    ? readAddress(plan(address.address), library, 'exchange')
    : address
}
