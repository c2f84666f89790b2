import { Phone } from '../../src/phone/phone.ts'

const key = Symbol.for('att.page-phone-owner')
const page = globalThis as { [key]?: WeakRef<Element> | undefined }

/**
 * The phone of a provider, which keeps the one it has: the first provider of a page shows the page's phone, which is
 * also what the tags outside any provider use; each further one is a line of its own.
 */
export function claimPhone(owner: Element, current: Phone | null): Phone {
  if (current && current !== Phone.getPhone()) return current
  const holder = page[key]?.deref()
  if (holder && holder !== owner) return current ?? new Phone()
  page[key] = new WeakRef(owner)
  return Phone.getPhone()
}

/** Lets the next provider have the page's phone, with the call it may be in. */
export function releasePhone(owner: Element): void {
  if (page[key]?.deref() === owner) page[key] = undefined
}
