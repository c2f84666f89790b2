import { html, nothing, type TemplateResult } from 'lit'

/** A button of the panel. */
export interface Choice {
  readonly part: 'ask' | 'transfer' | 'connect' | 'end'
  readonly label: string
  readonly tone: 'main' | 'quiet' | 'stop'
  /** Why it cannot be used now; `null` when it can. */
  readonly unavailable: string | null
  readonly activate: () => void
}

export function choiceButton({ part, label, tone, unavailable, activate }: Choice): TemplateResult {
  return html`<button
    part=${part}
    type="button"
    class="choice ${tone}"
    title=${unavailable ?? nothing}
    aria-disabled=${unavailable === null ? nothing : 'true'}
    @click=${unavailable === null ? activate : nothing}
  >
    ${label}
  </button>`
}
