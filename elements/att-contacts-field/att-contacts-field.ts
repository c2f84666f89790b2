import { html, LitElement, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { NumberSpacing } from '../att-dialpad/number-spacing.ts'
import { baseStyles } from '../base/base.styles.ts'
import { FormField } from '../base/form-field.ts'
import { numberEntryOf, rememberDialled } from '../base/number-entry.ts'
import { partyName } from '../base/party-name.ts'
import { activeCall } from '../base/phone-state.ts'
import { audioOrVideo } from '../base/property-values.ts'
import { NumberChangeEvent } from '../events/phone-dom-event.ts'
import { request } from '../events/request-event.ts'
import { contactsFieldStyles } from './att-contacts-field.styles.ts'
import { renderContactListbox } from './contact-listbox.ts'
import { contactMatches, type Contact } from './contact-matches.ts'
import { FieldEntry } from './field-entry.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { MediaType, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/**
 * The number field, with names to choose from. Numbers are spaced as they are typed, and their country is named; of the
 * page's `contacts` those are listed that fit. It belongs to a form as any field does: its value is the address that is
 * dialled, empty is not valid where it is `required`, and what cannot be called is not valid either.
 *
 * Enter takes the marked contact; else it submits the form, or outside of a form calls. Outside of a form the keypad and
 * the call button of the same phone share what is typed.
 *
 * @summary Number field with contacts; part of a form.
 * @tagname att-contacts-field
 *
 * @fires {NumberChangeEvent} att-number-change - What stands in the field changed.
 * @fires {RequestEvent<'att-dial-request'>} att-dial-request - Enter was pressed outside of a form. Cancelable.
 * @fires {Event} change - The person has chosen a contact, or has left the field after a change.
 *
 * @csspart field - The field.
 * @csspart list - The contacts that fit.
 * @csspart contact - One of them.
 * @csspart hint - The country of the number, or why it is not valid.
 * @cssproperty [--att-field-line] - Border of the field.
 * @cssproperty [--att-field-radius=12px] - Corners of the field.
 * @cssstate user-invalid - What stands in the field is not valid, and the person has been told.
 */
export class AttContactsField extends FormField {
  static override readonly shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles: CSSResultGroup = [baseStyles, contactsFieldStyles]

  /** What Enter starts outside of a form: `audio` or `video`. */
  @property({ attribute: 'media-type', converter: audioOrVideo }) mediaType: MediaType = 'audio'

  /** Whom to choose from: `{name, address}`, and `label` to tell two addresses of one person apart. */
  @property({ attribute: false }) contacts: readonly Contact[] = []

  @state() private entry = new FieldEntry()
  @state() private open = false
  @state() private marked = -1
  @state() private told = false
  @query('input') private readonly field!: HTMLInputElement | null

  #dirty = false
  #atFocus = ''
  #callIndex: number | null = null
  #spacing = new NumberSpacing(
    () => {
      if (!this.entry.contact) this.#set(new FieldEntry(this.#spacing.space(this.entry.text)))
      this.requestUpdate()
    },
    () => this.followed?.dialPlan,
  )

  /** The address that is dialled; empty while there is none that could be. */
  get value(): string {
    return this.#address ?? ''
  }

  set value(value: string) {
    this.#set(FieldEntry.read(value, this.contacts))
    if (!this.entry.contact) this.#set(new FieldEntry(this.#spacing.space(this.entry.text)))
  }

  get #address(): string | null {
    return this.entry.address(this.followed?.dialPlan ?? 'north-american')
  }

  /** The contact that was chosen; `null` for what was typed. */
  get contact(): Contact | null {
    return this.entry.contact
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.addEventListener('invalid', this.#tell, { signal: this.connection ?? AbortSignal.abort() })
  }

  override formResetCallback(): void {
    this.#dirty = this.told = false
    this.#set(FieldEntry.read(this.defaultValue, this.contacts))
  }

  override formStateRestoreCallback(text: string): void {
    this.value = text
  }

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    const shared = numberEntryOf(phone)
    const read = ({ value }: { readonly value: string }): void => {
      if (!this.form && value !== this.#shared) this.#set(FieldEntry.read(value, this.contacts))
    }
    shared.subscribe(read, { signal })
    read(shared.snapshot)
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = activeCall(snapshot)
    if (call && call.index !== this.#callIndex && call.direction === 'outgoing' && this.followed && !this.form) {
      rememberDialled(this.followed, call)
    }
    this.#callIndex = call?.index ?? null
    return []
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    const { contacts, defaultValue } = this
    if (changed.has('defaultValue') && !this.#dirty && defaultValue)
      this.entry = FieldEntry.read(defaultValue, contacts)
    else if (changed.has('contacts') && !this.entry.contact) this.entry = FieldEntry.read(this.entry.text, contacts)
    this.internals.setFormValue(this.#address ?? this.entry.text, this.entry.contact?.address ?? this.entry.text)
  }

  protected override render(): TemplateResult {
    const { messages, entry } = this
    const matches = this.#matches
    const wrong = this.told && this.#wrong !== ''
    return html`<div class="root" @keydown=${this.#keydown} @focusout=${this.#left}>
      <input
        part="field"
        role="combobox"
        aria-label=${this.label || this.labelText || messages.number}
        aria-autocomplete="list"
        aria-expanded=${matches.length > 0}
        aria-controls="list"
        aria-activedescendant=${this.marked < 0 ? nothing : `contact-${this.marked}`}
        aria-invalid=${wrong ? 'true' : nothing}
        aria-required=${this.required ? 'true' : nothing}
        aria-describedby="hint"
        placeholder=${messages.number}
        .value=${live(entry.text)}
        ?disabled=${this.isDisabled}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint=${this.form ? 'next' : 'go'}
        dir=${/^[\d\s().+*#-]*$/.test(entry.text) && entry.text ? 'ltr' : 'auto'}
        @focus=${() => (this.#atFocus = this.value)}
        @input=${this.#typed}
        @click=${() => (this.open = true)}
      />
      ${renderContactListbox({
        messages,
        matches,
        marked: this.marked,
        written: (address) => this.#written(address),
        choose: (contact) => this.#choose(contact),
      })}
      <p part="hint" id="hint" class="hint ${wrong ? 'wrong' : ''}">
        ${wrong ? this.#wrong : this.#spacing.country(entry.contact?.address ?? entry.text, this.locale)}
      </p>
      <p class="said" role="status">${matches.length > 0 ? messages.contactsFound(matches.length) : nothing}</p>
    </div>`
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const wrong = this.#wrong
    const missing = this.#address === ''
    this.internals.setValidity(
      wrong ? { valueMissing: missing, badInput: !missing } : {},
      wrong,
      this.field ?? undefined,
    )
    this.toggleState('user-invalid', this.told && wrong !== '')
    if (changed.has('marked'))
      this.renderRoot.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }

  /** Why it is not valid; empty when it is. */
  get #wrong(): string {
    const address = this.#address
    if (address === '') return this.required ? this.messages.noNumber : ''
    return address === null ? this.messages.invalidNumber : ''
  }

  get #matches(): readonly Contact[] {
    return this.open && !this.entry.contact ? contactMatches(this.contacts, this.entry.text) : []
  }

  /** What the keypad and the call button of the same phone have of it. */
  get #shared(): string {
    return this.entry.contact?.address ?? this.entry.text
  }

  /** Numbers as people write them; of any other address all of it, for that tells two people of one name apart. */
  #written(address: string): string {
    const { followed } = this
    return followed && !address.includes('@') ? partyName(followed, { address, uri: address }, address) : address
  }

  #set(entry: FieldEntry): void {
    if (entry.text === this.entry.text && entry.contact === this.entry.contact) return
    this.entry = entry
    this.marked = -1
    if (this.followed && !this.form) numberEntryOf(this.followed).update({ value: this.#shared })
    this.dispatchEvent(new NumberChangeEvent(this.value))
  }

  #typed(): void {
    const { field } = this
    if (!field) return
    const text = field.value
    const shorter = text.length < this.entry.text.length
    const atEnd = field.selectionEnd === text.length
    this.#dirty = this.open = true
    this.told = false
    this.#set(new FieldEntry(atEnd && !shorter ? this.#spacing.space(text) : text))
  }

  #choose(contact: Contact): void {
    this.open = false
    this.#dirty = true
    this.#set(FieldEntry.of(contact))
    this.#changed()
  }

  #keydown(event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    const matches = this.#matches
    const marked = matches[this.marked]
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') this.#mark(event.key === 'ArrowDown' ? 1 : -1)
    else if (event.key === 'Escape' && matches.length > 0) this.open = false
    else if (event.key === 'Enter' && marked) this.#choose(marked)
    else if (event.key === 'Enter') this.#enter()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  #mark(step: 1 | -1): void {
    const wasOpen = this.#matches.length > 0
    this.open = true
    const { length } = this.#matches
    if (length === 0) return
    if (!wasOpen) this.marked = step === 1 ? 0 : length - 1
    // Beyond the ends lies the field itself.
    else this.marked = ((this.marked + 1 + step + length + 1) % (length + 1)) - 1
  }

  #enter(): void {
    this.open = false
    this.#changed()
    if (this.form) return this.form.requestSubmit()
    const { followed, snapshot, mediaType, value: destination } = this
    if (!this.#wrong && destination) {
      if (!followed || snapshot?.session.state !== 'ready' || snapshot.calls.length > 0) return
      if (!request(this, 'att-dial-request', { destination, mediaType })) return
      numberEntryOf(followed).update({ last: this.#shared })
      void followed.dial({ destination, mediaType })
    } else this.#tell()
  }

  #left(): void {
    this.open = false
    this.#changed()
    if (this.#dirty) this.#tell()
  }

  #changed(): void {
    if (this.value === this.#atFocus) return
    this.#atFocus = this.value
    this.dispatchEvent(new Event('change', { bubbles: true }))
  }

  #tell = (): void => {
    this.told = true
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-contacts-field': AttContactsField
  }
}
