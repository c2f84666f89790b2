import type { Phone } from '../../src/phone/phone.ts'
import type { Party } from '../../src/phone/snapshot.ts'
import { plainName } from '../../src/base/plain-name.ts'
import { warnAuthor } from './author-warnings.ts'

/** What a page knows of somebody. */
export interface Contact {
  /** How they are called, in place of what the network says. */
  readonly name?: string | null
  /** Address of their picture: `https:`, `http:`, `data:image/…` or `blob:`. */
  readonly picture?: string | null
  /** Where more is told of them, opened in a tab of its own: `https:`, `http:`, `mailto:` or `tel:`. */
  readonly link?: string | null
}

/** Who has that address: at once, or in a while; nothing where the page knows nobody by it. */
export type ResolveContact = (
  address: string,
  party: Party,
) => Contact | null | undefined | Promise<Contact | null | undefined>

/** Contacts are kept as long as the page; of more than these the oldest are asked for again. */
const limit = 500

const unknown: Contact = Object.freeze({})

/** `url` as it is to be used, where it is of a kind that does nothing but show or open something. */
function safeUrl(url: unknown, kinds: RegExp): string | null {
  if (typeof url !== 'string' || url === '') return null
  try {
    const { href } = new URL(url, document.baseURI)
    return kinds.test(href) ? href : null
  } catch {
    // What is no address leads nowhere.
    return null
  }
}

/** Only what is needed of what the page gave, which often comes from other people. */
function cleaned(contact: Contact | null | undefined): Contact {
  if (typeof contact !== 'object' || contact === null) return unknown
  const { name, picture, link } = contact
  return {
    name: (typeof name === 'string' && plainName(name)) || null,
    // A picture of SVG in an img runs no script.
    picture: safeUrl(picture, /^(https?:|blob:|data:image\/)/),
    link: safeUrl(link, /^(https?|mailto|tel):/),
  }
}

/** What the page knows of those whom one phone shows; asked once for each address. */
export class ContactBook {
  static readonly #books = new WeakMap<Phone, ContactBook>()
  readonly #known = new Map<string, Contact>()
  readonly #news = new EventTarget()
  #resolve: ResolveContact | null = null

  static of(phone: Phone): ContactBook {
    let book = this.#books.get(phone)
    if (!book) this.#books.set(phone, (book = new ContactBook()))
    return book
  }

  get resolve(): ResolveContact | null {
    return this.#resolve
  }

  set resolve(resolve: ResolveContact | null) {
    if (resolve === this.#resolve) return
    this.#resolve = resolve
    this.#known.clear()
    this.#tell()
  }

  /** Calls `listener` whenever more is known, until `signal` aborts. */
  onChange(listener: () => void, signal: AbortSignal): void {
    this.#news.addEventListener('change', listener, { signal })
  }

  /** What is known of a party by now. */
  find(party: Party): Contact {
    const { address } = party
    if (!this.#resolve || !address) return unknown
    const known = this.#known.get(address)
    if (known) return known
    this.#keep(address, unknown)
    void this.#ask(this.#resolve, party)
    return this.#known.get(address) ?? unknown
  }

  /** The picture could not be shown. */
  dropPicture({ address }: Party): void {
    this.#keep(address, { ...this.#known.get(address), picture: null })
    this.#tell()
  }

  async #ask(resolve: ResolveContact, party: Party): Promise<void> {
    try {
      const given = resolve(party.address, party)
      const later = given instanceof Object && 'then' in given
      const contact = later ? await given : given
      // The page may have another list by now.
      if (resolve !== this.#resolve) return
      this.#keep(party.address, cleaned(contact))
      if (later) this.#tell()
    } catch (error) {
      // Without an answer the network's words stand; the next page load asks again.
      warnAuthor('resolve-contact', String(error))
    }
  }

  #keep(address: string, contact: Contact): void {
    this.#known.delete(address)
    this.#known.set(address, contact)
    const [oldest = ''] = this.#known.keys()
    if (this.#known.size > limit) this.#known.delete(oldest)
  }

  #tell(): void {
    this.#news.dispatchEvent(new Event('change'))
  }
}
