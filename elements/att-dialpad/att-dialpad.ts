import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { live } from 'lit/directives/live.js'
import { baseStyles } from '../base/base.styles.ts'
import { numberEntryOf, rememberDialled } from '../base/number-entry.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { activeCall, isHeld } from '../base/phone-state.ts'
import { asWritten, audioOrVideo } from '../base/property-values.ts'
import { NumberChangeEvent } from '../events/phone-dom-event.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import { dialpadStyles } from './att-dialpad.styles.ts'
import { NumberSpacing } from './number-spacing.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

const keys: readonly (readonly [digit: string, letters: string])[] = [
  ['1', ''],
  ['2', 'ABC'],
  ['3', 'DEF'],
  ['4', 'GHI'],
  ['5', 'JKL'],
  ['6', 'MNO'],
  ['7', 'PQRS'],
  ['8', 'TUV'],
  ['9', 'WXYZ'],
  ['*', ''],
  ['0', '+'],
  ['#', ''],
]

/** How long 0 is held for a plus, in ms. */
const longPress = 500

/**
 * A number field and a 3 by 4 keypad. Click, type or paste; hold 0 for +. Numbers are spaced as they are typed, names
 * and short numbers are left alone. During a call each key sends its tone, unless a second call is to be added.
 *
 * @summary Number field and keypad; sends DTMF during a call.
 * @tagname att-dialpad
 *
 * @fires {NumberChangeEvent} att-number-change - The number changed.
 * @fires {RequestEvent<'att-dial-request'>} att-dial-request - Enter was pressed in the field. Cancelable.
 * @fires {RequestEvent<'att-add-call-request'>} att-add-call-request - The same, for a second call. Cancelable.
 * @fires {RequestEvent<'att-dtmf-request'>} att-dtmf-request - A key was pressed during a call. Cancelable.
 *
 * @csspart field - The number field.
 * @csspart hint - The country of the number.
 * @csspart pad - The keys.
 * @csspart key - One key.
 * @cssproperty [--att-key-size=64px] - Height of a key; at least 44px.
 * @cssstate typed - There is a number, or the beginning of one.
 * @cssstate dtmf - A call is connected: keys send tones.
 */
