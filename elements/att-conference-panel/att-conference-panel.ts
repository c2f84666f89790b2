import { html, nothing, type CSSResultGroup, type TemplateResult } from 'lit'
import { property, query, state } from 'lit/decorators.js'
import { baseStyles } from '../base/base.styles.ts'
import { errorWords } from '../base/error-words.ts'
import { partyName } from '../base/party-name.ts'
import { PhoneConsumer } from '../base/phone-consumer.ts'
import { RunningTime } from '../base/running-time.ts'
import { audioOrVideo } from '../base/property-values.ts'
import { request } from '../events/request-event.ts'
import { icons } from '../icons/icons.ts'
import { conferencePanelStyles } from './att-conference-panel.styles.ts'
import { renderHandOver } from './hand-over.ts'
import { renderRoster } from './roster.ts'
import { rosterAnnouncements } from './roster-announcements.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type {
  CallSnapshot,
  ConferenceSnapshot,
  MediaType,
  ParticipantSnapshot,
  Party,
  PhoneSnapshot,
} from '../../src/phone/snapshot.ts'
import '../locales/further-texts.ts'

/**
 * A conference: start one or merge two calls into one, invite people, see who is there and who speaks, silence and
 * remove them, hand it over to one of them, end it for all. Who is invited joins or declines here, and leaves here.
 *
 * @summary Hosts a conference, or takes part in one.
 * @tagname att-conference-panel
 *
 * @fires {RequestEvent<'att-conference-start-request'>} att-conference-start-request - The person starts a conference. Cancelable.
 * @fires {RequestEvent<'att-merge-request'>} att-merge-request - The person makes one conference of two calls. Cancelable.
 * @fires {RequestEvent<'att-participant-add-request'>} att-participant-add-request - The person invites somebody. Cancelable.
 * @fires {RequestEvent<'att-participant-remove-request'>} att-participant-remove-request - The person removes somebody, or withdraws the invitation. Cancelable.
 * @fires {RequestEvent<'att-participant-mute-request'>} att-participant-mute-request - The person silences somebody for all, or lets them be heard again. Cancelable.
 * @fires {RequestEvent<'att-participants-mute-request'>} att-participants-mute-request - The person silences everybody else, or nobody any more. Cancelable.
 * @fires {RequestEvent<'att-conference-join-request'>} att-conference-join-request - The person joins. Cancelable.
 * @fires {RequestEvent<'att-conference-decline-request'>} att-conference-decline-request - The person declines the invitation. Cancelable.
 * @fires {RequestEvent<'att-conference-hand-over-request'>} att-conference-hand-over-request - The host leaves, and somebody else goes on as the host. Cancelable.
 * @fires {RequestEvent<'att-hand-over-answer-request'>} att-hand-over-answer-request - The person answers the host who wants them to be the host. Cancelable.
 * @fires {RequestEvent<'att-conference-end-request'>} att-conference-end-request - The person leaves, or ends it for all as its host. Cancelable.
 *
 * @csspart header - Title and running time.
 * @csspart participants - The list.
 * @csspart participant - One row of it.
 * @csspart field - The field for the next one.
 * @csspart start - Starts a conference, or joins one.
 * @csspart hand-over - Opens the choice of who goes on as the host.
 * @csspart heirs - That choice.
 * @csspart question - The host's question whether this person is the host from now on.
 * @csspart error - Why the last step failed.
 * @csspart end - Leaves the conference, or ends it for all.
 * @cssstate host - The person hosts the conference.
 * @cssstate participant - The person takes part in somebody's conference.
 * @cssstate invited - Somebody invites the person.
 */
export class AttConferencePanel extends PhoneConsumer {
  static override styles: CSSResultGroup = [baseStyles, conferencePanelStyles]

  /** What a conference is started with: `audio`, or `video`. */
  @property({ attribute: 'media-type', converter: audioOrVideo }) mediaType: MediaType = 'audio'

  @state() private said = ''
  /** The host wants to leave, and is asked who goes on. */
  @state() private leaving = false
  @query('input') private readonly field!: HTMLInputElement | null

  #time = new RunningTime(this)

  /** Invites somebody, as typing the number does. */
  invite(participant: string): void {
    const { followed } = this
    if (!followed || !participant) return
    if (request(this, 'att-participant-add-request', { participant })) void followed.addParticipant(participant)
  }

  /** Moves the focus to the field of the invitation, where there is one. */
  override focus(options?: FocusOptions): void {
    this.field?.focus(options)
  }

