import { ContextConsumer } from '@lit/context'
import { property } from 'lit/decorators.js'
import type { PropertyValues } from 'lit'
import { Phone } from '../../src/phone/phone.ts'
import { phoneContext } from '../context/phone-context.ts'
import type { Missing } from './check-later.ts'
import { namedPhone } from './named-phone.ts'
import { PhoneElement } from './phone-element.ts'

/** A tag that belongs to a phone: the one `for` names, else the one it is inside of, else the page's. */
export abstract class PhoneConsumer extends PhoneElement {
  /** Id of the `<att-phone>` this tag belongs to, where it is not inside of it. */
  @property() for: string | null = null

  #provided: Phone | null = null

  constructor() {
    super()
    new ContextConsumer(this, {
      context: phoneContext,
      subscribe: true,
      callback: (phone) => {
        this.#provided = phone
        this.follow(this.findPhone())
      },
    })
  }

  /** The phone this tag shows and acts on; `null` before the tag is in the page. */
  get phone(): Phone | null {
    return this.followed
  }

  override connectedCallback(): void {
    super.connectedCallback()
    // A provider named by `for` may be written, upgraded or inserted after this tag.
    const { connection } = this
    if (!connection) return
    const again = (): void => {
      if (this.for) this.follow(this.findPhone())
    }
    document.addEventListener('context-provider', again, { signal: connection })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#provided = null
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('for')) this.follow(this.findPhone())
  }

  protected override missing(): Missing | null {
    return this.for && !this.followed ? ['for-nothing', `<${this.localName} for="${this.for}">`] : null
  }

  protected override findPhone(): Phone | null {
    if (!this.for) return this.#provided ?? Phone.getPhone()
    return namedPhone(this, this.for)
  }
}
