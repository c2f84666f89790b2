import assert from 'node:assert/strict'
import path from 'node:path'
import { describe, it } from 'node:test'
import { filesBelow } from '../../scripts/project.ts'
import { browserNames, useBrowser, useServer } from './harness.ts'

const pages = filesBelow('demo', '.html').map((file) => path.relative('demo', file).split(path.sep).join('/'))

/** The custom tags of the document and of the shadow trees in it that nobody defined. */
function undefinedTags(): readonly string[] {
  const found = new Set<string>()
  const visit = (tree: Document | ShadowRoot): void => {
    for (const element of tree.querySelectorAll('*')) {
      if (element.localName.includes('-') && !customElements.get(element.localName)) found.add(element.localName)
      if (element.shadowRoot) visit(element.shadowRoot)
    }
  }
  visit(document)
  return [...found]
}

/** Resolves once every tag of the document has drawn itself and what that set off had its turn. */
async function firstRendering(): Promise<void> {
  for (const element of document.querySelectorAll('*')) {
    if ('updateComplete' in element) await element.updateComplete
  }
  await new Promise((resolve) => setTimeout(resolve))
}

describe('the demo pages', () => {
  const server = useServer()

  it('are there', () => {
    assert(pages.includes('index.html'))
  })

  for (const name of browserNames) {
    describe(`in ${name}`, () => {
      const open = useBrowser(name)

      for (const page of pages) {
        it(`${page} loads without an error and defines its tags`, async () => {
          const window = await open(new URL(page, server().url).href)
          assert.deepEqual(await window.evaluate(undefinedTags), [])
          await window.evaluate(firstRendering)
        })
      }
    })
  }
})
