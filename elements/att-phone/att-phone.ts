import { ContextProvider } from '@lit/context'
import {
  html,
  nothing,
  type CSSResultGroup,
  type PropertyDeclaration,
  type PropertyValues,
  type TemplateResult,
} from 'lit'
import { property, query, state } from 'lit/decorators.js'
import type { Phone } from '../../src/phone/phone.ts'
import type { Missing } from '../base/check-later.ts'
import { warnAuthor } from '../base/author-warnings.ts'
import { baseStyles } from '../base/base.styles.ts'
import { buttonStyles } from '../base/button.styles.ts'
import { CallAnnouncer } from '../base/call-announcer.ts'
import { isInPage } from '../base/call-sight.ts'
import { ContactBook, type ResolveContact } from '../base/contact-book.ts'
import { PastCalls } from '../base/past-calls.ts'
import { PhoneElement } from '../base/phone-element.ts'
import { incomingCall, shownCall } from '../base/phone-state.ts'
import { CallDuration } from '../base/running-time.ts'
import { asWritten, audioOrVideo, keyword } from '../base/property-values.ts'
import { phoneContext } from '../context/phone-context.ts'
import { request } from '../events/request-event.ts'
import { phoneStyles } from './att-phone.styles.ts'
import { pressDigit } from './digit-keys.ts'
import { LaterTags } from './later-tags.ts'
import { callControlsStyles } from './call-controls.styles.ts'
import type { Shortcuts } from './page-behaviour.ts'
import { PageSide } from './page-side.ts'
import { relayEvents } from './relay-events.ts'
import { SignIn, type Account, type Credentials } from './sign-in.ts'
import { TagLine } from './tag-line.ts'
import { WideLayout } from './wide-layout.ts'
import { renderWholePhone, type Panel, type View } from './whole-phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { PhoneOptions } from '../../src/phone/phone-options.ts'
import type { CallSnapshot, MediaType, PhoneSnapshot, RefusedChange } from '../../src/phone/snapshot.ts'
import type { Contact } from '../att-contacts-field/contact-matches.ts'
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
 * @fires {PhoneDomEvent<'call:transfer-requested'>} att-call-transfer-requested - The other side wants this one to call somebody else in its place.
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
 * @slot avatar - A picture of the other person, in place of the initials.
 * @slot controls - Further controls of a call, after those of the phone.
 * @slot signed-out - Shown while signed out, `manual` or not: a form that signs in, for example.
 * @csspart phone - The whole phone.
 * @csspart bar - The line on top.
 * @csspart status - State of the session or the call, in a word.
 * @csspart who - The number others reach this phone at.
 * @csspart notice - A sentence about trouble.
 * @csspart shortcuts - The list of the letter keys: A answers, D declines, M mutes, H holds, E ends, ? lists them.
 * @csspart second-call - Who rings during a call, until the tag that shows it is loaded.
 * @csspart last-call - How the last call ended.
 * @csspart controls - The controls of a call.
 * @csspart backspace-button - Takes away the last character of the number.
 * @csspart keypad-button - Shows and hides the keypad during a call.
 * @csspart add-button - Opens and closes the field for a second call.
 * @csspart transfer-button - Opens and closes the transfer.
 * @csspart tabs - The bar that leads to keypad, recents, contacts and settings.
 * @csspart tab - A button of it.
 * @csspart contacts - The list of contacts.
 * @csspart search - The field that finds a contact.
 * @csspart contact - A contact.
 * @csspart settings - Devices and sounds.
 * @csspart sound-button - Shows and hides the devices of the call.
 * @csspart more-button - Shows and hides the lesser controls of a video call.
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
 * @cssproperty [--att-avatar] - Background of the initials.
 * @cssproperty [--att-avatar-ink] - The initials.
 * @cssproperty [--att-warning] - The mark of a connection that is being mended.
 * @cssproperty [--att-radius=28px] - Corners of the phone.
 * @cssproperty [--att-density=1] - Factor on all spaces and keys; 0.8 is compact, as by `density`.
 * @cssproperty [--att-height=600px] - Least height of the phone.
 * @cssproperty [--att-shadow] - Shadow of the phone.
 * @cssproperty [--att-notice-shadow] - Shadow of what lies over the phone: a sentence about trouble.
 */
