import { adoptStyles, css, html, render } from 'lit'
import type { Phone } from '../../src/phone/phone.ts'
import type { Trouble } from '../locales/en.ts'
import { localeOf } from '../locales/locale-table.ts'
import { baseStyles } from './base.styles.ts'
import { buttonStyles } from './button.styles.ts'
import { callName } from './call-words.ts'
import { announce } from './page-announcer.ts'
import { shownCall } from './phone-state.ts'
import { warnAuthor } from './author-warnings.ts'

const styles = css`
  .unseen {
    position: fixed;
    inset: auto 16px 16px auto;
    margin: 0;
    padding: 16px;
    max-inline-size: min(22rem, calc(100vw - 32px));
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--surface);
    color: var(--ink);
  }
  .unseen p {
    margin: 0 0 12px;
  }
`

/**
 * Shows, in a corner of the page, that a call goes on which no tag shows; and then that it has ended. It is gone when a
 * tag shows the call again.
 */
export function showUnseenCall(phone: Phone, end: () => void, signal: AbortSignal): void {
  const call = shownCall(phone.snapshot)
  if (!call || signal.aborted) return
  const { messages } = localeOf(document.documentElement.lang)
  const name = callName(phone, call, messages)
  const host = document.createElement('div')
  const root = host.attachShadow({ mode: 'open' })
  adoptStyles(root, [baseStyles, buttonStyles, styles])
  const draw = ([what, why]: Trouble, label: string, press: () => void): void => {
    render(
      html`<div class="root unseen" popover="manual" role="group" aria-label=${messages.phone}>
        <p><b>${what}</b> ${why}</p>
        <button type="button" class="plain" @click=${press}>${label}</button>
      </div>`,
      root,
    )
    if (!host.isConnected) document.body.append(host)
    const box = root.querySelector<HTMLElement>('.unseen')
    if (box && !box.matches(':popover-open')) box.showPopover()
    announce(host, `${what} ${why}`, 'assertive')
  }
  warnAuthor('unseen-call', name)
  draw(messages.unseenCall(name), messages.hangup, end)
  const over = (): void => {
    // A tag shows it again, and tells the rest.
    if (phone.snapshot.calls.length > 0) return host.remove()
    draw(messages.unseenCallEnded(name), messages.dismiss, () => host.remove())
  }
  signal.addEventListener('abort', over, { once: true })
}
