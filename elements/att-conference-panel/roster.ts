import { html, nothing, type TemplateResult } from 'lit'
import { repeat } from 'lit/directives/repeat.js'
import { face } from '../base/avatar.ts'
import { initials, partyName } from '../base/party-name.ts'
import { icons } from '../icons/icons.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, ConferenceSnapshot, ParticipantSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'

/** What the list of participants is drawn from, and what its controls do. */
export interface Roster {
  readonly phone: Phone
  readonly messages: Messages
  readonly conference: ConferenceSnapshot
  /** The host's own call of the conference. */
  readonly call: CallSnapshot
  readonly remove: (participant: ParticipantSnapshot) => void
  readonly silence: (participant: ParticipantSnapshot, silenced: boolean) => void
}

/** Everybody in the conference, the host first. */
export function renderRoster(roster: Roster): TemplateResult {
  const { conference, messages } = roster
  return html`<ul part="participants" aria-label=${messages.participants}>
    ${host(roster)}
    ${repeat(
      conference.participants,
      ({ address }) => address,
      (each) => participantRow(roster, each),
    )}
  </ul>`
}

function host({ call, messages, phone }: Roster): TemplateResult {
  const own = phone.snapshot.session.userId ?? ''
  const name = initials(own)
  return html`<li part="participant">
    <span class="avatar" aria-hidden="true">${name || icons.person}</span>
    <p><b>${messages.you}</b> <em>${call.muted ? messages.muted : messages.host}</em></p>
  </li>`
}

function participantRow(roster: Roster, participant: ParticipantSnapshot): TemplateResult {
  const { phone, messages } = roster
  const name = partyName(phone, participant, messages)
  const { state, silenced, speaking } = participant
  const waiting = state === 'inviting' || state === 'invited' || state === 'ringing'
  const remove = waiting ? messages.withdraw(name) : messages.removeParticipant(name)
  return html`<li part="participant" class="${waiting ? 'waiting' : ''} ${speaking && !silenced ? 'speaking' : ''}">
    <span class="avatar" aria-hidden="true">${face(phone, participant, name)}</span>
    <p title=${name}>
      <b><bdi>${name}</bdi></b> <em>${stateText(participant, messages)}</em>
    </p>
    <span class="tools">
      ${
        waiting
          ? nothing
          : html`<button
              type="button"
              class="ghost"
              aria-pressed=${silenced}
              aria-label=${messages.silence(name)}
              title=${messages.silence(name)}
              @click=${() => roster.silence(participant, !silenced)}
            >
              ${silenced ? icons.microphoneOff : icons.microphone}
            </button>`
      }
      <button
        type="button"
        class="ghost"
        aria-label=${remove}
        title=${remove}
        aria-disabled=${state === 'leaving' ? 'true' : nothing}
        @click=${() => state !== 'leaving' && roster.remove(participant)}
      >
        ${icons.close}
      </button>
    </span>
  </li>`
}

/** One word of how a participant is there: what keeps them from being heard comes first. */
function stateText({ state, silenced, muted, speaking }: ParticipantSnapshot, messages: Messages): string {
  if (state !== 'joined') return messages.participantStates[state]
  if (silenced) return messages.silenced
  if (muted) return messages.muted
  return speaking ? messages.speaking : messages.participantStates.joined
}