export class AttDialpad extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, dialpadStyles]

  /** What Enter in the field starts: `audio` or `video`. */
  @property({ attribute: 'media-type', converter: audioOrVideo }) mediaType: 'audio' | 'video' = 'audio'

  /** During a call: takes the number of a second call, rather than sending tones. */
  @asWritten @property({ type: Boolean, reflect: true }) add = false

  /** Leaves the button that takes away the last character to the page: `erase()`. */
  @asWritten @property({ type: Boolean, attribute: 'without-backspace', reflect: true }) withoutBackspace = false

  @state() private sent = ''
  @query('input') private readonly field!: HTMLInputElement | null

  #spacing = new NumberSpacing(
    () => {
      this.value = this.#spacing.space(this.value)
      this.requestUpdate()
    },
    () => this.followed?.dialPlan,
  )
  #callIndex: number | null = null
  #holding: ReturnType<typeof setTimeout> | undefined
  #heldLong = false

  /** The number or name as it stands in the field. */
  get value(): string {
    return this.followed ? numberEntryOf(this.followed).snapshot.value : ''
  }

  set value(value: string) {
    if (!this.followed || value === this.value) return
    numberEntryOf(this.followed).update({ value })
    this.dispatchEvent(new NumberChangeEvent(value))
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    clearTimeout(this.#holding)
  }

  override focus(options?: FocusOptions): void {
    this.field?.focus(options)
  }

  /** Takes away the last character of the number. */
  erase(): void {
    this.value = this.#spacing.shorten(this.value)
    if (!this.value) this.field?.focus()
  }

  /** Types a character, or sends it as a tone while a call is connected. */
  press(character: string): void {
    const { followed } = this
    if (!followed) return
    if (this.#sends) return this.#send(followed, character)
    followed.playTone(character)
    this.#insert(character)
  }

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    numberEntryOf(phone).subscribe(() => this.requestUpdate(), { signal })
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = activeCall(snapshot)
    if (call && call.index !== this.#callIndex) {
      this.sent = ''
      if (call.direction === 'outgoing' && this.followed) rememberDialled(this.followed, call)
    }
    this.#callIndex = call?.index ?? null
    return [this.#sends, this.#paused]
  }

  protected override render(): TemplateResult {
    const { messages } = this
    const sends = this.#sends
    this.toggleState('dtmf', sends)
    const value = sends ? this.sent : this.value
    this.toggleState('typed', value !== '' && !sends)
    return html`<div class="root" @keydown=${this.#keydown} @paste=${this.#paste}>
      <div class="entry">
        <input
          part="field"
          class=${value.length > 11 ? 'long' : ''}
          aria-label=${sends ? messages.sentDigits : messages.number}
          placeholder=${sends ? messages.keypad : messages.number}
          .value=${live(value)}
          ?readonly=${sends}
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          enterkeyhint="go"
          dir="ltr"
          @input=${this.#input}
        />
        ${
          value && !sends && !this.withoutBackspace
            ? html`<button type="button" class="ghost" aria-label=${messages.backspace} @click=${() => this.erase()}>
                ${icons.backspace}
              </button>`
            : nothing
        }
      </div>
      ${sends ? nothing : html`<p part="hint" class="hint">${this.#spacing.country(value, this.locale)}</p>`}
      <div part="pad" class="pad" role="group" aria-label=${messages.keypad} dir="ltr" @keydown=${this.#move}>
        ${keys.map(([digit, letters], index) => this.#key(digit, letters, index))}
      </div>
    </div>`
  }

  get #sends(): boolean {
    return !this.add && (this.snapshot && activeCall(this.snapshot)?.progress) === 'connected'
  }

  /** On hold no tone gets through. */
  get #paused(): boolean {
    const call = this.snapshot && activeCall(this.snapshot)
    return this.#sends && call !== null && isHeld(call)
  }

  /** One tab stop for the keypad; the arrow keys go from key to key. */
  #key(digit: string, letters: string, index: number): TemplateResult {
    const { messages } = this
    const zero = digit === '0'
    return html`<button
      part="key"
      class="key"
      type="button"
      tabindex=${index === 0 ? 0 : -1}
      aria-label=${digit === '*' ? messages.star : digit === '#' ? messages.pound : nothing}
      aria-disabled=${this.#paused ? 'true' : nothing}
      title=${this.#paused ? messages.onHold : zero && !this.#sends ? messages.holdForPlus : nothing}
      @click=${() => this.#click(digit)}
      @pointerdown=${zero ? this.#beginHold : nothing}
      @pointerup=${this.#endHold}
      @pointerleave=${this.#endHold}
    >
      ${digit === '*' ? '∗' : digit} <span class="letters">${letters}</span>
    </button>`
  }

  #click(digit: string): void {
    if (!this.#heldLong) this.press(digit)
    this.#heldLong = false
  }

  #beginHold(): void {
    this.#heldLong = false
    if (this.#sends) return
    this.#holding = setTimeout(() => {
      this.#heldLong = true
      this.press('+')
    }, longPress)
  }

  #endHold(): void {
    clearTimeout(this.#holding)
  }

  #send(phone: Phone, character: string): void {
    const call = this.snapshot && activeCall(this.snapshot)
    if (!call || this.#paused || !request(this, 'att-dtmf-request', { index: call.index, input: character })) return
    this.sent += character
    void phone.sendDTMFTone({ input: character })
  }

  /** At the caret, or at the end where there is none; spaced again only at the end, where the caret cannot jump. */
  #insert(text: string): void {
    const { field, value } = this
    const typing = field !== null && this.shadowRoot?.activeElement === field
    const start = typing ? (field.selectionStart ?? 0) : value.length
    const end = typing ? (field.selectionEnd ?? 0) : value.length
    const next = value.slice(0, start) + text + value.slice(end)
    this.value = end >= value.length ? this.#spacing.space(next) : next
    if (!field) return
    const caret = end >= value.length ? this.value.length : start + text.length
    field.value = this.value
    field.setSelectionRange(caret, caret)
  }

  #input(): void {
    const { field } = this
    if (!field || this.#sends) return
    const shorter = field.value.length < this.value.length
    const atEnd = field.selectionEnd === field.value.length
    this.value = atEnd && !shorter ? this.#spacing.space(field.value) : field.value
  }

  #keydown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const inField = event.composedPath()[0] === this.field
    if (event.key === 'Enter' && inField) return this.#dial()
    if (inField && !this.#sends) return
    if (/^[\d*#+]$/.test(event.key) && !event.repeat) this.press(event.key)
    else if (event.key === 'Backspace' && !this.#sends) this.erase()
    else return
    event.preventDefault()
  }

  #move(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 3, ArrowUp: -3 }[event.key]
    if (!step) return
    const all = [...this.renderRoot.querySelectorAll<HTMLButtonElement>('.key')]
    const from = all.indexOf(event.target as HTMLButtonElement)
    const to = all[from + step]
    event.preventDefault()
    if (!to) return
    for (const key of all) key.tabIndex = key === to ? 0 : -1
    to.focus()
  }

  #paste(event: ClipboardEvent): void {
    const text = event.clipboardData?.getData('text/plain') ?? ''
    event.preventDefault()
    const clean = text
      .replace(/^\s*(tel|sips?|callto):/i, '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 128)
    if (this.#sends) {
      for (const digit of clean.replace(/[^\d*#]/g, '')) this.press(digit)
    } else this.#insert(clean)
  }

  #dial(): void {
    const { followed, snapshot, mediaType } = this
    const destination = this.value.trim()
    if (!followed || !snapshot || !destination || snapshot.session.state !== 'ready') return
    numberEntryOf(followed).update({ last: destination })
    if (this.add) {
      if (request(this, 'att-add-call-request', { destination, mediaType }))
        void followed.addCall({ destination, mediaType })
    } else if (snapshot.calls.length > 0) return
    else if (request(this, 'att-dial-request', { destination, mediaType }))
      void followed.dial({ destination, mediaType })
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-dialpad': AttDialpad
  }
}
