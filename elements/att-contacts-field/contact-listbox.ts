import { html, type TemplateResult } from 'lit'
import type { Messages } from '../locales/locale-table.ts'
import type { Contact } from './contact-matches.ts'

/** The popup of the field (ARIA APG, editable combobox with list autocomplete). */
export interface ContactListbox {
  readonly messages: Messages
  readonly matches: readonly Contact[]
  /** Index of the marked one; -1 for none. */
  readonly marked: number
  readonly written: (address: string) => string
  readonly choose: (contact: Contact) => void
}

export function renderContactListbox({ messages, matches, marked, written, choose }: ContactListbox): TemplateResult {
  // The field keeps the focus: a press on the list must not take it away.
  const keepFocus = (event: Event): void => event.preventDefault()
  return html`<ul
    part="list"
    id="list"
    role="listbox"
    aria-label=${messages.contacts}
    ?hidden=${matches.length === 0}
    @pointerdown=${keepFocus}
    @mousedown=${keepFocus}
  >
    ${matches.map(
      (contact, index) =>
        // The keyboard works the list from the field.
        // eslint-disable-next-line lit-a11y/click-events-have-key-events -- in a combobox the field has the keys
        html`<li
          part="contact"
          id="contact-${index}"
          role="option"
          aria-selected=${index === marked ? 'true' : 'false'}
          @click=${() => choose(contact)}
        >
          <b><bdi>${contact.name}</bdi></b>
          <span
            >${contact.label ? html`<bdi>${contact.label}</bdi> · ` : ''}<bdi>${written(contact.address)}</bdi></span
          >
        </li>`,
    )}
  </ul>`
}
