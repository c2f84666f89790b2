import { ContextProvider } from '@lit/context'
import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit'
import { property } from 'lit/decorators.js'
import { keyed } from 'lit/directives/keyed.js'
import { face, linkedName } from '../base/avatar.ts'
import { baseStyles } from '../base/base.styles.ts'
import { CallAnnouncer } from '../base/call-announcer.ts'
import { callName, incomingText } from '../base/call-words.ts'
import { callFacts, partyName, partyNumber } from '../base/party-name.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { activeCall, incomingCall } from '../base/phone-state.ts'
import { phoneContext } from '../context/phone-context.ts'
import { incomingCallStyles } from './att-incoming-call.styles.ts'
import { asWritten } from '../base/property-values.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/**
 * Who calls, and what to do about it; there only while a call rings. During a call it says whom answering puts on hold,
 * and offers to end that call instead.
 *
 * A dialog that takes nothing away: it is not modal, leaves the focus where it is, is told of once by a live region,
 * and a key or a click that was under way when it came neither answers nor declines. Escape does nothing, since a
 * missed call cannot be taken back.
 *
 * @summary Tells who calls; answers with sound or picture, declines, holds or ends the present call.
 * @tagname att-incoming-call
 *
 * @fires {RequestEvent<'att-answer-request'>} att-answer-request - The person answers the call. Cancelable.
 * @fires {RequestEvent<'att-reject-request'>} att-reject-request - The person declines the call. Cancelable.
 *
 * @slot - What the page knows of the caller, between the name and the buttons.
 * @csspart dialog - The whole.
 * @csspart avatar - The initials.
 * @csspart name - The name.
 * @csspart link - The link of the name, where the page knows one.
 * @csspart status - What kind of call it is.
 * @csspart number - Number or address of the caller.
 * @csspart facts - That the number is genuine or not, and for whom the call was.
 * @csspart waiting - Whom answering puts on hold.
 * @csspart actions - The buttons.
 * @csspart answer - Answers as the caller offers.
 * @csspart answer-audio - Answers a video call with sound alone.
 * @csspart answer-end - Ends the present call and answers.
 * @csspart decline - Declines.
 * @cssproperty [--att-incoming-call-radius=24px] - Corners.
 * @cssproperty [--att-incoming-call-padding=16px] - Room around its content.
 * @cssproperty [--att-incoming-call-layer=1000] - The `z-index` of a floating one.
 * @cssproperty [--att-incoming-call-button-size=52px] - Height of the round part of a button; at least 44px.
 * @cssstate ringing - A call rings: the dialog is there.
 * @cssstate video - It is a video call.
 * @cssstate second - There is a call already.
 */
export class AttIncomingCall extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, incomingCallStyles]

  /** Lies over the page, in its upper corner, rather than in its flow. */
  @asWritten @property({ type: Boolean, reflect: true }) floating = false

  #provider = new ContextProvider(this, { context: phoneContext })
  #announcer = new CallAnnouncer(this, () => this.messages)

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    // The buttons inside it belong to the phone that `for` names.
    this.#provider.setValue(phone)
    this.#announcer.follow(phone, signal)
  }

  protected override showsCallsOf(): boolean {
    return true
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const incoming = incomingCall(snapshot)
    const active = activeCall(snapshot)
    return [incoming?.index, incoming?.remote, incoming?.mediaType, active?.index, active?.remote]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { followed, snapshot } = this
    if (!followed || !snapshot) return nothing
    const call = incomingCall(snapshot)
    const active = call && activeCall(snapshot)
    this.toggleState('ringing', call !== null)
    this.toggleState('video', call?.mediaType === 'video')
    this.toggleState('second', active !== null)
    return html`<div class="root">${call ? keyed(call.index, this.#dialog(followed, call, active)) : nothing}</div>`
  }

  #dialog(phone: Phone, call: CallSnapshot, active: CallSnapshot | null): TemplateResult {
    const { messages } = this
    const name = partyName(phone, call.remote, messages)
    const number = partyNumber(phone, call.remote, name)
    const facts = callFacts(phone, call, messages)
    return html`<section
      part="dialog"
      class="dialog"
      role="dialog"
      aria-labelledby="status name"
      aria-describedby="more"
    >
      <div class="caller">
        <span part="avatar" class="avatar" aria-hidden="true">${face(phone, call.remote, name)}</span>
        <div class="text">
          <p part="status" id="status">${incomingText(call, messages)}</p>
          <h2 part="name" id="name">${linkedName(phone, call.remote, name)}</h2>
          <div id="more">
            ${number === null ? nothing : html`<p part="number"><bdi>${number}</bdi></p>`}
            ${facts === null ? nothing : html`<p part="facts"><bdi>${facts}</bdi></p>`}
            ${active ? this.#waiting(phone, active) : nothing}
          </div>
        </div>
      </div>
      <slot></slot>
      ${this.#actions(call, active !== null)}
    </section>`
  }

  #waiting(phone: Phone, active: CallSnapshot): TemplateResult {
    const { messages } = this
    return html`<p part="waiting">${messages.answerHolds(callName(phone, active, messages))}</p>`
  }

  #actions({ mediaType }: CallSnapshot, second: boolean): TemplateResult {
    return html`<div part="actions" class="actions">
      <att-reject-button part="decline"></att-reject-button>
      ${second ? html`<att-answer-button part="answer-end" quiet action="end"></att-answer-button>` : nothing}
      ${
        mediaType === 'video'
          ? html`<att-answer-button part="answer-audio" quiet media-type="audio"></att-answer-button>`
          : nothing
      }
      <att-answer-button part="answer"></att-answer-button>
    </div>`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-incoming-call': AttIncomingCall
  }
}
