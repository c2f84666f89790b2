import { html, nothing, type CSSResultGroup, type PropertyValues, type TemplateResult } from 'lit'
import { property, state } from 'lit/decorators.js'
import { guard } from 'lit/directives/guard.js'
import { face, linkedName } from '../base/avatar.ts'
import { baseStyles } from '../base/base.styles.ts'
import { CallAnnouncer } from '../base/call-announcer.ts'
import { endedText } from '../base/ended-text.ts'
import { callName, incomingText, progressWord } from '../base/call-words.ts'
import { callFacts, partyNumber } from '../base/party-name.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { activeCall, incomingCall, isHeld, shownCall } from '../base/phone-state.ts'
import { RunningTime } from '../base/running-time.ts'
import { asWritten, keyword } from '../base/property-values.ts'
import { icons } from '../icons/icons.ts'
import { callViewStyles } from './att-call-view.styles.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { ConferenceLayout, ParticipantTiles, TileOptions } from './participant-tiles.ts'
import type { CallSnapshot, ConferenceSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/**
 * The other person of the call: picture or initials, name, how the call stands, how long it lasts; in a video call the
 * own picture too. The sound is the phone's own matter; the videos here are silent.
 *
 * @summary Shows who is on the call, with video where there is one.
 * @tagname att-call-view
 *
 * @slot avatar - A picture of the other person, in place of the initials.
 * @csspart person - Who, state and time.
 * @csspart avatar - The initials.
 * @csspart name - The name.
 * @csspart link - The link of the name, where the page knows one.
 * @csspart facts - That the number is genuine or not, and for whom the call was.
 * @csspart status - State of the call, or its running time.
 * @csspart remote - Video of the other person.
 * @csspart local - Own video.
 * @csspart tiles - Those who take part in a conference, where they are seen one by one.
 * @csspart tile - One of them.
 * @cssproperty [--att-call-view-radius=18px] - Corners.
 * @cssproperty [--att-call-view-inset=0px] - Room to leave free below the own picture, for controls laid over the video.
 * @cssproperty [--att-call-view-height=12rem] - Least height, unless compact.
 * @cssproperty [--att-call-view-avatar=112px] - Size of the initials.
 * @cssstate video - The picture of the other person is shown.
 */
export class AttCallView extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, callViewStyles]

  /** One line: small initials, name and time beside each other. */
  @asWritten @property({ type: Boolean, reflect: true }) compact = false

  /** Shows the call one is in even while another one rings, which the page shows elsewhere. */
  @asWritten @property({ type: Boolean, reflect: true }) active = false

  /** How the people of a conference share the view, where they are seen one by one: `grid`, or `speaker`: who speaks is large. */
  @property({ reflect: true, converter: keyword<ConferenceLayout>('grid', 'speaker') })
  layout: ConferenceLayout = 'grid'

  /** Address of a picture of the other person, in place of the initials. */
  @property() avatar: string | null = null

  /** Whether the remote video has frames; before that the person is shown, not a black box. */
  @state() private hasPicture = false

  #time = new RunningTime(this)
  /** Loaded with the first conference whose people are seen one by one. */
  @state() private tiles: ParticipantTiles | null = null
  #announcer = new CallAnnouncer(this, () => this.messages)

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    this.#announcer.follow(phone, signal)
  }

  protected override showsCallsOf(): boolean {
    return true
  }

  protected override select(snapshot: PhoneSnapshot): readonly unknown[] {
    const call = this.#shown(snapshot)
    this.#time.since = call?.progress === 'connected' ? call.connectedAt : null
    const tiled = this.#tiled(snapshot, call)
    if (tiled) void this.#loadTiles()
    return [call, snapshot.lastCall, tiled]
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed)
    if (changed.has('active') && this.snapshot) this.snapshotChanged(this.snapshot)
  }

  protected override render(): TemplateResult | typeof nothing {
    const { followed, snapshot } = this
    if (!followed || !snapshot) return nothing
    const call = this.#shown(snapshot)
    const tiled = this.compact ? null : this.#tiled(snapshot, call)
    const video = !this.compact && call?.mediaType === 'video' && call.progress === 'connected' && !isHeld(call)
    const tiles = tiled && this.tiles?.render(followed, tiled, this.#tileOptions(call))
    const shows = video && this.hasPicture
    this.toggleState('video', shows)
    const ringing = call !== null && call.progress !== 'connected' && call.progress !== 'ending'
    const names = [tiles ? 'tiled' : shows && 'video', ringing && 'ringing', !call && 'dim'].filter(Boolean).join(' ')
    return html`<div class="root ${names}">
      ${video && !tiled ? this.#remoteVideo(call, shows) : nothing} ${this.#person(followed, snapshot, call)}
      ${tiles ?? nothing}
      ${
        video && !tiles && call.camera && call.localStream
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
    </div>`
  }

  #shown(snapshot: PhoneSnapshot): CallSnapshot | null {
    return (this.active ? activeCall(snapshot) : null) ?? shownCall(snapshot)
  }

  /** The conference of `call`, where the others are seen one by one: by its host, or by all where a server mixes. */
  #tiled({ conference }: PhoneSnapshot, call: CallSnapshot | null): ConferenceSnapshot | null {
    if (!conference || conference.index !== call?.index) return null
    return conference.role === 'host' || conference.participants.length > 0 ? conference : null
  }

  #tileOptions(call: CallSnapshot | null): TileOptions {
    return { layout: this.layout, own: call?.camera ? call.localStream : null, messages: this.messages }
  }

  async #loadTiles(): Promise<void> {
    try {
      const { ParticipantTiles } = await import('./participant-tiles.ts')
      this.tiles ??= new ParticipantTiles(this.renderRoot)
    } catch {
      // The browser has said which file it could not load; the conference is shown by its name.
    }
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
    const name = callName(phone, shown, messages)
    const number =
      shown.callType === 'conference' || call?.progress === 'connected' ? null : partyNumber(phone, shown.remote, name)
    const facts = shown.callType === 'conference' ? null : callFacts(phone, shown, messages)
    return html`<div part="person" class="person">
      <span part="avatar" class="avatar" aria-hidden="true"
        ><slot name="avatar">${face(phone, shown.remote, name, this.avatar)}</slot></span
      >
      <h2 part="name" class="name">
        ${shown.callType === 'call' ? linkedName(phone, shown.remote, name) : html`<bdi>${name}</bdi>`}
      </h2>
      <p part="status" class="line">${call ? this.#status(name, snapshot, call) : this.#ended(phone, shown)}</p>
      ${facts === null ? nothing : html`<p part="facts" class="line"><bdi>${facts}</bdi></p>`}
      ${number === null ? nothing : html`<p class="line address"><bdi>${number}</bdi></p>`}
    </div>`
  }

  #status(name: string, snapshot: PhoneSnapshot, call: CallSnapshot): unknown {
    const { messages } = this
    if (call === incomingCall(snapshot)) return incomingText(call, messages)
    if (call.progress !== 'connected') {
      return progressWord(call, messages)
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
