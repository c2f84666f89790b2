import { html, nothing, type TemplateResult } from 'lit'
import { partyName } from '../base/party-name.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, ConferenceSnapshot, ParticipantSnapshot } from '../../src/phone/snapshot.ts'
import type { Messages } from '../locales/locale-table.ts'

/** What the host who leaves chooses from, and what their controls do. */
export interface HandOver {
  readonly phone: Phone
  readonly messages: Messages
  readonly conference: ConferenceSnapshot
  /** The host's own call of the conference. */
  readonly call: CallSnapshot
  /** Whether the next hosts are shown. */
  readonly open: boolean
  readonly show: (open: boolean) => void
  readonly choose: (participant: ParticipantSnapshot) => void
}

/** Lets the host leave to somebody else's hands: first that they want to, then to whom. */
export function renderHandOver(handOver: HandOver): TemplateResult | typeof nothing {
  const { messages, conference, call, open, show } = handOver
  const heirs = conference.participants.filter(({ state }) => state === 'joined')
  if (heirs.length === 0) return nothing
  if (call.pending === 'transfer') return html`<p class="hint">${messages.handingOver}</p>`
  const reason = unavailable(handOver)
  const shown = open && reason === null
  const close = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    const { currentTarget } = event
    show(false)
    if (currentTarget instanceof HTMLElement) currentTarget.querySelector('button')?.focus()
  }
  return html`<div class="panel" @keydown=${shown ? close : nothing}>
    <div class="row">
      <button
        part="hand-over"
        type="button"
        class="wide"
        aria-expanded=${shown}
        aria-disabled=${reason === null ? nothing : 'true'}
        title=${reason ?? nothing}
        @click=${() => reason === null && show(!shown)}
      >
        ${messages.handOver}
      </button>
    </div>
    ${shown ? choice(handOver, heirs) : nothing}
  </div>`
}

function choice({ phone, messages, choose }: HandOver, heirs: readonly ParticipantSnapshot[]): TemplateResult {
  const button = (heir: ParticipantSnapshot): TemplateResult => {
    const name = partyName(phone, heir, messages)
    const label = messages.makeHost(name)
    return html`<button type="button" class="wide" aria-label=${label} title=${label} @click=${() => choose(heir)}>
      <bdi>${name}</bdi>
    </button>`
  }
  return html`<p class="hint" id="heirs">${messages.handOverHelp}</p>
    <div part="heirs" class="row heirs" role="group" aria-labelledby="heirs">${heirs.map(button)}</div>`
}

/** Why it cannot be handed over now; `null` when it can. */
function unavailable({ phone, messages, conference }: HandOver): string | null {
  const { capabilities } = phone.snapshot.session
  if (conference.mix === 'browser' && !capabilities.transfer) return messages.noTransfer
  const others = conference.participants.filter(({ state }) => state === 'joined' || state === 'held')
  return others.length < 2 ? messages.handOverAlone : null
}
