import type * as Axe from 'axe-core'
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../scripts/project.ts'
import { browserNames, useBrowser, useServer, type BrowserWindow } from './harness.ts'
import { drawn, ownPages } from './harness/demo-page.ts'

const axe = readFileSync(path.join(root, 'node_modules/axe-core/axe.min.js'), 'utf8')

async function violationsOf(window: BrowserWindow): Promise<readonly string[]> {
  await window.page.evaluate(axe)
  return window.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof Axe }
    const { violations } = await axe.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    })
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
  })
}

describe('the demo pages, for people with assistive technology', () => {
  const server = useServer()
  // What axe looks at does not differ from browser to browser.
  const open = useBrowser(browserNames[0] ?? 'chromium')

  for (const page of ownPages) {
    it(`${page} has nothing that axe finds fault with`, async () => {
      const window = await open(new URL(page, server().url).href)
      await drawn(window)
      assert.deepEqual(await violationsOf(window), [])
    })
  }
})
