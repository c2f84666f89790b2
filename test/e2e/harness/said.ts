import type {} from '../../../elements/index.ts'
import { setTimeout } from 'node:timers/promises'
import type { Frame } from 'puppeteer-core'
import type { BrowserWindow } from './browser-window.ts'

/** What a phone says of the place it stands in. */
export interface Said {
  /** Of its error. */
  readonly code: string
  /** On the tag. */
  readonly text: string
}

/** Waits until the phone of the innermost frame tells of an error with this code, and reads what it says. */
export async function says(window: BrowserWindow, code: string): Promise<Said> {
  const frame = (): Frame => window.page.frames().at(-1) ?? window.page.mainFrame()
  const deadline = Date.now() + 10_000
  let said: Said = { code: '', text: '' }
  while (Date.now() < deadline) {
    said = await frame()
      .evaluate(() => {
        const tag = document.querySelector('att-phone')
        const notices = tag?.shadowRoot?.querySelectorAll('[part~=notice] p') ?? []
        return {
          code: tag?.phone?.snapshot.error?.ErrorCode ?? '',
          text: [...notices].map((notice) => notice.textContent.trim()).join(' / '),
        }
      })
      .catch(() => said)
    if (said.code === code && said.text !== '') return said
    await setTimeout(50)
  }
  throw new Error(`The phone says ${JSON.stringify(said)}; ${window.problems.join('\n')}`)
}
