import { plainName } from '../../src/base/plain-name.ts'
import type { Contact } from './contact-book.ts'

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

/** Only what is needed of what the page gave, which often comes from other people; `null` where that is nothing. */
export function cleanContact(contact: Contact | null | undefined): Contact | null {
  if (typeof contact !== 'object' || contact === null) return null
  const { name, picture, link } = contact
  return {
    name: (typeof name === 'string' && plainName(name)) || null,
    // A picture of SVG in an img runs no script.
    picture: safeUrl(picture, /^(https?:|blob:|data:image\/)/),
    link: safeUrl(link, /^(https?|mailto|tel):/),
  }
}
