import { html, nothing, type TemplateResult } from 'lit'
import { guard } from 'lit/directives/guard.js'
import { repeat } from 'lit/directives/repeat.js'
import { face } from '../base/avatar.ts'
import { partyName } from '../base/party-name.ts'
import { participantTilesStyles } from './participant-tiles.styles.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { ConferenceSnapshot, ParticipantSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'

/** How several people share the view: alike, or the one who speaks large and the others small. */
export type ConferenceLayout = 'grid' | 'speaker'

/** How the tiles are drawn. */
export interface TileOptions {
  readonly layout: ConferenceLayout
  /** What one's own camera sees; `null` while it is off. */
  readonly own: MediaStream | null
  readonly messages: Messages
}

const isIn = ({ state }: ParticipantSnapshot): boolean => state === 'joined' || state === 'held'

/** Those who take part in a conference and are seen one by one, each in a tile. */
export class ParticipantTiles {
  /** Who spoke last: they stay large while nobody speaks. */
  #speaker: string | null = null

  /** Brings the styles of the tiles into `root`. */
  constructor(root: HTMLElement | DocumentFragment) {
    if (!(root instanceof ShadowRoot)) return
    root.adoptedStyleSheets.push(...[participantTilesStyles.styleSheet ?? []].flat())
  }

  /** Those of the others, and the own picture where there is one. `null` before somebody joined. */
  render(phone: Phone, conference: ConferenceSnapshot, { layout, own, messages }: TileOptions): TemplateResult | null {
    const present = conference.participants.filter(isIn)
    if (present.length === 0) return null
    this.#listen(present)
    const large = layout === 'speaker' ? (present.find(({ address }) => address === this.#speaker) ?? present[0]) : null
    // The large one first: it is the first that is read, too.
    const ordered = large ? [large, ...present.filter((each) => each !== large)] : present
    return html`<ul part="tiles" class="tiles ${layout}" aria-label=${messages.participants}>
      ${repeat(
        ordered,
        ({ address }) => address,
        (each) => tile(phone, each, each === large, messages),
      )}
      ${
        own
          ? html`<li part="tile" class="tile own">${video(own)}<span class="caption">${messages.you}</span></li>`
          : nothing
      }
    </ul>`
  }

  #listen(present: readonly ParticipantSnapshot[]): void {
    const speaking = present.filter((each) => each.speaking && !each.silenced)
    if (speaking.every(({ address }) => address !== this.#speaker))
      this.#speaker = speaking[0]?.address ?? this.#speaker
  }
}

const video = (stream: MediaStream): TemplateResult =>
  html`<video .srcObject=${guard([stream], () => stream)} .muted=${true} autoplay playsinline></video>`

function tile(phone: Phone, participant: ParticipantSnapshot, large: boolean, messages: Messages): TemplateResult {
  const { stream, mediaType, state, muted, silenced, speaking } = participant
  const name = partyName(phone, participant, messages)
  const quiet = silenced ? messages.silenced : muted ? messages.muted : null
  const picture = mediaType === 'video' && state === 'joined' && stream !== null
  const classes = ['tile', speaking && !silenced && 'speaking', large && 'large'].filter(Boolean).join(' ')
  return html`<li part="tile" class=${classes}>
    <span class="avatar" aria-hidden="true">${face(phone, participant, name)}</span>
    ${picture ? video(stream) : nothing}
    <span class="caption"
      ><bdi>${name}</bdi>${state === 'held' ? html` · ${messages.held}` : quiet ? html` · ${quiet}` : nothing}</span
    >
  </li>`
}
