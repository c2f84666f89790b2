import { ContextProvider } from '@lit/context'
import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { Phone } from '../../src/phone/phone.ts'
import { phoneEventNames, type PhoneEvents } from '../../src/phone/phone-events.ts'
import { baseStyles } from '../base/base.styles.ts'
import { buttonStyles } from '../base/button.styles.ts'
import { CallAnnouncer } from '../base/call-announcer.ts'
import { partyName } from '../base/party-name.ts'
import { PhoneElement } from '../base/phone-element.ts'
import { incomingCall, shownCall } from '../base/phone-state.ts'
import { CallDuration } from '../base/running-time.ts'
import { phoneContext } from '../context/phone-context.ts'
import { PhoneDomEvent } from '../events/phone-dom-event.ts'
import { request } from '../events/request-event.ts'
import { phoneStyles } from './att-phone.styles.ts'
import { claimPhone, releasePhone } from './page-phone.ts'
import { SignIn, type Account, type Credentials } from './sign-in.ts'
import { cueTitle } from './title-cue.ts'
import { renderWholePhone } from './whole-phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { PhoneOptions } from '../../src/phone/phone-options.ts'
import type { CallSnapshot, MediaType, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { AttDialpad } from '../att-dialpad/att-dialpad.ts'

/**
 * A phone. Empty, it shows everything a phone needs; filled with tags, it gives them its phone and leaves the layout to
 * the page.
 *
 * Without `server` the tabs of this site call each other, and the numbers `echo`, `busy`, `noanswer` and `reject`
 * answer. It signs in by itself: at once where there is no server, else as soon as `credentials` is set.
 *
 * Every event of the engine is dispatched here too, with a dash for the colon: `call:connected` is
 * `att-call-connected`, its payload is `detail`.
 *
 * @summary A whole phone, or the provider of one for the tags inside it.
 * @tagname att-phone
 *
 * @fires {PhoneDomEvent<'session:ready'>} att-session-ready - Signed in: calls can come and go.
 * @fires {PhoneDomEvent<'session:disconnected'>} att-session-disconnected - Signed out.
 * @fires {PhoneDomEvent<'session:expired'>} att-session-expired - The network ended the session.
 * @fires {PhoneDomEvent<'gateway:unreachable'>} att-gateway-unreachable - The network cannot be reached.
 * @fires {PhoneDomEvent<'connectivity:on'>} att-connectivity-on - The browser has a network again.
 * @fires {PhoneDomEvent<'connectivity:off'>} att-connectivity-off - The browser has no network.
 * @fires {PhoneDomEvent<'dialing'>} att-dialing - A call is being made.
 * @fires {PhoneDomEvent<'answering'>} att-answering - A call is being answered.
 * @fires {PhoneDomEvent<'call:incoming'>} att-call-incoming - Somebody calls.
 * @fires {PhoneDomEvent<'call:connecting'>} att-call-connecting - The call is on its way.
 * @fires {PhoneDomEvent<'call:ringback-provided'>} att-call-ringback-provided - The network plays the ringback.
 * @fires {PhoneDomEvent<'call:connected'>} att-call-connected - Both sides agreed to talk.
 * @fires {PhoneDomEvent<'media:established'>} att-media-established - Sound, or picture, comes through.
 * @fires {PhoneDomEvent<'call:held'>} att-call-held - One side put the call on hold.
 * @fires {PhoneDomEvent<'call:resumed'>} att-call-resumed - One side took it back.
 * @fires {PhoneDomEvent<'call:muted'>} att-call-muted - The microphone is off.
 * @fires {PhoneDomEvent<'call:unmuted'>} att-call-unmuted - The microphone is on again.
 * @fires {PhoneDomEvent<'media:captured'>} att-media-captured - Microphone, or camera, is open.
 * @fires {PhoneDomEvent<'call:media-modification'>} att-call-media-modification - The other side asks for other media.
 * @fires {PhoneDomEvent<'call:modification-in-progress'>} att-call-modification-in-progress - The media are changing.
 * @fires {PhoneDomEvent<'call:state-changed'>} att-call-state-changed - The media, or the other side, changed.
 * @fires {PhoneDomEvent<'call:moved'>} att-call-moved - The call went to another device of this user.
 * @fires {PhoneDomEvent<'call:transferring'>} att-call-transferring - The other side is being sent on.
 * @fires {PhoneDomEvent<'call:transferred'>} att-call-transferred - The other side was sent on.
 * @fires {PhoneDomEvent<'session:call-switched'>} att-session-call-switched - Another call is in the foreground.
 * @fires {PhoneDomEvent<'address-updated'>} att-address-updated - The emergency address is another one.
 * @fires {PhoneDomEvent<'call:disconnecting'>} att-call-disconnecting - The call is being ended.
 * @fires {PhoneDomEvent<'call:disconnected'>} att-call-disconnected - The call is over.
 * @fires {PhoneDomEvent<'call:canceled'>} att-call-canceled - The call was taken back before it was answered.
 * @fires {PhoneDomEvent<'call:rejected'>} att-call-rejected - The call was declined.
 * @fires {PhoneDomEvent<'dtmf:tone-sending'>} att-dtmf-tone-sending - A tone is being sent.
 * @fires {PhoneDomEvent<'dtmf:tone-sent'>} att-dtmf-tone-sent - A tone was sent.
 * @fires {PhoneDomEvent<'notification'>} att-notification - Something the person may want to know.
 * @fires {PhoneDomEvent<'warning'>} att-warning - Something was asked for that changes nothing.
 * @fires {PhoneDomEvent<'error'>} att-error - Something failed; the detail says what, why, and what to do.
 * @fires {RequestEvent<'att-login-request'>} att-login-request - The person wants to sign in. Cancelable.
 *
 * @slot - Tags and layout of the page, in place of the whole phone.
 * @slot signed-out - Shown while signed out, `manual` or not: a form that signs in, for example.
 * @csspart phone - The whole phone.
 * @csspart bar - The line on top.
 * @csspart status - State of the session or the call, in a word.
 * @csspart who - The number others reach this phone at.
 * @csspart notice - A sentence about trouble.
 * @csspart last-call - How the last call ended.
 * @csspart keypad-button - Shows and hides the keypad during a call.
 * @cssproperty [--att-surface] - Background of the phone.
 * @cssproperty [--att-raised] - Background of keys, controls and notices.
 * @cssproperty [--att-ink] - Text.
 * @cssproperty [--att-muted] - Lesser text; at least 4.5 to 1 on surface and raised.
 * @cssproperty [--att-line] - Thin lines.
 * @cssproperty [--att-go] - What starts a call.
 * @cssproperty [--att-go-ink] - Icons on it.
 * @cssproperty [--att-stop] - What ends a call.
 * @cssproperty [--att-stop-ink] - Icons on it.
 * @cssproperty [--att-accent] - Focus, links, sign-in.
 * @cssproperty [--att-radius=28px] - Corners of the phone.
 * @cssproperty [--att-density=1] - Factor on all spaces and keys; 0.8 is compact.
 * @cssproperty [--att-height=600px] - Least height of the phone.
 * @cssproperty [--att-shadow] - Shadow of the phone.
 */
export class AttPhone extends PhoneElement {
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, phoneStyles]

  /** Address of the network: absent none (tabs of this site), `https:` a gateway, `wss:` a SIP exchange. */
  @property() server: string | null = null

  /** Who signs in: `alice@example.com`, a number, or a bare name. Without a server it may be absent. */
  @property({ attribute: 'user-id' }) userId: string | null = null

  /** Id of a registered emergency address, for networks that ask for one. */
  @property({ attribute: 'e911-id' }) e911Id: string | null = null

  /** What the green button starts: `audio` or `video`. */
  @property({ attribute: 'media-type' }) mediaType: MediaType = 'audio'

  /** Leaves signing in to the page: `element.phone.login(…)`. */
  @property({ type: Boolean }) manual = false

  /** Resolves to `{token}`, or for SIP `{password}`. Asked at each sign-in, so that a token can be short-lived. */
  @property({ attribute: false }) credentials: (() => Credentials | Promise<Credentials>) | null = null

  /** Makes the page's own network, in place of `server`. */
  @property({ attribute: false }) signaling: NonNullable<PhoneOptions['signaling']> | null = null

  /** Read-only: whether the page fills the phone with tags of its own. */
  @property({ type: Boolean, reflect: true }) filled = false

  @state() private keypad = false
  @state() private dismissedError: PhoneError | null = null
  @state() private dismissedCall: CallSnapshot | null = null
  @query('.phone') private readonly frame!: HTMLElement | null
  @query('att-dialpad') private readonly dialpad!: AttDialpad | null

  #own: Phone | null = null
  #given = false
  #hadFocus = false
  #provider = new ContextProvider(this, { context: phoneContext })
  #announcer = new CallAnnouncer(this, () => this.messages)
  #signIn = new SignIn(this, (phone) => this.#abandon(phone))
  #duration = new CallDuration()

  /** The engine. The first tag of a page has the page's phone, each further one a line of its own; or set one. */
  @property({ attribute: false })
  get phone(): Phone | null {
    return this.#own
  }

  set phone(phone: Phone | null) {
    this.#own = phone
    this.#given = phone !== null
    if (this.isConnected) this.#provide()
  }

  override connectedCallback(): void {
    this.#look()
    this.#provider.setValue(this.findPhone())
    super.connectedCallback()
    document.addEventListener('visibilitychange', () => this.#cue(), { signal: this.connection ?? AbortSignal.abort() })
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    releasePhone(this)
    cueTitle(this, null)
  }

  protected override findPhone(): Phone {
    if (!this.#given || !this.#own) this.#own = claimPhone(this, this.#own)
    return this.#own
  }

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    this.#announcer.follow(phone, signal)
    for (const name of phoneEventNames) this.#relay(phone, name, signal)
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = shownCall(snapshot)
    this.#duration.since = call?.progress === 'connected' ? call.connectedAt : null
    if (!call) this.keypad = false
    this.#cue()
    const { session, online, calls, lastCall, devices, error } = snapshot
    return [session, online, calls, lastCall, devices, error]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement)
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const focused = this.shadowRoot?.activeElement
    // What had the focus is gone: the next Tab goes on from here, and no key presses what came in its place.
    if (this.#hadFocus && !focused?.checkVisibility()) this.frame?.focus({ preventScroll: true })
    if (!this.manual && this.followed) void this.#signIn.ensure(this.followed, this.#account)
  }

  protected override render(): TemplateResult {
    return html`<slot @slotchange=${this.#look}></slot>${
        this.filled || !this.followed
          ? nothing
          : renderWholePhone({
              phone: this.followed,
              snapshot: this.followed.snapshot,
              messages: this.messages,
              mediaType: this.mediaType,
              keypad: this.keypad,
              duration: this.#duration.last,
              canSignIn: SignIn.isPossible(this.#account),
              dismissedError: this.dismissedError,
              dismissedCall: this.dismissedCall,
              toggleKeypad: () => (this.keypad = !this.keypad),
              dismissError: (error) => (this.dismissedError = error),
              dismissCall: (call) => (this.dismissedCall = call),
              signIn: () => this.#requestLogin(),
              keydown: (event) => this.#keydown(event),
            })
      }
      ${this.#announcer.render()}`
  }

  get #account(): Account {
    const { server, userId, e911Id, credentials, signaling } = this
    return { server, userId, e911Id, credentials, signaling }
  }

  #provide(): void {
    const phone = this.findPhone()
    this.#provider.setValue(phone)
    this.follow(phone)
  }

  #relay(phone: Phone, name: keyof PhoneEvents, signal: AbortSignal): void {
    phone.on(name, (payload) => this.dispatchEvent(new PhoneDomEvent(name, payload)), { signal })
  }

  #look = (): void => {
    this.filled = [...this.childNodes].some((node) =>
      node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '',
    )
  }

  /** A page that may not ring, or is not looked at, shows in its title who calls. */
  #cue(): void {
    const { followed, snapshot } = this
    const call = snapshot && incomingCall(snapshot)
    const cue = followed && call && (document.hidden || snapshot.devices.output === 'blocked')
    const { messages } = this
    cueTitle(this, cue ? messages.titleIncoming(partyName(followed, call.remote, messages.unknownCaller)) : null)
  }

  #requestLogin(): void {
    if (this.followed && request(this, 'att-login-request', {}))
      void this.#signIn.start(this.followed, this.#account).catch(() => {})
  }

  /** Digits typed anywhere on the phone go into the keypad. */
  #keydown(event: KeyboardEvent): void {
    const { dialpad } = this
    if (!dialpad?.checkVisibility() || event.composedPath().includes(dialpad)) return
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || !/^[\d*#+]$/.test(event.key)) return
    event.preventDefault()
    dialpad.press(event.key)
  }

  #abandon(phone: Phone): void {
    if (this.#given || phone === Phone.getPhone()) return
    if (this.#own === phone) this.#own = null
    void phone.dispose()
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-phone': AttPhone
  }
}