  protected override phoneFollowed(phone: Phone, signal: AbortSignal): void {
    let before = phone.snapshot.conference
    const listen = ({ conference }: PhoneSnapshot): void => {
      const news = rosterAnnouncements(phone, conference, before, this.messages)
      before = conference
      if (news.length > 0) this.said = news.join(' ')
    }
    phone.subscribe(listen, { signal })
  }

  protected override showsCallsOf(): boolean {
    return true
  }

  protected override select({ conference, calls, session, error }: PhoneSnapshot): readonly unknown[] {
    const call = calls.find(({ index }) => index === conference?.index)
    this.#time.since = call?.progress === 'connected' ? call.connectedAt : null
    // Of another call only that it is there matters.
    const talking = calls.every(({ connectedAt }) => connectedAt !== null)
    const trouble = this.#trouble(error)
    return [conference, call, hostWhoAsks(calls), calls.length, talking, session.state, session.capabilities, trouble]
  }

  protected override render(): TemplateResult | typeof nothing {
    const { followed: phone, snapshot } = this
    if (!phone || !snapshot) return nothing
    const { conference } = snapshot
    const failed = this.#trouble(snapshot.error)
    const error = failed && errorWords(failed, snapshot, this.messages)
    const call = snapshot.calls.find(({ index }) => index === conference?.index) ?? null
    const invited = call?.direction === 'incoming' && (call.progress === 'new' || call.progress === 'ringing')
    this.toggleState('host', conference?.role === 'host')
    this.toggleState('participant', conference?.role === 'participant' && !invited)
    this.toggleState('invited', invited)
    return html`<section class="root panel" aria-label=${this.messages.conference}>
      ${this.#question(phone, snapshot)}
      ${
        !conference || !call
          ? this.#start(phone, snapshot)
          : invited
            ? this.#invitation(phone, snapshot, call)
            : this.#conference(phone, conference, call)
      }
      ${error ? html`<p part="error" class="hint" role="alert"><b>${error[0]}</b> ${error[1]}</p>` : nothing}
      <span class="said" role="status">${this.said}</span>
    </section>`
  }

