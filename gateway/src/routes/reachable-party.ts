import { canonicalAddress } from '../../../src/exchange/canonical-address.ts'
import type { Exchange } from '../../../src/exchange/exchange.ts'

/**
 * The canonical URI of who is meant: a client of the original protocol sends a North American number with a plus but
 * without its country code.
 *
 * @throws ExchangeError SVC0004 when it is no address.
 */
export function reachableParty(exchange: Exchange, party: string, domain: string): string {
  const uri = canonicalAddress(party, domain)
  const national = /^tel:\+(\d{10})$/.exec(uri)?.[1]
  return national && !exchange.isRegistered(uri) ? `tel:+1${national}` : uri
}
