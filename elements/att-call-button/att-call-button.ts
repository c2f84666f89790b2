import { ContextConsumer, ContextProvider } from '@lit/context'
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { isInPage } from '../base/call-sight.ts'
import { baseStyles } from '../base/base.styles.ts'
import { buttonStyles } from '../base/button.styles.ts'
import { PhoneElement } from '../base/phone-element.ts'
import { namedPhone } from '../base/named-phone.ts'
import { dialled } from '../base/tel-uri.ts'
import { audioOrVideo } from '../base/property-values.ts'
import { phoneContext } from '../context/phone-context.ts'
import { request } from '../events/request-event.ts'
import { callButtonStyles } from './att-call-button.styles.ts'
import { renderCallFace } from './call-face.ts'
import { loadEquipment, type Equipment } from './equipment.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { MediaType, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Credentials } from '../att-phone/sign-in.ts'
import type { VisitorCall } from './visitor-call.ts'
import '../locales/further-texts.ts'

/**
 * Click to call: a button that calls one number. It works alone on a page. Pressed, it signs in, calls, and opens the
 * smallest phone that does the job in a corner of the page; when the call is over it signs out. Inside of an
 * `<att-phone>`, or with `for`, it calls with that phone and opens nothing.
 *
 * Until it is pressed only the button is loaded. Where the browser cannot make calls it is a link to the telephone.
 *
 * @summary Click to call: one button that is a phone when it is pressed.
 * @tagname att-call-button
 *
 * @fires {RequestEvent<'att-dial-request'>} att-dial-request - The person wants to call. Cancelable.
 *
 * @slot - The label.
 * @slot icon - The icon.
 * @csspart button - The button, or the link in its place.
 * @csspart panel - The small phone.
 * @csspart notice - A sentence about trouble.
 * @csspart keypad-button - Shows and hides the keypad.
 * @csspart again - Calls once more.
 * @csspart close - Closes the small phone.
 * @cssproperty [--att-go] - Background of the button.
 * @cssproperty [--att-go-ink] - Its text and icon.
 * @cssproperty [--att-button-size=48px] - Height of the button; at least 44px.
 * @cssproperty [--att-call-button-radius=99px] - Corners of the button.
 * @cssproperty [--att-radius=28px] - Corners of the small phone.
 * @cssproperty [--att-shadow] - Shadow of the small phone.
 * @cssstate open - The small phone is shown.
 */
