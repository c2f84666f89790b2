import { undisguised } from './disguise.ts'
import type { Party } from '../signaling.ts'
import type { IncomingReferral } from './jssip-session.ts'
import type { TransferPolicy } from './sip-options.ts'
import { partyOf } from './sip-party.ts'
import { isSpecialNumber } from '../../exchange/special-number.ts'

/** The Replaces of RFC 3891, 6.1: a Call-ID, both tags, and nothing that would begin another field. */
const replaces = /^[\w.!%*+`'~()<>:\\"/[\]?{}@-]+(?:\s*;\s*(?:(?:to|from)-tag=[\w.!%*+`'~-]+|early-only))+$/i

/** Whether decoding leaves no control character in it, at any depth. */
function isPlain(text: string): boolean {
  let now = text
  for (let depth = 0; depth < 5; depth++) {
    if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/.test(now)) return false
    try {
      const next = decodeURIComponent(now)
      if (next === now) return true
      now = next
    } catch {
      // What cannot be decoded whole may hide one all the same.
      return !/%(?:[01]\d|[01][a-f]|7f)/i.test(now)
    }
  }
  return false
}

function isReplaces(value: string): boolean {
  try {
    const text = decodeURIComponent(value)
    return replaces.test(text) && /;\s*to-tag=/i.test(text) && /;\s*from-tag=/i.test(text)
  } catch {
    return false
  }
}

/** The status that a REFER within a call is refused by because of what it says; `null` when it says it well. */
export function refusalOf(request: IncomingReferral): number | null {
  const [target = ''] = request.getHeaders('refer-to')
  const written = undisguised(target)
  // What could not be read as it came hides its header fields, too.
  if (!isPlain(target) || !isPlain(written) || (written !== target && written.includes('?'))) return 400
  const { uri } = request.refer_to ?? {}
  if (!uri) return 400
  const method = uri.getParam('method')
  if (method && !/^invite$/i.test(method)) return 603
  const taken = uri.getHeader('replaces')
  return taken !== null && taken !== undefined && !isReplaces(taken) ? 400 : null
}

/**
 * Whether a redirection (RFC 3261, 8.1.3.4) leads out of the account's own domain, or to a number that is never called
 * without a question: the party that answers a call could have this one make another, at the account's cost.
 */
export function leadsAway(uri: string, ownUri: string): boolean {
  const address = /^sips?:([^;?>]*)/i.exec(uri)?.[1] ?? uri
  return needsConsent({ address, uri }, 'same-domain', domainOf(ownUri))
}

/** The host of an account's address, `sip:alice@example.com`. */
export const domainOf = (ownUri: string): string => ownUri.slice(ownUri.lastIndexOf('@') + 1)

/** Who is to be called, by the address alone: a name beside it is the far side's word for somebody else. */
export function targetOf(request: IncomingReferral): Party {
  const uri = request.refer_to?.uri
  if (!uri) throw new TypeError('A REFER without a target was taken')
  const { address, uri: whole } = partyOf({ uri })
  return { address, uri: whole.replace(/\?.*$/, '') }
}

/** Whether the person has to be asked before this address is called. */
export function needsConsent({ address, uri }: Party, policy: TransferPolicy, ownDomain: string): boolean {
  const at = address.lastIndexOf('@')
  const user = at < 0 ? address : address.slice(0, at)
  if (policy === 'ask' || policy === false || isSpecialNumber(user)) return true
  if (policy === true) return false
  const host = /^sips?:(?:[^@]*@)?([^:;?>]+)/i.exec(uri)?.[1] ?? ''
  return host.toLowerCase() !== ownDomain.toLowerCase()
}
