import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit'
import '../../define/att-call-history.ts'
import '../../define/att-device-picker.ts'
import '../../define/att-quality.ts'
import '../../locales/further-texts.ts'
import { activeCall, shownCall } from '../../base/phone-state.ts'
import { request } from '../../events/request-event.ts'
import { icons } from '../../icons/icons.ts'
import type { AttCallHistory } from '../../att-call-history/att-call-history.ts'
import type { Contact } from '../../att-contacts-field/contact-matches.ts'
import type { ResolveContact } from '../../base/contact-book.ts'
import type { Phone } from '../../../src/phone/phone.ts'
import type { View, WholePhone } from '../whole-phone.ts'
import { contactResolver } from './contact-resolver.ts'
import { contactsView } from './contacts-view.ts'
import { viewIcons } from './view-icons.ts'
import { viewsStyles } from './views.styles.ts'

/** What of its tag the views need. */
export interface ViewsHost extends HTMLElement {
  readonly locale: string
  readonly contacts: readonly Contact[]
  readonly filled: boolean
  requestUpdate(): void
}

/** A button of the bar. */
interface Tab {
  readonly view: View
  readonly icon: SVGTemplateResult
  readonly label: string
  /** How many calls were missed since the person looked last. */
  readonly missed?: number
}

/** Recents, contacts and settings of a whole phone, and the bar that leads to them. */
export class PhoneViews {
  /** What is typed to find a contact. */
  #sought = ''
  /** When the person looked at the recents last. */
  #seen = performance.timeOrigin

  /** Whether what the person chose is kept in this browser. */
  #keeps = false

  constructor(private readonly host: ViewsHost) {
    host.shadowRoot?.adoptedStyleSheets.push(...[viewsStyles.styleSheet ?? []].flat())
  }

  /** The view that is shown: wide, the keypad leaves room for another one. */
  shown({ view, wide, snapshot }: WholePhone): View {
    if (shownCall(snapshot)) return 'keypad'
    const known = view === 'contacts' && this.host.contacts.length === 0 ? 'keypad' : view
    return wide && known === 'keypad' ? 'recents' : known
  }

  /** The recents are there all the time: they count the missed calls. */
  content(whole: WholePhone): TemplateResult {
    const shown = this.shown(whole)
    if (shown === 'recents' && !document.hidden) this.#seen = Date.now()
    const { phone, messages, keep } = whole
    this.#remember(phone, keep !== null)
    return html`<att-call-history class="view" ?hidden=${shown !== 'recents'} .keep=${keep}></att-call-history>
      ${shown === 'contacts' ? this.#contacts(whole) : nothing}
      ${
        shown === 'settings'
          ? html`<div part="settings" class="view" role="group" aria-label=${messages.viewSettings} tabindex="0">
              <att-device-picker
                roles="speaker ringer microphone camera options"
                ?remember=${keep !== null}
              ></att-device-picker>
            </div>`
          : nothing
      }`
  }

  bar(whole: WholePhone): TemplateResult {
    const { messages } = whole
    const shown = this.shown(whole)
    const tabs: readonly Tab[] = [
      { view: 'keypad', icon: icons.keypad, label: messages.keypad },
      { view: 'recents', icon: viewIcons.recents, label: messages.viewRecents, missed: this.#missed() },
      ...(this.host.contacts.length > 0
        ? [{ view: 'contacts', icon: icons.person, label: messages.contacts } as const]
        : []),
      { view: 'settings', icon: viewIcons.settings, label: messages.viewSettings },
    ]
    return html`<nav part="tabs" class="tabs" aria-label=${messages.phone}>
      ${tabs.map(({ view, icon, label, missed = 0 }) => {
        const said = missed > 0 ? `${label}, ${messages.missedCalls(missed)}` : label
        return html`<button
          part="tab"
          type="button"
          class="tab ${view}"
          aria-label=${said}
          title=${said}
          aria-current=${view === shown ? 'page' : nothing}
          @click=${() => whole.show(view)}
        >
          ${icon} ${missed > 0 ? html`<span class="count" aria-hidden="true">${missed}</span>` : nothing}
          <span>${label}</span>
        </button>`
      })}
    </nav>`
  }

  /** What these contacts say of an address; the same function for the same list. */
  resolver(contacts: readonly Contact[]): ResolveContact | null {
    return contacts.length === 0 ? null : contactResolver(contacts)
  }

  #remember(phone: Phone, keeps: boolean): void {
    if (keeps === this.#keeps) return
    this.#keeps = keeps
    // A device that is not there shows in the settings, and the default one serves.
    phone.chooseDevices({ remember: keeps }).catch(() => {})
  }

  #missed(): number {
    const records = this.host.shadowRoot?.querySelector<AttCallHistory>('att-call-history')?.records ?? []
    return records.filter(({ outcome, at }) => outcome === 'missed' && at > this.#seen).length
  }

  #contacts({ phone, messages, mediaType, snapshot }: WholePhone): TemplateResult {
    const { locale, contacts } = this.host
    const unavailable =
      snapshot.session.state !== 'ready' ? messages.signInFirst : activeCall(snapshot) ? messages.callActive : null
    return html`<div part="contacts" class="view" role="group" aria-label=${messages.contacts}>
      ${contactsView({
        phone,
        messages,
        locale,
        mediaType,
        contacts,
        sought: this.#sought,
        unavailable,
        seek: (text) => {
          this.#sought = text
          this.host.requestUpdate()
        },
        call: ({ address: destination }) => {
          if (unavailable === null && request(this.host, 'att-dial-request', { destination, mediaType }))
            void phone.dial({ destination, mediaType })
        },
      })}
    </div>`
  }
}
