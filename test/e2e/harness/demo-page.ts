import type {} from '../../../elements/index.ts'
import path from 'node:path'
import { filesBelow } from '../../../scripts/project.ts'
import type { BrowserWindow } from './browser-window.ts'

/** Paths of the demo pages, below `demo/`. */
export const demoPages = filesBelow('demo', '.html').map((file) =>
  path.relative('demo', file).split(path.sep).join('/'),
)

/** Pages of the original SDK's time have inline scripts, and tests of their own. */
export const ownPages = demoPages.filter((page) => !page.startsWith('legacy/'))

/** Every tag there is. */
export const tags = filesBelow('elements/define', '.ts')
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => name.startsWith('att-'))

/** Whether every custom tag of the document, and of the shadow trees in it, is defined. */
function allTagsDefined(): boolean {
  const visit = (tree: Document | ShadowRoot): boolean =>
    [...tree.querySelectorAll('*')].every(
      (element) =>
        (!element.localName.includes('-') || customElements.get(element.localName) !== undefined) &&
        (!element.shadowRoot || visit(element.shadowRoot)),
    )
  return visit(document)
}

/** Resolves once every tag of the document has drawn itself and what that set off had its turn. */
async function firstRendering(): Promise<void> {
  for (const element of document.querySelectorAll('*')) {
    if ('updateComplete' in element) await element.updateComplete
  }
  await new Promise((resolve) => setTimeout(resolve))
}

/** Presses what the page offers to start a call with; by the phone itself where it offers only a keypad. */
function startExample(): void {
  const press = (button: Element | null): boolean => {
    const inside = button?.shadowRoot?.querySelector('button') ?? button
    if (inside instanceof HTMLElement) inside.click()
    return inside !== null
  }
  const starters = [
    '[data-state=incoming] [data-caller]',
    'att-call-button',
    'att-dial-button[to]',
    '#call',
    '[data-caller]',
  ]
  if (starters.some((selector) => press(document.querySelector(selector)))) return
  void document.querySelector('att-phone')?.phone?.dial({ destination: 'noanswer', mediaType: 'audio' })
}

/** Whether this tag, or the first phone of the page, shows a call. */
function showsCall(tag: string): boolean {
  const state = document.querySelector(tag)?.getAttribute('state') ?? ''
  return ['dialing', 'ringing', 'connecting', 'connected', 'incoming'].includes(state)
}

/** Resolves when every tag of the page is defined and drawn. */
export async function drawn(window: BrowserWindow): Promise<void> {
  await window.until('every tag is defined', allTagsDefined)
  await window.evaluate(firstRendering)
}

/** Starts the call that the page offers, and resolves when `tag`, or the phone of the page, shows it. */
export async function calls(window: BrowserWindow, tag?: string): Promise<void> {
  const hasPhone = await window.evaluate(() => document.querySelector('att-phone') !== null)
  if (hasPhone) {
    await window.until(
      'the phone is ready',
      () => document.querySelector('att-phone')?.getAttribute('state') === 'ready',
    )
  }
  await window.evaluate(startExample)
  await window.until('the call is shown', showsCall, tag ?? (hasPhone ? 'att-phone' : 'att-call-button'))
}
