import { property, state } from 'lit/decorators.js'
import { PhoneConsumer } from './phone-consumer.ts'
import { asWritten } from './property-values.ts'

/** A tag that is a field of a form, as an `<input>` is. */
export abstract class FormField extends PhoneConsumer {
  static readonly formAssociated = true

  /** Name of the field in its form. */
  @property({ reflect: true, useDefault: true }) name = ''

  /** What the field is called, where no `<label>` says it. */
  @property({ useDefault: true }) label = ''

  /** Whether the form needs it. */
  @asWritten @property({ type: Boolean, reflect: true }) required = false

  /** Whether it is left out, and cannot be changed. */
  @asWritten @property({ type: Boolean, reflect: true }) disabled = false

  /** What the form's reset brings back. */
  @property({ attribute: 'value', useDefault: true }) defaultValue = ''

  /** By a `<fieldset>` around it. */
  @state() private disabledByForm = false

  /** The form it belongs to. */
  get form(): HTMLFormElement | null {
    return this.internals.form
  }

  get validity(): ValidityState {
    return this.internals.validity
  }

  /** Why it is not valid, in the language of the tag. */
  get validationMessage(): string {
    return this.internals.validationMessage
  }

  get willValidate(): boolean {
    return this.internals.willValidate
  }

  checkValidity(): boolean {
    return this.internals.checkValidity()
  }

  /** As `checkValidity`, and tells the person. */
  reportValidity(): boolean {
    return this.internals.reportValidity()
  }

  formDisabledCallback(disabled: boolean): void {
    this.disabledByForm = disabled
  }

  abstract formResetCallback(): void

  abstract formStateRestoreCallback(state: string): void

  protected get isDisabled(): boolean {
    return this.disabled || this.disabledByForm
  }

  /** What its `<label>` says. */
  protected get labelText(): string {
    return [...this.internals.labels].map(({ textContent }) => textContent?.trim()).join(' ')
  }
}
