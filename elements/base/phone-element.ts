import { LitElement } from 'lit'
import { property } from 'lit/decorators.js'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { version } from '../../src/index.ts'
import type { Messages } from '../locales/locale-table.ts'
import { Localization } from './localization.ts'
import { phoneState, type PhoneState } from './phone-state.ts'

/**
 * A tag that renders from a phone's snapshot and from nothing else.
 *
 * It listens while it is in the page, ends everything with one signal when it leaves, and never touches the call:
 * moving a tag is not hanging up.
 */
export abstract class PhoneElement extends LitElement {
  /** Version of the package this class comes from. */
  static readonly version: string = version

  /** What the phone does, coarsely. Read-only: it follows the phone. */
  @property({ reflect: true }) state: PhoneState = 'signed-out'

  protected readonly internals: ElementInternals = this.attachInternals()
  readonly #localization = new Localization(this)
  #phone: Phone | null = null
  #slice: readonly unknown[] = []
  #connection: AbortController | null = null
  #following: AbortController | null = null

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

  override connectedCallback(): void {
    this.#connection = new AbortController()
    super.connectedCallback()
    this.follow(this.findPhone())
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#connection?.abort()
    this.#connection = this.#following = null
  }

  /** The phone to show. */
  protected abstract findPhone(): Phone | null

  /** What of the snapshot is rendered: the tag renders again only when one of these values changed. */
  protected abstract select(snapshot: PhoneSnapshot): readonly unknown[]

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
      this.phoneFollowed?.(phone, signal)
      this.snapshotChanged(phone.snapshot)
    }
    this.requestUpdate()
  }

  /** Renders if what is selected changed. */
  protected snapshotChanged(snapshot: PhoneSnapshot): void {
    const slice = [(this.state = phoneState(snapshot)), ...this.select(snapshot)]
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
}
