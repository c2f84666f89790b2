import { css, html, render } from 'lit'
import { icons } from '../icons/icons.ts'
import type { Messages } from '../locales/locale-table.ts'
import type { PagePhone, Shortcut } from './page-behaviour.ts'

const styles = css`
  .shortcuts {
    all: revert;
    box-sizing: border-box;
    inline-size: 320px;
    max-inline-size: calc(100vw - 32px);
    padding: 16px;
    border: 0;
    border-radius: 18px;
    background: var(--surface);
    color: var(--ink);
    font-family: inherit;
    font-size: 15px;
    line-height: 1.4;
    box-shadow: 0 12px 32px rgb(0 0 0 / 0.3);
  }
  .shortcuts::backdrop {
    background: rgb(0 0 0 / 0.4);
  }
  .shortcuts header,
  .shortcuts li {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .shortcuts h2 {
    margin: 0;
    font-size: 1.125em;
    font-weight: 600;
  }
  .shortcuts ul {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
  }
  .shortcuts li {
    min-block-size: 36px;
  }
  .shortcuts kbd {
    padding: 2px 8px;
    border-radius: 6px;
    background: var(--raised);
    font: inherit;
    font-size: 0.875em;
  }
  @media (forced-colors: active) {
    .shortcuts,
    .shortcuts kbd {
      border: 1px solid CanvasText;
    }
  }
`

/** Lists these keys in a dialog of the phone; Escape, its button, or a press beside it close it. */
export function showShortcutHelp(host: PagePhone, shortcuts: readonly Shortcut[], messages: Messages): void {
  const root = host.shadowRoot
  if (!root || root.querySelector('.shortcuts')) return
  const { styleSheet } = styles
  if (styleSheet && !root.adoptedStyleSheets.includes(styleSheet)) root.adoptedStyleSheets.push(styleSheet)
  const dialog = document.createElement('dialog')
  dialog.className = 'shortcuts'
  dialog.setAttribute('part', 'shortcuts')
  dialog.setAttribute('aria-label', messages.shortcuts)
  const keys = (letter: string, chordOnly = false): unknown => {
    const chord = html`<kbd>Alt Shift ${letter}</kbd>`
    return chordOnly ? chord : html`<kbd>${letter}</kbd> <span class="said">${messages.or}</span> ${chord}`
  }
  const list = html`<header>
      <h2>${messages.shortcuts}</h2>
      <button type="button" class="ghost" aria-label=${messages.close} @click=${() => dialog.close()}>
        ${icons.close}
      </button>
    </header>
    <ul>
      ${shortcuts.map(
        ({ letter, label, chordOnly }) =>
          html`<li><span>${label(messages)}</span><span dir="ltr">${keys(letter.toUpperCase(), chordOnly)}</span></li>`,
      )}
    </ul>`
  render(list, dialog)
  dialog.addEventListener('close', () => dialog.remove())
  dialog.addEventListener('click', ({ target }) => target === dialog && dialog.close())
  root.append(dialog)
  dialog.showModal()
}
