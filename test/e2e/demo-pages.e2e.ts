import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { root } from '../../scripts/project.ts'
import { browserNames, useBrowser, useServer, type BrowserWindow } from './harness.ts'
import { calls, demoPages, drawn, ownPages } from './harness/demo-page.ts'

const pages = demoPages.filter((page) => !page.startsWith('tags/'))
/** On these no call can be made at once: the gateway's page wants a name first, and lists have no phone. */
const silent = ['gateway.html', 'recipes/index.html']

describe('the demo pages', () => {
  const server = useServer()

  it('are there', () => {
    assert(pages.includes('index.html'))
  })

  it('are each under a policy that forbids what it does not name', () => {
    const isStrict = (page: string): boolean =>
      readFileSync(path.join(root, 'demo', page), 'utf8').includes("default-src 'none'")
    assert.deepEqual(
      ownPages.filter((page) => !isStrict(page)),
      [],
    )
  })

  for (const name of browserNames) {
    describe(`in ${name}`, () => {
      const openWindow = useBrowser(name)
      const open = (page: string): Promise<BrowserWindow> => openWindow(new URL(page, server().url).href)

      for (const page of pages) {
        if (!ownPages.includes(page) || silent.includes(page)) {
          it(`${page} loads without an error and defines its tags`, async () => {
            await drawn(await open(page))
          })
        } else {
          it(`${page} loads without an error, defines its tags, and calls`, async () => {
            const window = await open(page)
            await drawn(window)
            await calls(window)
          })
        }
      }
    })
  }
})
