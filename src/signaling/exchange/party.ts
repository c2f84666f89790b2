import { plainName } from '../../base/plain-name.ts'
import type { Party } from '../signaling.ts'

/** Domain of the users of the local network, which nobody needs to dial or see. */
export const localDomain = 'local'

/** The party behind a URI of an exchange, which says that they call themselves `name`. */
export function partyOf(uri: string, name?: string): Party {
  const address = uri.replace(/^(sips?|tel):/i, '')
  const local = `@${localDomain}`
  const displayName = plainName(name)
  return {
    uri,
    address: address.endsWith(local) ? address.slice(0, -local.length) : address,
    ...(displayName && { displayName }),
  }
}
