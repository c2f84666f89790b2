import { html, nothing, type TemplateResult } from 'lit'
import { noticesOf, type Notice } from '../att-phone/notices.ts'
import { partyName } from '../base/party-name.ts'
import { activeCall, incomingCall, isHeld } from '../base/phone-state.ts'
import { telUri } from '../base/tel-uri.ts'
import { icons } from '../icons/icons.ts'
import '../define/att-answer-button.ts'
import '../define/att-call-view.ts'
import '../define/att-camera-button.ts'
import '../define/att-hangup-button.ts'
import '../define/att-mute-button.ts'
import '../define/att-reject-button.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { Trouble } from '../locales/en.ts'
import type { Messages } from '../locales/locale-table.ts'
import type { VisitorState } from './visitor-call.ts'

/** All that the panel is drawn from, and what its own controls do. */
export interface CallPanel {
  readonly phone: Phone
  readonly visitor: VisitorState
  readonly messages: Messages
  /** Whom the button calls. */
  readonly to: string
  /** Whether the keypad is open. */
  readonly keypad: boolean
  readonly toggleKeypad: () => void
  readonly callAgain: () => void
  readonly close: () => void
}

/** The keypad, with what knows numbers, is there for the few calls that need it. */
export async function loadKeypad(): Promise<void> {
  await import('../define/att-dialpad.ts')
}

function refusalText({ refusal }: VisitorState, messages: Messages): Trouble | null {
  if (refusal === 'busy') return messages.guestBusy
  if (refusal === 'unreachable') return messages.errors['0002'] ?? messages.notLoaded
  return refusal && messages.guestRefused
}

function notices(panel: CallPanel): readonly TemplateResult[] {
  const { phone, visitor, messages } = panel
  const { snapshot } = phone
  // What the call before was told is over when the next begins.
  const troubles: readonly Notice[] = noticesOf(phone, snapshot, messages, visitor.beginning ? snapshot.error : null)
  const refusal = refusalText(visitor, messages)
  return [...troubles, ...(refusal ? [{ text: refusal, kind: 'error' } as const] : [])].map(notice, panel)
}

function notice(this: CallPanel, { text: [what, remedy], kind, question, sound }: Notice): TemplateResult {
  const { phone, messages } = this
  const button = (label: string, press: () => Promise<void>): TemplateResult =>
    html`<button type="button" class="plain" @click=${() => void press()}>${label}</button>`
  return html`<div part="notice" class="notice ${kind}">
    <p><b>${what}</b> ${remedy}</p>
    ${sound ? button(messages.turnSoundOn, () => phone.unlockOutput()) : nothing}
    ${
      question ? html`${button(messages.refuse, question.refuse)} ${button(messages.accept, question.accept)}` : nothing
    }
  </div>`
}

function talking({ messages, keypad, toggleKeypad }: CallPanel, call: CallSnapshot): TemplateResult {
  const connected = call.connectedAt !== null
  // With the camera there are four: they stand close, and speak by their icons.
  const bare = call.mediaType === 'video'
  return html`${keypad && connected ? html`<att-dialpad></att-dialpad>` : nothing}
    <div class="row">
      ${connected ? html`<att-mute-button ?without-label=${bare}></att-mute-button>` : nothing}
      ${connected && bare ? html`<att-camera-button without-label></att-camera-button>` : nothing}
      ${
        connected
          ? html`<button
              part="keypad-button"
              type="button"
              class="control"
              aria-pressed=${keypad}
              title=${keypad ? messages.hideKeypad : nothing}
              @click=${toggleKeypad}
            >
              <span class="disc">${icons.keypad}</span><span class=${bare ? 'said' : ''}>${messages.keypad}</span>
            </button>`
          : nothing
      }
      <att-hangup-button ?without-label=${bare}></att-hangup-button>
    </div>`
}

function over({ messages, to, callAgain }: CallPanel): TemplateResult {
  const link = telUri(to)
  return html`<div class="again">
    <button part="again" type="button" class="plain" @click=${callAgain}>${icons.phone} ${messages.callAgain}</button>
    ${link?.startsWith('tel:') ? html`<a class="telephone" href=${link}>${messages.useTelephone}</a>` : nothing}
  </div>`
}

function controls(panel: CallPanel): unknown {
  const { snapshot } = panel.phone
  if (incomingCall(snapshot)) {
    return html`<div class="row"><att-reject-button></att-reject-button><att-answer-button></att-answer-button></div>`
  }
  const call = activeCall(snapshot)
  if (call) return talking(panel, call)
  return panel.visitor.beginning ? nothing : over(panel)
}

/** What is inside of the panel: who, how long, and the few controls that one call needs. */
export function renderCallPanel(panel: CallPanel): TemplateResult {
  const { phone, visitor, messages, to, keypad, close } = panel
  const { snapshot } = phone
  const call = activeCall(snapshot)
  const video = call?.mediaType === 'video' && call.progress === 'connected' && !isHeld(call) && !keypad
  const shown = call ?? incomingCall(snapshot) ?? (visitor.beginning ? null : snapshot.lastCall)
  return html`<div class="who">
      ${
        shown
          ? html`<att-call-view ?compact=${!video}></att-call-view>`
          : html`<p class="wait">
              <b><bdi>${partyName(phone, { address: to, uri: to }, to)}</bdi></b
              ><span>${visitor.beginning ? messages.waiting : messages.ended.failed(to)}</span>
            </p>`
      }
      ${
        call
          ? nothing
          : html`<button part="close" type="button" class="ghost" aria-label=${messages.close} @click=${close}>
              ${icons.close}
            </button>`
      }
    </div>
    <div class="notices">${notices(panel)}</div>
    ${controls(panel)}`
}