export class AttPhone extends PhoneElement {
  static override styles: CSSResultGroup = [baseStyles, buttonStyles, phoneStyles, callControlsStyles]

  /** Address of the network: absent none (tabs of this site), `https:` a gateway, `wss:` a SIP exchange. */
  @property() server: string | null = null

  /** Who signs in: `alice@example.com`, a number, or a bare name. Without a server it may be absent. */
  @property({ attribute: 'user-id' }) userId: string | null = null

  /** How others see who signs in: the name beside the number. A gateway's token with a `name` claim says it better. */
  @property({ attribute: 'display-name' }) displayName: string | null = null

  /** Id of a registered emergency address, for networks that ask for one. */
  @property({ attribute: 'e911-id' }) e911Id: string | null = null

  /** What the green button starts: `audio` or `video`. */
  @property({ attribute: 'media-type', converter: audioOrVideo }) mediaType: MediaType = 'audio'

  /** Leaves signing in to the page: `element.signIn()`, or `element.phone.login(…)`. */
  @asWritten @property({ type: Boolean }) manual = false

  /**
   * Resolves to `{token}`, or for SIP `{password}`. Asked at each sign-in, and for a new token before one expires, so that
   * it can be short-lived.
   */
  @property({ attribute: false }) credentials: (() => Credentials | Promise<Credentials>) | null = null

  /**
   * Who has that address, `+12125550143` or `bob@example.com`, as the page knows: resolves to `{name, picture, link}`, or
   * `null`. Asked once for each; what it gives is shown wherever that party is, as text.
   */
  @property({ attribute: false }) resolveContact: ResolveContact | null = null

  /**
   * Whom to choose from: `{name, address}`, and `label` to tell two addresses of one person apart. Given any, the phone has
   * Contacts, and shows their names wherever those addresses are shown.
   */
  @property({ attribute: false }) contacts: readonly Contact[] = []

  /** `compact`: smaller keys, controls and spaces, for a narrow column; no target gets smaller than 44 pixels. */
  @property({ reflect: true, converter: keyword<'compact' | null>(null, 'compact') }) density: 'compact' | null = null

  /** Address of a picture of the other person; the slot `avatar` takes markup. */
  @property() avatar: string | null = null

  /** Makes the page's own network, in place of `server`. */
  @property({ attribute: false }) signaling: NonNullable<PhoneOptions['signaling']> | null = null

  /** Calls the `tel:` links of the page with this phone. */
  @asWritten @property({ type: Boolean, attribute: 'capture-tel' }) captureTel = false

  /**
   * Letter keys while the phone has the focus (`phone`), with Alt and Shift everywhere too (`page`), or not (`off`). A
   * single letter does nothing while a panel or a field of the phone is open, and none ends a call.
   */
  @property({ converter: keyword<Shortcuts>('phone', 'page', 'off') }) shortcuts: Shortcuts = 'phone'

  /** Tells of calls by the desktop while the page is hidden. The browser asks the person at the first press. */
  @asWritten @property({ type: Boolean }) notifications = false

  /**
   * Keeps in this browser, as its visitors have consented, what the person chose and the calls there were: under the user
   * who is signed in where it is empty, else under this name. Absent: as long as the page lives.
   */
  @property() keep: string | null = null

  @state() private hasContent = false
  @state() private hasAvatar = false
  @state() private view: View = 'keypad'
  @state() private panel: Panel | null = null
  @state() private dismissedError: PhoneError | null = null
  @state() private dismissedCall: CallSnapshot | null = null
  @state() private dismissedRefusal: RefusedChange | null = null
  @query('.phone') private readonly frame!: HTMLElement | null
  @query('att-dialpad') private readonly dialpad!: AttDialpad | null

