import { html, nothing, type SVGTemplateResult, type TemplateResult } from 'lit'
import { isHeld } from '../base/phone-state.ts'
import { icons } from '../icons/icons.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Panel, WholePhone } from './whole-phone.ts'

/** A button of the phone itself that opens and closes a panel. */
interface PanelButton {
  readonly panel: Panel
  readonly icon: SVGTemplateResult
  readonly label: string
  /** What a press does while the panel is open. */
  readonly close: string
  /** Why it cannot be used now; `null` when it can. */
  readonly unavailable?: string | null
  /** Its label is for assistive technology alone, and shows as a hint. */
  readonly silent?: true
}

/** Phones and tablets have no screen to share: a control that never works is none. */
const sharesScreens = 'getDisplayMedia' in (globalThis.navigator?.mediaDevices ?? {})

/** What starts a call. */
export function dialling({ mediaType, messages, erase }: WholePhone): TemplateResult {
  const other = mediaType === 'video' ? 'audio' : 'video'
  return html`<div class="row dial">
    <att-dial-button without-label quiet media-type=${other}></att-dial-button>
    <att-dial-button class="main" without-label media-type=${mediaType}></att-dial-button>
    <button
      part="backspace-button"
      type="button"
      class="control erase"
      aria-label=${messages.backspace}
      @click=${erase}
    >
      <span class="disc">${icons.backspace}</span>
    </button>
  </div>`
}

/** What answers a call; `second` where there is a call already. */
export function answering({ mediaType }: CallSnapshot, second: boolean): TemplateResult {
  return html`<div class="row">
    <att-reject-button></att-reject-button>
    ${
      second
        ? html`<att-answer-button quiet action="end"></att-answer-button>`
        : mediaType === 'video'
          ? html`<att-answer-button quiet media-type="audio"></att-answer-button>`
          : nothing
    }
    <att-answer-button></att-answer-button>
  </div>`
}

/** What there is to do in a call. The end of it is always the last, at the bottom. */
export function talking(whole: WholePhone, call: CallSnapshot): TemplateResult {
  return html`${controls(whole, call)} ${whole.panel === 'add' && call.callType === 'call' ? adding(whole) : nothing}
    <div class="row end">
      ${soundButton(whole)} <att-hangup-button without-label></att-hangup-button>
      <span></span>
    </div>`
}

/** By what one hears the other, and how well: beside the end of the call, where no other control moves for it. */
function soundButton(whole: WholePhone): TemplateResult {
  const { speaker: label, close } = whole.messages
  return panelButton(whole, { panel: 'sound', icon: icons.speaker, label, close, silent: true })
}

/** The devices of the call. */
export function soundPanel({ messages, later, keep }: WholePhone): TemplateResult {
  if (!later.has('sound'))
    return html`<p class="panel" role="status">
      ${later.failed('sound') ? messages.failed.join(' ') : messages.waiting}
    </p>`
  return html`<div class="panel">
    <att-device-picker roles="speaker microphone" ?remember=${keep !== null}></att-device-picker>
    <att-quality open></att-quality>
  </div>`
}

function controls(whole: WholePhone, call: CallSnapshot): TemplateResult {
  const { messages, snapshot } = whole
  const { keypad, hideKeypad, back } = messages
  // Nothing moves when somebody answers: until then the controls say why they wait.
  const notYet = call.connectedAt === null ? messages.notConnected : null
  const button = (look: PanelButton): TemplateResult => panelButton(whole, look)
  return html`<div part="controls" class="controls">
    <att-mute-button></att-mute-button>
    ${button({
      panel: 'keypad',
      icon: icons.keypad,
      label: keypad,
      close: hideKeypad,
      unavailable: isHeld(call) ? messages.onHold : notYet,
    })}
    <att-camera-button></att-camera-button>
    ${
      call.mediaType === 'video'
        ? button({ panel: 'more', icon: icons.more, label: messages.more, close: messages.fewer })
        : nothing
    }
    ${button({
      panel: 'add',
      icon: icons.add,
      label: messages.add,
      close: back,
      unavailable: call.callType === 'conference' ? notYet : noSecondCall(whole, snapshot),
    })}
    <att-hold-button></att-hold-button>
    ${button({
      panel: 'transfer',
      icon: icons.transfer,
      label: messages.transfer,
      close: back,
      unavailable: notYet ?? noTransfer(whole, snapshot),
    })}
    ${call.mediaType === 'video' && sharesScreens && !notYet ? html`<att-screen-share-button></att-screen-share-button>` : nothing}
    <slot name="controls"></slot>
  </div>`
}

function noSecondCall({ messages }: WholePhone, { calls }: PhoneSnapshot): string | null {
  if (calls.length > 1) return messages.twoCalls
  return calls.every(({ progress }) => progress === 'connected') ? null : messages.notConnected
}

function noTransfer({ messages, later }: WholePhone, { session: { capabilities } }: PhoneSnapshot): string | null {
  if (!later.has('call')) return messages.waiting
  return capabilities.transfer || capabilities.blindTransfer ? null : messages.noTransfer
}

function panelButton(
  { panel: open, togglePanel }: WholePhone,
  { panel, icon, label, close, unavailable = null, silent }: PanelButton,
): TemplateResult {
  const pressed = open === panel
  // A panel that is open can always be closed.
  const refused = pressed ? null : unavailable
  return html`<button
    part="${panel}-button"
    type="button"
    class="control ${panel}"
    aria-pressed=${pressed}
    aria-disabled=${refused === null ? nothing : 'true'}
    title=${refused ?? (pressed ? close : silent ? label : nothing)}
    @click=${refused === null ? (event: UIEvent) => togglePanel(panel, event) : nothing}
  >
    <span class="disc">${icon}</span><span class=${silent ? 'said' : nothing}>${label}</span>
  </button>`
}

/** What makes the second call, in place of the other controls. */
function adding({ messages, mediaType, togglePanel }: WholePhone): TemplateResult {
  return html`<div class="row">
    <button
      type="button"
      class="control back"
      aria-label=${messages.back}
      title=${messages.back}
      @click=${(event: UIEvent) => togglePanel('add', event)}
    >
      <span class="disc">${icons.close}</span>
    </button>
    <att-dial-button add without-label media-type=${mediaType}></att-dial-button>
    <span></span>
  </div>`
}