export class AttCallButton extends PhoneElement {
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, callButtonStyles]
  /** Those in the page, and those that left it in a call that no other button has taken over yet. */
  static readonly #all = new Set<AttCallButton>()
  /** The button whose panel is open: a page has room for one, and a person talks in one call. */
  static #shown: AttCallButton | null = null

  /** Number or user to call; a `tel:` or `sip:` address too. */
  @property({ useDefault: true }) to = ''

  /** `audio`, or `video` for sound and picture. */
  @property({ attribute: 'media-type', converter: audioOrVideo }) mediaType: MediaType = 'audio'

  /** Address of the network: absent none (tabs of this site), `https:` a gateway, `wss:` a SIP exchange. */
  @property() server: string | null = null

  /** Who calls, where `credentials` are those of a user. */
  @property({ attribute: 'user-id' }) userId: string | null = null

  /** How the one who is called sees the caller: `Visitor`. */
  @property({ attribute: 'display-name' }) displayName: string | null = null

  /** What the call is about, after the name: `Prices`. */
  @property() topic: string | null = null

  /** From which page the call comes, after the topic; empty for the title of this one. */
  @property() page: string | null = null

  /**
   * Lets anybody call without an account. Empty, the gateway at `server` is asked for a guest's token; else this
   * address is, by POST, and has to answer with `access_token` and `user_id`. The gateway says whom guests may call.
   */
  @property() guest: string | null = null

  /** Id of the `<att-phone>` to call with, where the button is not inside of it. */
  @property() for: string | null = null

  /** Resolves to `{token}`, or for SIP `{password}`. Asked when the button is pressed, and before a token expires. */
  @property({ attribute: false }) credentials: (() => Credentials | Promise<Credentials>) | null = null

  @state() private loading = false
  @state() private failed = false
  @state() private open = false
  @state() private keypad = false
  @query('.panel') private readonly panel!: HTMLElement | null
  @query('.call') private readonly button!: HTMLElement | null

  readonly #provided = new ContextConsumer(this, {
    context: phoneContext,
    subscribe: true,
    callback: () => this.#follow(),
  })
  #provider: ContextProvider<typeof phoneContext> | null = null
  #equipment: Equipment | null = null
  #visitor: VisitorCall | null = null
  #hadFocus = false

  /** The phone the button calls with; `null` while it has none, which without a provider is so until it is pressed. */
  get phone(): Phone | null {
    return this.followed
  }

  override connectedCallback(): void {
    super.connectedCallback()
    AttCallButton.#all.delete(this)
    AttCallButton.#all.add(this)
    this.#takeOver([...AttCallButton.#all].find((other) => other.#isLeftFor(this)))
    const { connection } = this
    // A provider named by `for` may be written, upgraded or inserted after this tag.
    if (connection) document.addEventListener('context-provider', () => this.#follow(), { signal: connection })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // A page builder takes a tag out and puts it back in one go.
    setTimeout(() => !this.isConnected && this.#leave())
  }

  /** Presses the button, as a person would. */
  override click(): void {
    this.button?.click()
  }

  override focus(options?: FocusOptions): void {
    this.button?.focus(options)
  }

  protected override findPhone(): Phone | null {
    return this.#visitor?.phone ?? this.#pagePhone
  }

  protected override showsCallsOf(phone: Phone): 'own' | false {
    return phone === this.#visitor?.phone && 'own'
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    return this.open ? [snapshot] : [snapshot.session.state, snapshot.calls.length]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('for')) this.#follow()
    this.toggleState('open', this.open)
    this.#hadFocus = Boolean(this.panel?.querySelector(':focus'))
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const { panel } = this
    if (!panel?.isConnected) return
    if (!panel.matches(':popover-open')) panel.showPopover()
    // What had the focus is gone with the call: the next Tab goes on from here.
    const lost = this.#hadFocus && !this.shadowRoot?.activeElement
    if (changed.has('open') || lost) panel.focus({ preventScroll: true })
  }

  protected override render(): TemplateResult {
    const { messages } = this
    return html`<div class="root">
        ${renderCallFace({
          messages,
          to: this.to,
          unavailable: this.#unavailable,
          loading: this.loading,
          open: this.#visitor || !this.#pagePhone ? this.open : null,
          press: () => this.#press(),
          prepare: () => this.#prepare(),
        })}
        ${
          this.failed
            ? html`<p part="notice" class="notice error" role="alert">
                <b>${messages.notLoaded[0]}</b> ${messages.notLoaded[1]}
              </p>`
            : nothing
        }
      </div>
      ${this.open ? this.#renderPanel() : nothing}`
  }

  get #pagePhone(): Phone | null {
    return this.for ? namedPhone(this, this.for) : (this.#provided.value ?? null)
  }

  #renderPanel(): TemplateResult | typeof nothing {
    const visitor = this.#visitor
    if (!visitor || !this.#equipment) return nothing
    const { messages } = this
    return html`<section
      part="panel"
      class="root panel"
      popover="manual"
      role="dialog"
      tabindex="-1"
      aria-label=${messages.phone}
    >
      ${this.#equipment.panel.renderCallPanel({
        phone: visitor.phone,
        visitor: visitor.snapshot,
        messages,
        to: dialled(this.to),
        keypad: this.keypad,
        toggleKeypad: () => void this.#toggleKeypad(),
        callAgain: () => void this.#call(),
        close: () => this.#close(),
      })}
    </section>`
  }

  /** Why it cannot be pressed now; `null` when it can. */
  get #unavailable(): string | null {
    const { messages } = this
    if (!dialled(this.to)) return messages.noNumber
    if (this.#visitor) return null
    const snapshot = this.#pagePhone?.snapshot
    if (!snapshot) return this.for ? messages.signInFirst : null
    if (snapshot.session.state !== 'ready') return messages.signInFirst
    return snapshot.calls.length > 0 ? messages.callActive : null
  }

  #press(): void {
    const shown = AttCallButton.#shown
    if (shown !== null && shown.#isBusy) return shown.panel?.focus()
    if (this.#unavailable !== null || this.loading) return
    const destination = dialled(this.to)
    const mediaType = this.mediaType === 'video' ? 'video' : 'audio'
    if (!request(this, 'att-dial-request', { destination, mediaType })) return
    const phone = this.#pagePhone
    if (phone) void phone.dial({ destination, mediaType })
    else void this.#call()
  }

  /** Loads what a call needs while the finger is still on its way. */
  #prepare(): void {
    if (!this.#pagePhone) loadEquipment().catch(() => {})
  }

  async #call(): Promise<void> {
    this.failed = false
    this.loading = true
    try {
      this.#equipment = await loadEquipment()
      if (!this.isConnected) return
      this.#visitor ??= this.#newVisitor(this.#equipment)
    } catch {
      this.failed = true
      return
    } finally {
      this.loading = false
    }
    const shown = AttCallButton.#shown
    if (shown !== null && shown !== this) shown.#close()
    AttCallButton.#shown = this
    this.open = true
    this.keypad = false
    const { server, userId, credentials, guest, mediaType, displayName, topic } = this
    const page = this.page === '' ? document.title : this.page
    // Told as one name, which every network and every telephone can show.
    const name = [displayName, topic, page].filter(Boolean).join(', ')
    await this.#visitor.begin({
      server,
      userId,
      displayName: name,
      credentials,
      guest,
      mediaType,
      to: dialled(this.to),
    })
  }

  get #isBusy(): boolean {
    return this.#visitor !== null && (this.#visitor.snapshot.beginning || this.#visitor.phone.snapshot.calls.length > 0)
  }

  #newVisitor(equipment: Equipment): VisitorCall {
    const visitor = new equipment.VisitorCall()
    this.#show(visitor)
    return visitor
  }

  #show(visitor: VisitorCall): void {
    this.#visitor = visitor
    visitor.subscribe(() => this.requestUpdate())
    if (this.#provider) this.#provider.setValue(visitor.phone)
    else this.#provider = new ContextProvider(this, { context: phoneContext, initialValue: visitor.phone })
    this.#follow()
  }

  #follow(): void {
    this.follow(this.findPhone())
    if (!this.followed) this.showState('signed-out')
    this.requestUpdate()
  }

  async #toggleKeypad(): Promise<void> {
    await this.#equipment?.panel.loadKeypad().catch(() => {})
    this.keypad = !this.keypad
  }

  #close(): void {
    void this.#giveUp()?.end()
    this.#follow()
    this.button?.focus()
  }

  #leave(): void {
    const successor = [...AttCallButton.#all].reverse().find((other) => this.#isLeftFor(other))
    if (successor) successor.#takeOver(this)
    else if (this.#isBusy) this.#visitor?.whenOver(() => this.isConnected || this.#end())
    else this.#end()
  }

  #end(): void {
    AttCallButton.#all.delete(this)
    void this.#giveUp()?.end()
  }

  /** Whether this button has left the page in a call, and `other` stands there in its place. */
  #isLeftFor(other: AttCallButton): boolean {
    const same = (['to', 'server', 'userId', 'guest', 'for'] as const).every((name) => this[name] === other[name])
    return other !== this && same && this.#isBusy && !other.#visitor && !isInPage(this) && isInPage(other)
  }

  #takeOver(left: AttCallButton | undefined): void {
    const visitor = left ? left.#visitor : null
    if (!left || !visitor) return
    this.#equipment = left.#equipment
    AttCallButton.#all.delete(left)
    left.#giveUp()
    left.#follow()
    AttCallButton.#shown = this
    this.#show(visitor)
    this.open = true
  }

  #giveUp(): VisitorCall | null {
    const visitor = this.#visitor
    if (AttCallButton.#shown === this) AttCallButton.#shown = null
    this.#visitor = null
    this.open = false
    return visitor
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-call-button': AttCallButton
  }
}
