import type { Contact } from '../../att-contacts-field/contact-matches.ts'
import type { ResolveContact } from '../../base/contact-book.ts'

const resolvers = new WeakMap<readonly Contact[], ResolveContact>()

/** What two ways to write an address have in common: the digits of a number, the small letters of a name. */
function plain(address: string): string {
  const text = address.trim().replace(/^(sips?|tel):/i, '')
  return /^[\d\s().+-]+$/.test(text) ? text.replace(/\D/g, '') : text.toLowerCase()
}

/** Finds in a page's contacts who has an address; between tabs a bare name has no domain. */
export function contactResolver(contacts: readonly Contact[]): ResolveContact {
  let resolve = resolvers.get(contacts)
  if (!resolve) {
    const names = new Map(contacts.map(({ name, address }) => [plain(address), name]))
    resolve = (address) => {
      const name =
        names.get(plain(address)) ?? (address.endsWith('@local') ? names.get(plain(address.slice(0, -6))) : null)
      return name ? { name } : null
    }
    resolvers.set(contacts, resolve)
  }
  return resolve
}
