import { plainName } from '../../src/base/plain-name.ts'

/** What a page knows of somebody. */
export interface Contact {
  /** How they are called, in place of what the network says. */
  readonly name?: string | null
  /** Address of their picture: `https:`, `http:`, `data:image/…` or `blob:`. */
  readonly picture?: string | null
  /** Where more is told of them, opened in a tab of its own: `https:`, `http:`, `mailto:` or `tel:`. */
  readonly link?: string | null
}

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
