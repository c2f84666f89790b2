import { NameAddrHeader } from 'jssip'
import { undisguised } from './disguise.ts'
import type { Party } from '../signaling.ts'

/** What JsSIP parses `"Bob" <sip:bob@example.com>` into, as far as it is read here. */
export interface NameAddress {
  readonly display_name?: string | null
  readonly uri: { readonly scheme: string; readonly user?: string | null; readonly host: string; toString(): string }
}

/** Visual separators have no meaning in a number (RFC 3966, 5.1.1). */
const globalNumber = /^\+[\d.()-]+$/

/** The party an address names. A global number stands for itself; any other user belongs to its domain. */
export function partyOf({ display_name: displayName, uri }: NameAddress): Party {
  const written = undisguised(uri.toString())
  const isNumber = written.startsWith('tel:')
  const user = unescape(uri.user ?? '')
  const host = undisguised(uri.host)
  const address = user === '' ? host : isNumber || globalNumber.test(user) ? user : `${user}@${host}`
  return { address, uri: written, ...(displayName && { displayName }) }
}

/** What is read of a request to know who sends it. */
export interface CallerRequest {
  readonly from: NameAddress
  getHeader(name: string): string | undefined
}

/**
 * Who calls: the identity the network vouches for (P-Asserted-Identity, RFC 3325) where there is one and the page trusts
 * the server with it, else what callers say of themselves.
 */
export function callerOf(
  request: CallerRequest,
  { trustAssertedIdentity }: { readonly trustAssertedIdentity: boolean },
): Party {
  const said = partyOf(request.from)
  const asserted = trustAssertedIdentity ? request.getHeader('P-Asserted-Identity') : undefined
  if (!asserted) return said
  const [first = ''] = asserted.split(/,\s*(?=["<]|sips?:|tel:)/)
  const number = /<tel:([^>;]+)/.exec(first)?.[1] ?? /^tel:([^;\s]+)/.exec(first)?.[1]
  const name = /^\s*"((?:[^"\\]|\\.)*)"/.exec(first)?.[1]?.replace(/\\(.)/g, '$1') ?? said.displayName
  if (number) return { address: number, uri: `tel:${number}`, ...(name && { displayName: name }) }
  const parsed = NameAddrHeader.parse(first) as unknown as NameAddress | undefined
  if (!parsed) return said
  const party = partyOf(parsed)
  return party.displayName || !said.displayName ? party : { ...party, displayName: said.displayName }
}

/** A malformed escape stays as it is: it is text from the network. */
function unescape(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
