import {
  html,
  LitElement,
  nothing,
  type CSSResultGroup,
  type PropertyValues,
  type SVGTemplateResult,
  type TemplateResult,
} from 'lit'
import { property } from 'lit/decorators.js'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import { baseStyles } from './base.styles.ts'
import { buttonStyles } from './button.styles.ts'
import { controlButtonStyles } from './control-button.styles.ts'
import { PhoneConsumer } from './phone-consumer.ts'
import { asWritten } from './property-values.ts'

/** How a control looks now. */
export interface ControlLook {
  readonly icon: SVGTemplateResult
  /** Short. That of a toggle stays the same, and names what it is when it is pressed: `pressed` says the rest. */
  readonly label: string
  /** What a press does, where the label does not say it. */
  readonly action?: string
  /** Green starts, red ends, nothing else is coloured. */
  readonly tone?: 'go' | 'stop'
  /** Present on a toggle. */
  readonly pressed?: boolean
  /** The network has not confirmed the last press yet. */
  readonly busy?: boolean
  /** Why it cannot be used now; `null` when it can. */
  readonly unavailable: string | null
}

/**
 * A control of a call. One that cannot be used now stays in reach of the keyboard and says why, instead of vanishing
 * from under the focus.
 */
export abstract class ControlButton extends PhoneConsumer {
  static override readonly shadowRootOptions: ShadowRootInit = { ...LitElement.shadowRootOptions, delegatesFocus: true }
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, controlButtonStyles]

  /** Shows the icon alone; the label stays for assistive technology. */
  @asWritten @property({ type: Boolean, attribute: 'without-label', reflect: true }) withoutLabel = false

  /** Without the colour of its meaning: for the lesser of two controls of a kind. */
  @asWritten @property({ type: Boolean, reflect: true }) quiet = false

  protected abstract look(snapshot: PhoneSnapshot): ControlLook

  protected abstract activate(phone: Phone, snapshot: PhoneSnapshot): void

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    return Object.values(this.look(snapshot))
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const look = this.snapshot ? this.look(this.snapshot) : null
    this.toggleState('unavailable', look?.unavailable !== null)
    this.toggleState('pressed', look?.pressed ?? false)
    this.toggleState('busy', look?.busy ?? false)
  }

  /** Presses the button, as a person would. */
  override click(): void {
    this.renderRoot.querySelector('button')?.click()
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.snapshot) return nothing
    const { icon, label, action, tone, pressed, busy, unavailable } = this.look(this.snapshot)
    return html`<div class="root">
      <button
        part="button"
        type="button"
        class="control ${this.quiet ? '' : (tone ?? '')}"
        title=${unavailable ?? action ?? nothing}
        aria-pressed=${pressed ?? nothing}
        aria-busy=${busy ? 'true' : nothing}
        aria-disabled=${unavailable === null ? nothing : 'true'}
        @click=${this.#press}
        @keydown=${this.#ignoreRepeat}
      >
        <span part="icon" class="disc"><slot name="icon">${icon}</slot></span>
        <span part="label" class="label"><slot>${label}</slot></span>
      </button>
    </div>`
  }

  #press(): void {
    const { followed, snapshot } = this
    if (!followed || !snapshot) return
    const { unavailable, busy } = this.look(snapshot)
    if (unavailable === null && !busy) this.activate(followed, snapshot)
  }

  /** A key held down since before the control had the focus must not press it. */
  #ignoreRepeat(event: KeyboardEvent): void {
    if (event.repeat) event.preventDefault()
  }
}
