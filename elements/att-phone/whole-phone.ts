import { html, nothing, type TemplateResult } from 'lit'
import { endedText } from '../base/ended-text.ts'
import { initials, partyName } from '../base/party-name.ts'
import { activeCall, incomingCall, isHeld, shownCall } from '../base/phone-state.ts'
import { icons } from '../icons/icons.ts'
import { noticesOf, type Notice } from './notices.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { CallSnapshot, MediaType, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'

/** All that the whole phone is drawn from, and what its own controls do. */
export interface WholePhone {
  readonly phone: Phone
  readonly snapshot: PhoneSnapshot
  readonly messages: Messages
  readonly mediaType: MediaType
  /** Whether the keypad is open during a call. */
  readonly keypad: boolean
  /** How long the last call lasted, `02:41`. */
  readonly duration: string
  readonly canSignIn: boolean
  readonly dismissedError: PhoneError | null
  readonly dismissedCall: CallSnapshot | null
  readonly toggleKeypad: () => void
  readonly dismissError: (error: PhoneError) => void
  readonly dismissCall: (call: CallSnapshot) => void
  readonly signIn: () => void
  readonly keydown: (event: KeyboardEvent) => void
}

/** The phone as one piece. The same nodes serve every state, so that a video goes on and a focus stays. */
export function renderWholePhone(whole: WholePhone): TemplateResult {
  const { snapshot, messages, keypad } = whole
  const call = shownCall(snapshot)
  const { state } = snapshot.session
  const out = !call && state !== 'ready' && state !== 'recovering'
  const video = call?.mediaType === 'video' && call.progress === 'connected' && !isHeld(call) && !keypad
  const names = [call ? 'call' : 'idle', keypad && 'keys', video && 'video', out && 'out'].filter(Boolean).join(' ')
  return html`<section
    part="phone"
    class="root phone ${names}"
    tabindex="-1"
    aria-label=${messages.phone}
    @keydown=${whole.keydown}
  >
    ${bar(whole)}
    ${
      out
        ? signedOut(whole)
        : html`${call ? nothing : lastCall(whole)} ${otherCalls(whole)}
            <att-call-view ?compact=${keypad}></att-call-view>
            <att-dialpad media-type=${whole.mediaType}></att-dialpad>`
    }
    <div class="side">
      <div class="notices" role="status">${noticesOf(snapshot, messages, whole.dismissedError).map(notice, whole)}</div>
      ${out ? nothing : actions(whole)}
    </div>
  </section>`
}

function bar({ snapshot, messages }: WholePhone): TemplateResult {
  const { session, online } = snapshot
  const call = activeCall(snapshot)
  const ill = !online || session.state === 'recovering' || (call !== null && call.link !== 'ok')
  const word = ill
    ? messages.recovering
    : call?.progress === 'connected'
      ? isHeld(call)
        ? messages.held
        : messages.connected
      : messages[session.state]
  const dot = ill || session.state === 'signing-in' ? 'warn' : session.state === 'ready' ? 'ok' : ''
  const who = session.network === 'local' && session.userId ? messages.yourNumber(session.userId) : session.userId
  return html`<header part="bar" class="bar">
    <span part="status" class="status ${dot}">${word}</span>
    <span part="who" class="who" title=${who ?? nothing}>${who}</span>
  </header>`
}

function signedOut({ snapshot, messages, canSignIn, signIn }: WholePhone): TemplateResult {
  const { state } = snapshot.session
  const signingIn = state === 'signing-in'
  const help = state === 'expired' ? messages.expiredHelp : canSignIn ? messages.signedOutHelp : messages.noCredentials
  return html`<div class="welcome">
    <span class="mark">${icons.phone}</span>
    ${
      signingIn
        ? html`<p>${messages['signing-in']}</p>`
        : html`<slot name="signed-out"
            ><p>${help}</p>
            ${canSignIn ? html`<button type="button" class="plain" @click=${signIn}>${messages.signIn}</button>` : nothing}
          </slot>`
    }
  </div>`
}

