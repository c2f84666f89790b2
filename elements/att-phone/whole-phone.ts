import { html, nothing, type TemplateResult } from 'lit'
import { transferMethods } from '../att-transfer/transfer-methods.ts'
import { endedText, isMissed } from '../base/ended-text.ts'
import { callName, incomingText, progressWord, sayIncoming } from '../base/call-words.ts'
import { activeCall, incomingCall, isHeld, shownCall } from '../base/phone-state.ts'
import { icons } from '../icons/icons.ts'
import { askAgain } from './ask-again.ts'
import { answering, dialling, soundPanel, talking } from './call-controls.ts'
import { noticesOf, type Notice } from './notices.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { CallSnapshot, MediaType, PhoneSnapshot, RefusedChange } from '../../src/phone/snapshot.ts'
import type { LaterTags } from './later-tags.ts'
import type { Messages } from '../locales/locale-table.ts'

/** What is open beside the call: the keypad for tones, the number of a second call, a transfer, the devices, the lesser controls. */
export type Panel = 'keypad' | 'add' | 'transfer' | 'sound' | 'more'

/** What is shown while there is no call. */
export type View = 'keypad' | 'recents' | 'contacts' | 'settings'

/** All that the whole phone is drawn from, and what its own controls do. */
export interface WholePhone {
  readonly phone: Phone
  readonly snapshot: PhoneSnapshot
  readonly messages: Messages
  readonly mediaType: MediaType
  /** What is open during a call. */
  readonly panel: Panel | null
  /** The tags that are loaded when they are needed. */
  readonly later: Pick<LaterTags, 'has' | 'failed' | 'views'>
  /** What the person chose to see while there is no call. */
  readonly view: View
  /** Whether this browser keeps what the person chose, and under which name. */
  readonly keep: string | null
  /** How long the last call lasted, `02:41`. */
  readonly duration: string
  readonly canSignIn: boolean
  readonly dismissedError: PhoneError | null
  readonly dismissedCall: CallSnapshot | null
  readonly dismissedRefusal: RefusedChange | null
  /** Whether the person stands beside the keypad, rather than above it. */
  readonly wide: boolean
  /** A picture of the other person, by address or by markup of the page. */
  readonly avatar: string | null
  readonly hasAvatar: boolean
  /** The page put something into a slot, or took it out. */
  readonly look: () => void
  /** `event` is the press that did it. */
  readonly togglePanel: (panel: Panel, event: UIEvent) => void
  readonly show: (view: View) => void
  readonly dismissError: (error: PhoneError) => void
  readonly dismissCall: (call: CallSnapshot) => void
  readonly dismissRefusal: (refused: RefusedChange) => void
  readonly signIn: () => void
  /** Takes away the last character of the number. */
  readonly erase: () => void
  readonly keydown: (event: KeyboardEvent) => void
}

/** The phone as one piece. The same nodes serve every state, so that a video goes on and a focus stays. */
export function renderWholePhone(whole: WholePhone): TemplateResult {
  const { phone, snapshot, messages, panel } = whole
  const { state } = snapshot.session
  const ringing = incomingCall(snapshot)
  const call = secondCall(whole) ? activeCall(snapshot) : shownCall(snapshot)
  const out = !call && state !== 'ready' && state !== 'recovering'
  const names = [
    call ? 'call' : 'idle',
    panel && `${panel}-open`,
    isVideo(call, panel) && 'video',
    hosts(whole) && 'conference',
    out && 'out',
    !call && `view-${viewOf(whole)}`,
  ]
  return html`<section
    part="phone"
    class="root phone ${names.filter(Boolean).join(' ')}"
    tabindex="-1"
    aria-label=${ringing ? sayIncoming(phone, ringing, messages) : messages.phone}
    @keydown=${whole.keydown}
  >
    ${bar(whole)} ${out ? signedOut(whole) : main(whole, call)}
    <div class="side">
      <div class="notices">
        ${noticesOf(phone, snapshot, messages, toldError(whole), whole.dismissedRefusal).map(notice, whole)}
      </div>
      ${out ? nothing : actions(whole)}
    </div>
    ${out || call ? nothing : (whole.later.views?.bar(whole) ?? html`<nav class="tabs"></nav>`)}
  </section>`
}

/** What is shown while there is no call; the keypad alone until the others are loaded. */
function viewOf(whole: WholePhone): View {
  return whole.later.views?.shown(whole) ?? 'keypad'
}

/** Whether the picture fills the phone. */
function isVideo(call: CallSnapshot | null, panel: Panel | null): boolean {
  return (
    call?.mediaType === 'video' &&
    call.progress === 'connected' &&
    !isHeld(call) &&
    (panel === null || panel === 'more')
  )
}

function main(whole: WholePhone, call: CallSnapshot | null): TemplateResult {
  const { mediaType, panel, wide } = whole
  const second = secondCall(whole)
  const compact = !wide && !isVideo(call, panel) && (second || (panel !== null && panel !== 'more'))
  return html`${call || (!whole.wide && viewOf(whole) !== 'keypad') ? nothing : lastCall(whole)}
    ${second ? secondRinging(whole) : nothing} ${otherCalls(whole)}
    <att-call-view ?compact=${compact} ?active=${second} .avatar=${whole.avatar}
      ><slot name="avatar" slot=${whole.hasAvatar ? 'avatar' : 'unused'} @slotchange=${whole.look}></slot
    ></att-call-view>
    ${hosts(whole) && (call?.mediaType === 'audio' || panel === 'add') ? html`<att-conference-panel></att-conference-panel>` : nothing}
    <att-dialpad media-type=${mediaType} ?add=${panel === 'add'} ?without-backspace=${!call}></att-dialpad>
    ${whole.later.views?.content(whole) ?? nothing}
    ${panel === 'transfer' ? html`<att-transfer></att-transfer>` : panel === 'sound' ? soundPanel(whole) : nothing}`
}

