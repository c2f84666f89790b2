import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { guard } from 'lit/directives/guard.js'
import { baseStyles } from '../base/base.styles.ts'
import { CallAnnouncer } from '../base/call-announcer.ts'
import { endedText } from '../base/ended-text.ts'
import { initials, partyName } from '../base/party-name.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { incomingCall, isHeld, shownCall } from '../base/phone-state.ts'
import { RunningTime } from '../base/running-time.ts'
import { icons } from '../icons/icons.ts'
import { callViewStyles } from './att-call-view.styles.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * The other person of the call: picture or initials, name, how the call stands, how long it lasts; in a video call the
 * own picture too. The sound is the phone's own matter; the videos here are silent.
 *
 * @summary Shows who is on the call, with video where there is one.
 * @tagname att-call-view
 *
 * @csspart person - Who, state and time.
 * @csspart avatar - The initials.
 * @csspart name - The name.
 * @csspart status - State of the call, or its running time.
 * @csspart remote - Video of the other person.
 * @csspart local - Own video.
 * @cssproperty [--att-call-view-radius=18px] - Corners.
 * @cssproperty [--att-call-view-inset=0px] - Room to leave free below the own picture, for controls laid over the video.
 * @cssstate video - The picture of the other person is shown.
 */
export class AttCallView extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, callViewStyles]

  /** One line: small initials, name and time beside each other. */
  @property({ type: Boolean, reflect: true }) compact = false

  /** Whether the remote video has frames; before that the person is shown, not a black box. */
  @state() private hasPicture = false

  #time = new RunningTime(this)
  #announcer = new CallAnnouncer(this, () => this.messages)

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    this.#announcer.follow(phone, signal)
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = shownCall(snapshot)
    this.#time.since = call?.progress === 'connected' ? call.connectedAt : null
    return [call, snapshot.lastCall]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { followed, snapshot } = this
    if (!followed || !snapshot) return nothing
    const call = shownCall(snapshot)
    const video = !this.compact && call?.mediaType === 'video' && call.progress === 'connected' && !isHeld(call)
    const shows = video && this.hasPicture
    this.toggleState('video', shows)
    const ringing = call !== null && call.progress !== 'connected' && call.progress !== 'ending'
    return html`<div class="root ${shows ? 'video' : ''} ${ringing ? 'ringing' : ''} ${call ? '' : 'dim'}">
      ${video ? this.#remoteVideo(call, shows) : nothing} ${this.#person(followed, snapshot, call)}
      ${
        video && call.camera && call.localStream
          ? html`<video
              part="local"
              class="local"
              .srcObject=${guard([call.localStream], () => call.localStream)}
              .muted=${true}
              autoplay
              playsinline
            ></video>`
          : nothing
      }
      ${this.#announcer.render()}
    </div>`
  }

  #remoteVideo(call: CallSnapshot, shows: boolean): TemplateResult {
    return html`<video
      part="remote"
      class="remote ${shows ? '' : 'empty'}"
      .srcObject=${guard([call.remoteStream], () => call.remoteStream)}
      .muted=${true}
      autoplay
      playsinline
      @resize=${this.#pictureChanged}
      @emptied=${this.#pictureChanged}
    ></video>`
  }

  #pictureChanged(event: Event): void {
    this.hasPicture = (event.target as HTMLVideoElement).videoWidth > 0
  }

  #person(phone: Phone, snapshot: PhoneSnapshot, call: CallSnapshot | null): TemplateResult {
    const { messages } = this
    const shown = call ?? snapshot.lastCall
    if (!shown) {
      return html`<div part="person" class="person">
        <span part="avatar" class="avatar">${icons.person}</span>
        <p part="status" class="line">${messages.noCall}</p>
      </div>`
    }
    const name = partyName(phone, shown.remote, messages.unknownCaller)
    const { address } = shown.remote
    return html`<div part="person" class="person">
      <span part="avatar" class="avatar" aria-hidden="true">${initials(name) || icons.person}</span>
      <h2 part="name" class="name"><bdi>${name}</bdi></h2>
      <p part="status" class="line">${call ? this.#status(name, snapshot, call) : this.#ended(phone, shown)}</p>
      ${
        address !== name && !address.endsWith('@local') && call?.progress !== 'connected'
          ? html`<p class="line address"><bdi>${address}</bdi></p>`
          : nothing
      }
    </div>`
  }

  #status(name: string, snapshot: PhoneSnapshot, call: CallSnapshot): unknown {
    const { messages } = this
    if (call === incomingCall(snapshot)) return messages.incoming(call.mediaType === 'video')
    if (call.progress !== 'connected') {
      return messages[call.progress === 'new' ? 'dialing' : call.progress === 'ended' ? 'ending' : call.progress]
    }
    const time = html`<span role="timer">${this.#time.text}</span>`
    if (!isHeld(call)) return time
    return html`${call.hold.local ? messages.held : messages.heldByRemote(name)} · ${time}`
  }

  #ended(phone: Phone, call: CallSnapshot): string {
    const said = endedText(phone, call, this.messages)
    return call.connectedAt === null ? said : `${said} · ${this.#time.last}`
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'att-call-view': AttCallView
  }
}