function lastCall({
  phone,
  snapshot,
  messages,
  duration,
  dismissedError,
  dismissedCall,
  dismissCall,
}: WholePhone): unknown {
  const call = snapshot.lastCall
  // An error says better what became of the call.
  if (!call || call === dismissedCall || (snapshot.error && snapshot.error !== dismissedError)) return nothing
  const name = partyName(phone, call.remote, messages.unknownCaller)
  const how = endedText(phone, call, messages)
  return html`<div part="last-call" class="card last">
    <p>
      <b><bdi>${name}</bdi></b
      ><span>${call.connectedAt === null ? how : `${how} · ${duration}`}</span>
    </p>
    ${
      call.remote.address
        ? html`<att-dial-button
            without-label
            quiet
            to=${call.remote.address}
            media-type=${call.mediaType}
          ></att-dial-button>`
        : nothing
    }
    <button type="button" class="ghost" aria-label=${messages.dismiss} @click=${() => dismissCall(call)}>
      ${icons.close}
    </button>
  </div>`
}

/** The calls that wait while another is shown. */
function otherCalls({ phone, snapshot, messages }: WholePhone): unknown {
  const shown = shownCall(snapshot)
  return snapshot.calls
    .filter((call) => call !== shown)
    .map((call) => {
      const name = partyName(phone, call.remote, messages.unknownCaller)
      return html`<div class="card">
        <span class="small" aria-hidden="true">${initials(name) || icons.person}</span>
        <p>
          <b><bdi>${name}</bdi></b
          ><span>${isHeld(call) ? messages.held : messages.connected}</span>
        </p>
      </div>`
    })
}

function notice(this: WholePhone, { text, kind, error, question, sound }: Notice): TemplateResult {
  const { phone, messages } = this
  return html`<div part="notice" class="card notice ${kind}">
    <p><b>${text[0]}</b> ${text[1]}</p>
    ${
      question
        ? html`<button type="button" class="plain no" @click=${() => void phone.rejectModification()}>
              ${messages.refuse}
            </button>
            <button type="button" class="plain" @click=${() => void phone.acceptModification()}>
              ${messages.accept}
            </button>`
        : nothing
    }
    ${
      sound
        ? html`<button type="button" class="plain" @click=${() => void phone.unlockOutput()}>
            ${messages.turnSoundOn}
          </button>`
        : nothing
    }
    ${
      error
        ? html`<button
            type="button"
            class="ghost"
            aria-label=${messages.dismiss}
            @click=${() => this.dismissError(error)}
          >
            ${icons.close}
          </button>`
        : nothing
    }
  </div>`
}

function actions(whole: WholePhone): TemplateResult {
  const { snapshot } = whole
  const incoming = incomingCall(snapshot)
  if (incoming) return answering(incoming, activeCall(snapshot) !== null)
  const call = activeCall(snapshot)
  return call ? talking(whole, call) : dialling(whole)
}

function dialling({ mediaType }: WholePhone): TemplateResult {
  const other = mediaType === 'video' ? 'audio' : 'video'
  return html`<div class="row">
    <att-dial-button without-label quiet media-type=${other}></att-dial-button>
    <att-dial-button without-label media-type=${mediaType}></att-dial-button>
    <span></span>
  </div>`
}

function answering({ mediaType }: CallSnapshot, second: boolean): TemplateResult {
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

function talking({ messages, keypad, toggleKeypad }: WholePhone, call: CallSnapshot): TemplateResult {
  const controls = html`<div class="row">
    <att-mute-button></att-mute-button>
    ${call.mediaType === 'video' ? html`<att-camera-button></att-camera-button>` : nothing}
    <button
      part="keypad-button"
      type="button"
      class="control keypad"
      aria-pressed=${keypad}
      title=${keypad ? messages.hideKeypad : nothing}
      @click=${toggleKeypad}
    >
      <span class="disc">${icons.keypad}</span><span>${messages.keypad}</span>
    </button>
    <att-hold-button></att-hold-button>
  </div>`
  return html`${call.connectedAt === null ? nothing : controls}
    <div class="row end"><att-hangup-button without-label></att-hangup-button></div>`
}
