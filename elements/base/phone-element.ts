import { LitElement, type PropertyDeclaration, type PropertyValues } from 'lit'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { version } from '../../src/index.ts'
import type { Messages } from '../locales/locale-table.ts'
import { checkLater, type Missing } from './check-later.ts'
import { CallSight } from './call-sight.ts'
import { ContactBook } from './contact-book.ts'
import { adoptDocumentStyles } from './document-styles.ts'
import { isEdited } from './editing-area.ts'
import { keepTypingInside } from './field-keys.ts'
import { Localization } from './localization.ts'
import { phoneState, type PhoneState } from './phone-state.ts'
import { isOff } from './property-values.ts'
import { onTreeChange } from './tree-watch.ts'

/**
 * A tag that renders from a phone's snapshot and from nothing else.
 *
 * It listens while it is in the page, ends everything with one signal when it leaves, and never touches the call:
 * moving a tag is not hanging up.
 */
export abstract class PhoneElement extends LitElement {
  /** Version of the package this class comes from. */
  static readonly version: string = version

  protected readonly internals: ElementInternals = this.attachInternals()
  /** What the tag tells by its own attributes, which it never reads; `null` where the attribute is absent. */
  readonly #told = new Map<string, string | null>([['state', 'signed-out']])
  #state: PhoneState = 'signed-out'
  #edited = false
  readonly #localization = new Localization(this)
  #phone: Phone | null = null
  #slice: readonly unknown[] = []
  #connection: AbortController | null = null
  #following: AbortController | null = null

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'state']
  }

  constructor() {
    super()
    keepTypingInside(this)
  }

  /**
   * What the phone does, coarsely. It follows the phone; the attribute is written back where a page changes it.
   *
   * @attr state
   */
  get state(): PhoneState {
    return this.#state
  }

  /** Whether the tag stands in something that is being edited: it is drawn there, and does nothing. */
  protected get edited(): boolean {
    return this.#edited
  }

  /** Aborts when the tag leaves the page. */
  protected get connection(): AbortSignal | null {
    return this.#connection?.signal ?? null
  }

  /** The phone this tag shows; `null` before it is in the page. */
  protected get followed(): Phone | null {
    return this.#phone
  }

  protected get snapshot(): PhoneSnapshot | null {
    return this.#phone?.snapshot ?? null
  }

  /** The texts of the nearest `lang`, as far as they are loaded. */
  protected get messages(): Messages {
    return this.#localization.messages
  }

  /** Read-only: the language tag that numbers, durations and dates are written by, `pt-BR`. */
  get locale(): string {
    return this.#localization.locale
  }

  protected override createRenderRoot(): ShadowRoot {
    const { shadowRootOptions, elementStyles } = this.constructor as typeof PhoneElement
    const root = this.shadowRoot ?? this.attachShadow(shadowRootOptions)
    adoptDocumentStyles(root, elementStyles)
    return root
  }

  /** The tag was moved to another document. */
  adoptedCallback(): void {
    if (this.shadowRoot) adoptDocumentStyles(this.shadowRoot, (this.constructor as typeof PhoneElement).elementStyles)
  }

  override connectedCallback(): void {
    this.#connection = new AbortController()
    this.#edited = isEdited(this)
    onTreeChange(this, () => this.#lookAround(), this.#connection.signal)
    super.connectedCallback()
    this.follow(this.findPhone())
    if (!this.#edited) checkLater(this, this.#connection.signal, () => this.missing?.() ?? null)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connection?.abort()
    this.#connection = this.#following = null
  }

  override attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    // A boolean attribute is on where it is there, as in HTML; but Vue, Svelte, Astro and React 18 write a false one out.
    const flag = isOff(value) ? this.#flag(name) : undefined
    super.attributeChangedCallback(name, before, flag ? null : value)
    if (flag?.reflect) this.removeAttribute(name)
    // A morph or a server's markup says nothing about the phone: what the tag tells is written back.
    if (this.#told.has(name) && this.#wanted(name) !== value) this.requestUpdate()
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    for (const name of this.#told.keys()) this.#write(name, this.#wanted(name))
    for (const element of this.renderRoot.children) {
      if (element instanceof HTMLElement && element.localName !== 'slot') element.inert = this.#edited
    }
  }

  /** Tells something by an attribute of the tag, which nobody else can change. Not in an editing area, whose markup is saved. */
  protected tell(attribute: string, value: string | null): void {
    if (this.#told.get(attribute) === value) return
    this.#told.set(attribute, value)
    this.requestUpdate()
  }

  protected showState(state: PhoneState): void {
    this.#state = state
    this.tell('state', state)
  }

  /** The phone to show. */
  protected abstract findPhone(): Phone | null

  /** What of the snapshot is rendered: the tag renders again only when one of these values changed. */
  protected abstract select(snapshot: PhoneSnapshot): readonly unknown[]

  /**
   * Whether a person sees by this tag that a call of that phone is up; `own`: the phone is there for the sake of the tag,
   * and its calls end when no tag shows them any more.
   */
  protected showsCallsOf?(phone: Phone): 'own' | boolean

  /** What the tag misses to do anything, when its page is set up; for the author of the page. */
  protected missing?(): Missing | null

  /** Called once for each phone that is followed, and again after the tag was moved. */
  protected phoneFollowed?(phone: Phone, signal: AbortSignal): void

  protected follow(phone: Phone | null): void {
    if (!this.#connection || (phone === this.#phone && this.#following)) return
    this.#following?.abort()
    this.#following = null
    this.#phone = phone
    if (phone) {
      this.#following = new AbortController()
      const signal = AbortSignal.any([this.#following.signal, this.#connection.signal])
      phone.subscribe((snapshot) => this.snapshotChanged(snapshot), { signal })
      const shows = this.showsCallsOf?.(phone)
      if (shows) CallSight.of(phone).add(this, shows === 'own', signal)
      ContactBook.of(phone).onChange(() => this.requestUpdate(), signal)
      this.phoneFollowed?.(phone, signal)
      this.snapshotChanged(phone.snapshot)
    }
    this.requestUpdate()
  }

  /** Renders if what is selected changed. */
  protected snapshotChanged(snapshot: PhoneSnapshot): void {
    this.showState(phoneState(snapshot))
    const slice = [this.#state, ...this.select(snapshot)]
    if (slice.length === this.#slice.length && slice.every((value, i) => Object.is(value, this.#slice[i]))) return
    this.#slice = slice
    this.requestUpdate()
  }

  /** Shows a finer state to CSS as `:state(name)`. */
  protected toggleState(name: string, on: boolean): void {
    // Browsers before 2024 know only dashed names and throw at others; there the state is simply not shown.
    try {
      if (on) this.internals.states.add(name)
      else this.internals.states.delete(name)
    } catch {
      // Nothing to do.
    }
  }

  #lookAround(): void {
    const edited = isEdited(this)
    if (edited === this.#edited) return
    this.#edited = edited
    this.requestUpdate()
  }

  #write(name: string, value: string | null): void {
    if (this.getAttribute(name) === value) return
    if (value === null) this.removeAttribute(name)
    else this.setAttribute(name, value)
  }

  #wanted(name: string): string | null {
    return this.#edited ? null : (this.#told.get(name) ?? null)
  }

  /** The boolean property that this attribute sets, if any. */
  #flag(attribute: string): PropertyDeclaration | undefined {
    for (const [name, property] of (this.constructor as typeof PhoneElement).elementProperties) {
      const written = typeof property.attribute === 'string' ? property.attribute : String(name).toLowerCase()
      if (written === attribute && property.type === Boolean) return property
    }
    return undefined
  }
}
