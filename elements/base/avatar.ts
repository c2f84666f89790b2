import { html, nothing, type TemplateResult } from 'lit'
import type { Phone } from '../../src/phone/phone.ts'
import type { Party } from '../../src/phone/snapshot.ts'
import { icons } from '../icons/icons.ts'
import { ContactBook } from './contact-book.ts'
import { initials } from './party-name.ts'

/** The picture of a party that the page knows, else the initials of `name`, else a figure. */
export function face(phone: Phone, party: Party, name: string, given?: string | null): unknown {
  const book = ContactBook.of(phone)
  const picture = given || book.find(party).picture
  if (!picture) return initials(name) || icons.person
  const failed = given ? nothing : (): void => book.dropPicture(party)
  // The other site learns of no call, and of no page.
  return html`<img src=${picture} alt="" referrerpolicy="no-referrer" decoding="async" @error=${failed} />`
}

/** The name of a party, with the link that the page has for it. */
export function linkedName(phone: Phone, party: Party, name: string): TemplateResult {
  const { link } = ContactBook.of(phone).find(party)
  const text = html`<bdi>${name}</bdi>`
  return link ? html`<a part="link" href=${link} target="_blank" rel="noopener noreferrer">${text}</a>` : text
}