  /** The last error, where it is one of conferences: others are for other tags to tell. */
  #trouble(error: PhoneError | null): PhoneError | null {
    return error && /conference|participant|merge/i.test(error.JSMethod) ? error : null
  }

  /** The host leaves, and wants this person to go on as the host. */
  #question(phone: Phone, { calls }: PhoneSnapshot): TemplateResult | typeof nothing {
    const { messages } = this
    const host = hostWhoAsks(calls)
    if (!host) return nothing
    const [what, why] = messages.asksHandOver(partyName(phone, host, messages))
    const answer = (accept: boolean): void => {
      if (!request(this, 'att-hand-over-answer-request', { accept })) return
      void (accept ? phone.acceptHandOver() : phone.rejectHandOver())
    }
    return html`<div part="question" class="panel" role="group" aria-labelledby="question">
      <p class="hint" id="question"><b>${what}</b> <bdi>${why}</bdi></p>
      <div class="row">
        <button type="button" class="wide stop" @click=${() => answer(false)}>${messages.refuse}</button>
        <button type="button" class="wide go" @click=${() => answer(true)}>${messages.accept}</button>
      </div>
    </div>`
  }

  #start(phone: Phone, { session, calls }: PhoneSnapshot): TemplateResult {
    const { messages, mediaType } = this
    const behind = calls.find(({ foreground }) => !foreground)
    const merges = behind && calls.length > 1 && calls.every(({ connectedAt }) => connectedAt !== null)
    const able = session.state === 'ready' && session.capabilities.conference
    const reason = session.state !== 'ready' ? messages.signInFirst : able ? null : messages.noConference
    const start = (): void => {
      if (!able) return
      if (merges) {
        if (request(this, 'att-merge-request', { index: behind.index })) void phone.merge()
      } else if (request(this, 'att-conference-start-request', { mediaType })) void phone.startConference({ mediaType })
    }
    return html`<p class="hint">${reason ?? (merges ? messages.mergeHelp : messages.conferenceHelp)}</p>
      <div class="row">
        <button
          part="start"
          type="button"
          class="wide"
          aria-disabled=${able ? nothing : 'true'}
          title=${reason ?? nothing}
          @click=${start}
        >
          ${merges ? messages.merge : messages.startConference}
        </button>
      </div>`
  }

  #invitation(phone: Phone, { calls }: PhoneSnapshot, call: CallSnapshot): TemplateResult {
    const { messages } = this
    const name = partyName(phone, call.remote, messages)
    const { index } = call
    const busy = calls.some((other) => other !== call && other.progress !== 'ended')
    const join = (mediaType: MediaType): void => {
      const action = busy ? ('hold' as const) : null
      if (request(this, 'att-conference-join-request', { index, mediaType, action }))
        void phone.joinConference({ mediaType, ...(action && { action }) })
    }
    const decline = (): void => {
      if (request(this, 'att-conference-decline-request', { index })) void phone.rejectConference()
    }
    return html`<header part="header"><h2>${messages.conference}</h2></header>
      <p class="hint">${messages.invitesYou(name)} ${busy ? messages.joinHolds : nothing}</p>
      <div class="row">
        <button type="button" class="wide stop" @click=${decline}>${messages.decline}</button>
        <button part="start" type="button" class="wide go" @click=${() => join('audio')}>${messages.joinAudio}</button>
        ${
          call.mediaType === 'video'
            ? html`<button type="button" class="wide go" @click=${() => join('video')}>${messages.joinVideo}</button>`
            : nothing
        }
      </div>`
  }

  #conference(phone: Phone, conference: ConferenceSnapshot, call: CallSnapshot): TemplateResult {
    const { messages } = this
    const host = conference.role === 'host'
    const end = (): void => {
      if (request(this, 'att-conference-end-request', { index: call.index })) void phone.endConference()
    }
    const show = (open: boolean): void => void (this.leaving = open)
    const choose = ({ address: participant }: ParticipantSnapshot): void => {
      this.leaving = false
      if (request(this, 'att-conference-hand-over-request', { participant })) void phone.handOverConference(participant)
    }
    return html`<header part="header">
        <h2>${host ? messages.conference : messages.conferenceWith(partyName(phone, call.remote, messages))}</h2>
        <span role="timer">${this.#time.text}</span>
      </header>
      ${host ? this.#hosting(phone, conference, call) : nothing}
      ${
        host && call.progress === 'connected'
          ? renderHandOver({ phone, messages, conference, call, open: this.leaving, show, choose })
          : nothing
      }
      <div class="row">
        <button part="end" type="button" class="wide stop" @click=${end}>
          ${host ? messages.endForAll : messages.leave}
        </button>
      </div>`
  }

  #hosting(phone: Phone, conference: ConferenceSnapshot, call: CallSnapshot): TemplateResult {
    const { messages } = this
    if (call.progress !== 'connected') return html`<p class="hint">${messages.connecting}</p>`
    const { participants, atLimit, allSilenced } = conference
    const muteAll = (): void => {
      const muted = !allSilenced
      if (request(this, 'att-participants-mute-request', { muted })) void phone.muteAllParticipants(muted)
    }
    return html`${renderRoster({
      phone,
      messages,
      conference,
      call,
      remove: ({ address: participant }) => {
        if (request(this, 'att-participant-remove-request', { participant })) void phone.removeParticipant(participant)
      },
      silence: ({ address: participant }, muted) => {
        if (request(this, 'att-participant-mute-request', { participant, muted }))
          void phone.setParticipantMuted({ participant, muted })
      },
    })}
    ${atLimit ? html`<p class="hint">${messages.conferenceFull}</p>` : this.#invite()}
    ${
      participants.some(({ state }) => state === 'joined')
        ? html`<div class="row">
            <button type="button" class="wide" aria-pressed=${allSilenced} @click=${muteAll}>
              ${messages.muteAll}
            </button>
          </div>`
        : nothing
    }`
  }

  #invite(): TemplateResult {
    const { messages } = this
    const submit = (event: Event): void => {
      event.preventDefault()
      const { field } = this
      const participant = field?.value.trim() ?? ''
      if (!field || !participant) return field?.focus()
      field.value = ''
      this.invite(participant)
    }
    return html`<form @submit=${submit}>
      <input
        part="field"
        aria-label=${messages.addParticipant}
        placeholder=${messages.number}
        autocomplete="off"
        autocapitalize="none"
        spellcheck="false"
        enterkeyhint="done"
      />
      <button class="ghost" aria-label=${messages.add} title=${messages.add}>${icons.add}</button>
    </form>`
  }
}

/** Who asks whether this person hosts from now on, the call in front first. */
function hostWhoAsks(calls: readonly CallSnapshot[]): Party | undefined {
  const asking = calls.filter(({ handOverAsked }) => handOverAsked)
  return (asking.find(({ foreground }) => foreground) ?? asking[0])?.remote
}

declare global {
  interface HTMLElementTagNameMap {
    'att-conference-panel': AttConferencePanel
  }
}