  #hadFocus = false
  #resolves = false
  #configured = false
  #provider = new ContextProvider(this, { context: phoneContext })
  #announcer = new CallAnnouncer(this, () => this.messages)
  #signIn = new SignIn(this)
  #line = new TagLine(
    this,
    this.#signIn,
    () => this.#account,
    () => this.#provide(),
  )
  #duration = new CallDuration(this)
  #later = new LaterTags(this)
  #layout = new WideLayout(this)
  #page = new PageSide(this, () => ({
    phone: this.edited ? null : this.followed,
    messages: this.messages,
    isOpen: this.panel !== null,
  }))

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'filled']
  }

  /**
   * Whether the page fills the phone with tags of its own. The attribute is written back where a page changes it.
   *
   * @attr filled
   */
  get filled(): boolean {
    return this.hasContent
  }

  /** The engine. The first tag of a page has the page's phone, each further one a line of its own; or set one. */
  @property({ attribute: false })
  get phone(): Phone | null {
    return this.#line.phone
  }

  set phone(phone: Phone | null) {
    this.#line.set(phone)
    if (this.isConnected) this.#provide()
  }

  override connectedCallback(): void {
    this.#look()
    this.#provider.setValue(this.findPhone())
    super.connectedCallback()
    this.#configure()
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    // A page builder takes a tag out and puts it back in one go.
    setTimeout(() => isInPage(this) || this.#line.leave())
  }

  /**
   * What the tag says of the network reaches the engine at once, no matter who signs in.
   *
   * @internal
   */
  override requestUpdate(name?: PropertyKey, before?: unknown, options?: PropertyDeclaration): void {
    super.requestUpdate(name, before, options)
    if (name === 'server' || name === 'signaling' || name === 'credentials') this.#configure()
  }

  /**
   * Signs in with the attributes and `credentials` of the tag; does nothing where that is so already. Resolves when
   * calls can come and go.
   *
   * @throws {DOMException} InvalidStateError while the tag is not in a page.
   * @throws {PhoneError} what the network, or `login()`, refuses it for; what `credentials` throws.
   */
  async signIn(): Promise<void> {
    const phone = this.#connectedPhone('signIn')
    await this.#signIn.begin(phone, this.#account)
  }

  /**
   * Ends every call and signs out. The tag stays signed out until `signIn()`, its button, or another account.
   *
   * @throws {DOMException} InvalidStateError while the tag is not in a page.
   */
  async signOut(): Promise<void> {
    await this.#signIn.stop(this.#connectedPhone('signOut'))
  }

  /** Lists the letter keys in a dialog, as `?` does. */
  async showShortcuts(): Promise<void> {
    const [{ showShortcutHelp }, { shortcuts }] = await Promise.all([
      import('./shortcut-help.ts'),
      import('./shortcut-keys.ts'),
    ])
    showShortcutHelp(this, shortcuts, this.messages)
  }

  protected override findPhone(): Phone {
    return this.#line.claim()
  }

  protected override missing(): Missing | null {
    if (this.manual || SignIn.isPossible(this.#account)) return null
    return ['no-credentials', `<att-phone server="${this.server ?? ''}">`]
  }

  protected override showsCallsOf(): 'own' {
    return 'own'
  }

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    this.#announcer.follow(phone, signal)
    relayEvents(phone, this, signal)
    PastCalls.of(phone)
    this.#resolve(phone)
  }

  protected override snapshotChanged(snapshot: PhoneSnapshot): void {
    super.snapshotChanged(snapshot)
    const used = this.followed?.server ?? null
    if (snapshot.session.state !== 'ready' || !this.server || this.signaling || used === this.server) return
    warnAuthor(
      'other-server',
      `<att-phone server="${this.server}"> shows an engine that is signed in at ${used ?? 'no server'}`,
    )
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = shownCall(snapshot)
    this.#duration.since = call?.progress === 'connected' ? call.connectedAt : null
    if (!call || (this.panel === 'add' && hasSecondCall(snapshot))) this.panel = null
    this.#later.follow(snapshot)
    this.#page.cue()
    const { session, online, calls, conference, lastCall, devices, error } = snapshot
    return [session, online, calls, conference?.role, conference?.index, lastCall, devices, error]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (this.followed) this.#resolve(this.followed)
    this.#hadFocus = Boolean(this.shadowRoot?.activeElement)
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed)
    const focused = this.shadowRoot?.activeElement
    // What had the focus is gone: the next Tab goes on from here, and no key presses what came in its place.
    if (this.#hadFocus && !focused?.checkVisibility()) this.frame?.focus({ preventScroll: true })
    // A part of it may be there only after it has gone.
    if (this.edited) this.#signIn.leave()
    else if (!this.manual && this.followed && this.isConnected) void this.#signIn.ensure(this.followed, this.#account)
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
              panel: this.panel,
              later: this.#later,
              keep: this.keep,
              view: this.view,
              wide: this.#layout.wide,
              avatar: this.avatar,
              hasAvatar: this.hasAvatar,
              look: this.#look,
              duration: this.#duration.last,
              canSignIn: SignIn.isPossible(this.#account),
              dismissedError: this.dismissedError,
              dismissedCall: this.dismissedCall,
              dismissedRefusal: this.dismissedRefusal,
              show: (view) => (this.view = view),
              togglePanel: (panel, event) => void this.#togglePanel(panel, event),
              dismissError: (error) => (this.dismissedError = error),
              dismissCall: (call) => (this.dismissedCall = call),
              dismissRefusal: (refused) => (this.dismissedRefusal = refused),
              signIn: () => this.#requestLogin(),
              erase: () => this.dialpad?.erase(),
              keydown: (event) => this.#keydown(event),
            })
      }`
  }

  get #account(): Account {
    const { server, userId, e911Id, displayName, credentials, signaling } = this
    return { server, userId, e911Id, displayName, credentials, signaling }
  }

  #provide(): void {
    const phone = this.findPhone()
    this.#provider.setValue(phone)
    this.follow(phone)
    this.#configure()
  }

  /** Tells the phone who has which address: as the page says, or as its contacts do. */
  #resolve(phone: Phone): void {
    const resolve = this.resolveContact ?? this.#later.views?.resolver(this.contacts) ?? null
    if (resolve || this.#resolves) ContactBook.of(phone).resolve = resolve
    this.#resolves = resolve !== null
  }

  #look = (): void => {
    this.hasContent = [...this.childNodes].some((node) =>
      node instanceof Element ? !node.slot : node instanceof Text && node.data.trim() !== '',
    )
    this.hasAvatar = [...this.children].some(({ slot }) => slot === 'avatar')
    this.tell('filled', this.hasContent ? '' : null)
    this.toggleState('filled', this.hasContent)
    if (this.followed) this.#later.follow(this.followed.snapshot)
  }

  #keydown(event: KeyboardEvent): void {
    // What is inside may have a use for the key itself.
    if (event.key === 'Escape' && this.panel && !event.defaultPrevented) void this.#togglePanel(this.panel, event)
    else pressDigit(this.dialpad, event)
  }

  #requestLogin(): void {
    if (this.followed && request(this, 'att-login-request', {}))
      void this.#signIn.start(this.followed, this.#account).catch(() => {})
  }

  async #togglePanel(panel: Panel, { isTrusted, detail }: UIEvent): Promise<void> {
    const was = this.panel
    this.panel = was === panel ? null : panel
    if (panel === 'sound') await this.#later.load(panel, true)
    await this.updateComplete
    if (was === panel) return this.shadowRoot?.querySelector<HTMLElement>(`.${panel}.control`)?.focus()
    // What is typed next is meant for what was opened. A click that a key, or a screen reader, made has no clicks to count.
    const byKeyboard = isTrusted && detail === 0
    // A field that has the focus brings the keyboard of a touch screen over what was opened by a finger.
    if (!byKeyboard && (panel === 'keypad' || !matchMedia('(pointer: fine)').matches)) return
    this.shadowRoot?.querySelector<HTMLElement>(this.#focusOf(panel))?.focus()
  }

  /** What of a panel takes the focus, as a selector. */
  #focusOf(panel: Panel): string {
    if (panel === 'transfer') return 'att-transfer'
    if (panel === 'more') return 'att-hold-button'
    if (panel === 'sound') return 'att-device-picker'
    const invites = panel === 'add' && this.frame?.classList.contains('conference')
    return invites ? 'att-conference-panel' : 'att-dialpad'
  }

  #connectedPhone(method: string): Phone {
    if (this.followed && this.isConnected) return this.followed
    throw new DOMException(`${method}() works once the tag is in a page: insert it first.`, 'InvalidStateError')
  }

  #configure(): void {
    const { followed, server, signaling, credentials } = this
    // A phone that the page made and set up itself is left as it is by a tag that says nothing.
    if (!followed || (!server && !signaling && !credentials && !this.#configured)) return
    this.#configured = true
    SignIn.configure(followed, this.#account)
  }
}

/** Whether one is in two calls, or makes the second: one that only rings may be declined. */
function hasSecondCall(snapshot: PhoneSnapshot): boolean {
  return snapshot.calls.length > 1 && !incomingCall(snapshot)
}

declare global {
  interface HTMLElementTagNameMap {
    'att-phone': AttPhone
  }
}
