import { html, type TemplateResult } from 'lit'
import { contactMatches, type Contact } from '../../att-contacts-field/contact-matches.ts'
import { face } from '../../base/avatar.ts'
import { partyNumber } from '../../base/party-name.ts'
import { icons } from '../../icons/icons.ts'
import type { Phone } from '../../../src/phone/phone.ts'
import type { MediaType } from '../../../src/phone/snapshot.ts'
import type { Messages } from '../../locales/locale-table.ts'

/** All that the list of contacts is drawn from. */
export interface ContactsView {
  readonly phone: Phone
  readonly messages: Messages
  readonly locale: string
  readonly mediaType: MediaType
  readonly contacts: readonly Contact[]
  /** What is typed to find somebody. */
  readonly sought: string
  /** Why nobody can be called now; `null` when somebody can. */
  readonly unavailable: string | null
  readonly seek: (text: string) => void
  readonly call: (contact: Contact) => void
}

const sorted = new WeakMap<readonly Contact[], { readonly locale: string; readonly contacts: readonly Contact[] }>()

/** By name, as the person's language orders them; sorted once for each list. */
function byName(contacts: readonly Contact[], locale: string): readonly Contact[] {
  const known = sorted.get(contacts)
  if (known?.locale === locale) return known.contacts
  const { compare } = new Intl.Collator(locale, { numeric: true })
  const found = contacts.toSorted((one, other) => compare(one.name, other.name))
  sorted.set(contacts, { locale, contacts: found })
  return found
}

function row(view: ContactsView, contact: Contact): TemplateResult {
  const { phone, messages, mediaType, unavailable, call } = view
  const { name, address, label } = contact
  const party = { address, uri: address, displayName: name }
  const number = partyNumber(phone, party, name) ?? address
  return html`<li>
    <button
      part="contact"
      type="button"
      class="person"
      title=${unavailable ?? messages.callTo(name)}
      aria-disabled=${unavailable === null ? 'false' : 'true'}
      @click=${() => call(contact)}
    >
      <span class="avatar" aria-hidden="true">${face(phone, party, name)}</span>
      <span
        ><span class="said">${messages.call}: </span><b><bdi>${name}</bdi></b>
        <span class="number">${label ? html`<bdi>${label}</bdi> · ` : ''}<bdi>${number}</bdi></span></span
      >
      ${mediaType === 'video' ? icons.camera : icons.phone}
    </button>
  </li>`
}

/** Those whom the page knows, to be found by name or number and called by a press. */
export function contactsView(view: ContactsView): TemplateResult {
  const { messages, locale, contacts, sought, seek } = view
  const found = contactMatches(byName(contacts, locale), sought)
  return html`<input
      part="search"
      class="search"
      type="search"
      aria-label=${messages.findContact}
      placeholder=${messages.findContact}
      autocomplete="off"
      autocapitalize="none"
      spellcheck="false"
      .value=${sought}
      @input=${({ target }: Event) => seek((target as HTMLInputElement).value)}
    />
    ${
      found.length === 0
        ? html`<p class="nobody">${messages.noContactFits}</p>`
        : html`<ul class="people" aria-label=${messages.contacts}>
            ${found.map((contact) => row(view, contact))}
          </ul>`
    }
    <p class="said" role="status">${sought ? messages.contactsFound(found.length) : ''}</p>`
}