/** How a call stands, in a word or two. */
function callWord(snapshot: PhoneSnapshot, call: CallSnapshot, messages: Messages): string {
  if (call === incomingCall(snapshot)) return incomingText(call, messages)
  if (call.progress === 'connected') return isHeld(call) ? messages.held : messages.connected
  return progressWord(call, messages)
}

/** The mark beside the word: full where all is well, empty where nobody hears anybody, another colour while one waits. */
function dotOf(call: CallSnapshot | null, session: PhoneSnapshot['session']['state']): string {
  if (!call) return session === 'ready' ? 'ok' : ''
  if (call.progress === 'connected') return isHeld(call) ? '' : 'ok'
  return call.progress === 'ending' || call.progress === 'ended' ? '' : 'busy'
}

function bar(whole: WholePhone): TemplateResult {
  const { snapshot, messages } = whole
  const { session, online } = snapshot
  const call = activeCall(snapshot)
  const ill = !online || session.state === 'recovering' || (call !== null && call.link !== 'ok')
  const shown = secondCall(whole) ? call : shownCall(snapshot)
  const word = ill ? messages.recovering : shown ? callWord(snapshot, shown, messages) : messages[session.state]
  const dot = ill || session.state === 'signing-in' ? 'warn' : dotOf(shown, session.state)
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
  if (!call || call === dismissedCall) return nothing
  // An error says better what became of the call. Of one that was missed it tells nothing, nor does one of the set-up.
  const { error } = snapshot
  if (!isMissed(call) && error && error !== dismissedError && error.JSMethod !== 'setup') return nothing
  const name = callName(phone, call, messages)
  const how = endedText(phone, call, messages)
  return html`<div part="last-call" class="card last">
    <p>
      <b><bdi>${name}</bdi></b
      ><span>${call.connectedAt === null ? how : `${how} · ${duration}`}</span>
    </p>
    ${
      call.callType === 'call' && call.remote.address
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

/** Whether a second call rings, and is shown beside the first. */
function secondCall({ snapshot }: WholePhone): boolean {
  return incomingCall(snapshot) !== null && activeCall(snapshot) !== null
}

/** Who rings beside the call one is in; until its tag is loaded the phone itself shows it. */
function secondRinging({ phone, snapshot, messages, later }: WholePhone): unknown {
  const call = incomingCall(snapshot)
  if (!call) return nothing
  if (later.has('call')) return html`<att-incoming-call></att-incoming-call>`
  return html`<div part="second-call" class="card second" role="group" aria-label=${sayIncoming(phone, call, messages)}>
    <p>
      <b><bdi>${callName(phone, call, messages)}</bdi></b
      ><span>${incomingText(call, messages)}</span>
    </p>
    ${answering(call, true)}
  </div>`
}

/** Whether the call one is in is a conference that one hosts, and can be shown as such. */
function hosts({ snapshot, later }: WholePhone): boolean {
  const { conference } = snapshot
  return conference?.role === 'host' && later.has('conference') && activeCall(snapshot)?.index === conference.index
}

/** The calls that wait while another is shown. Until its tag is loaded the list shows what is written into it. */
function otherCalls(whole: WholePhone): unknown {
  const { phone, snapshot, messages } = whole
  const incoming = incomingCall(snapshot)
  const shown = !incoming || secondCall(whole) ? activeCall(snapshot) : null
  const others = snapshot.calls.filter((call) => call !== shown && call !== incoming)
  if (others.length === 0) return nothing
  return html`<att-call-list background>
    ${others.map((call) => {
      const name = callName(phone, call, messages)
      return html`<div class="card">
        <p>
          <b><bdi>${name}</bdi></b
          ><span>${isHeld(call) ? messages.held : messages.connected}</span>
        </p>
      </div>`
    })}
  </att-call-list>`
}

/** The error that is told elsewhere, or was dismissed. */
function toldError({ snapshot: { error }, panel, dismissedError }: WholePhone): PhoneError | null {
  return panel === 'transfer' && error && transferMethods.includes(error.JSMethod) ? error : dismissedError
}

function notice(this: WholePhone, { text, kind, error, question, sound, refused }: Notice): TemplateResult {
  const { phone, messages } = this
  const dismiss = error ? () => this.dismissError(error) : refused ? () => this.dismissRefusal(refused) : null
  return html`<div part="notice" class="card notice ${kind}">
    <p><b>${text[0]}</b> ${text[1]}</p>
    ${
      question
        ? html`<button type="button" class="plain no" @click=${() => void question.refuse()}>${messages.refuse}</button>
            <button type="button" class="plain" @click=${() => void question.accept()}>${messages.accept}</button>`
        : nothing
    }
    ${
      sound
        ? html`<button type="button" class="plain" @click=${() => void phone.unlockOutput()}>
            ${messages.turnSoundOn}
          </button>`
        : nothing
    }
    ${error ? askAgain(error, () => this.dismissError(error)) : nothing}
    ${
      dismiss
        ? html`<button type="button" class="ghost" aria-label=${messages.dismiss} @click=${dismiss}>
            ${icons.close}
          </button>`
        : nothing
    }
  </div>`
}

function actions(whole: WholePhone): TemplateResult | typeof nothing {
  const { snapshot } = whole
  const incoming = incomingCall(snapshot)
  const call = activeCall(snapshot)
  if (incoming && !secondCall(whole)) return answering(incoming, call !== null)
  if (call) return talking(whole, call)
  return whole.wide || viewOf(whole) === 'keypad' ? dialling(whole) : nothing
}
