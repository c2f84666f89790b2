import { html, nothing, type TemplateResult } from 'lit'
import { telUri } from '../base/tel-uri.ts'
import { icons } from '../icons/icons.ts'
import type { Messages } from '../locales/locale-table.ts'

/** What the button of a page looks like, and what a press does. */
export interface CallFace {
  readonly messages: Messages
  readonly to: string
  /** Why it cannot be pressed now; `null` when it can. */
  readonly unavailable: string | null
  readonly loading: boolean
  /** Whether the small phone is open; `null` where the button opens none. */
  readonly open: boolean | null
  readonly press: () => void
  /** Called when somebody is about to press. */
  readonly prepare: () => void
}

/** Whether this browser can make calls at all; a page that is not secure has no microphone. */
function canCall(): boolean {
  return 'RTCPeerConnection' in globalThis && 'mediaDevices' in navigator
}

/** A button; where the browser cannot make calls, a link that the telephone of the person answers. */
export function renderCallFace(face: CallFace): TemplateResult {
  const { messages, unavailable, open } = face
  const label = html`<slot name="icon">${icons.phone}</slot><span><slot>${messages.call}</slot></span>`
  if (!canCall()) return withoutCalls(face, label)
  return html`<button
    part="button"
    type="button"
    class="call"
    title=${unavailable ?? (open ? messages.showCall : nothing)}
    aria-disabled=${unavailable === null ? nothing : 'true'}
    aria-busy=${face.loading ? 'true' : nothing}
    aria-expanded=${open ?? nothing}
    @click=${face.press}
    @pointerenter=${face.prepare}
    @focus=${face.prepare}
  >
    ${label}
  </button>`
}

function withoutCalls({ messages, to }: CallFace, label: TemplateResult): TemplateResult {
  const link = telUri(to)
  return link
    ? html`<a part="button" class="call" href=${link}>${label}</a>`
    : html`<button part="button" type="button" class="call" aria-disabled="true" title=${messages.cannotCallHere}>
        ${label}
      </button>`
}
