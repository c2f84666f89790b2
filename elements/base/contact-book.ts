import type { cleanContact, Contact } from './clean-contact.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { Party } from '../../src/phone/snapshot.ts'
import { warnAuthor } from './author-warnings.ts'

export type { Contact } from './clean-contact.ts'

/** Who has that address: at once, or in a while; nothing where the page knows nobody by it. */
export type ResolveContact = (
  address: string,
  party: Party,
) => Contact | null | undefined | Promise<Contact | null | undefined>

/** Contacts are kept as long as the page; of more than these the oldest are asked for again. */
const limit = 500

const unknown: Contact = Object.freeze({})

/** Makes what a page gave safe to show: loaded when a page knows anybody. */
let clean: typeof cleanContact | null = null
const prepare = async (): Promise<typeof cleanContact> => (clean ??= (await import('./clean-contact.ts')).cleanContact)

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
    // It is there before anybody calls; what cannot be loaded now is asked for again with the first question.
    if (resolve) void prepare().catch(() => {})
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
      const later = !clean || (given instanceof Object && 'then' in given)
      const contact = later ? await given : given
      const make = clean ?? (await prepare())
      // The page may have another list by now.
      if (resolve !== this.#resolve) return
      this.#keep(party.address, make(contact) ?? unknown)
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
