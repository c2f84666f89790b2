import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, useServer } from './harness.ts'
import { calls, demoPages, drawn, tags } from './harness/demo-page.ts'

describe('the demo page of a tag', () => {
  const server = useServer()

  it('is there for every tag', () => {
    assert.deepEqual(
      tags.filter((tag) => !demoPages.includes(`tags/${tag}.html`)),
      [],
    )
  })

  it('is there for no other', () => {
    const others = tags.map((tag) => `tags/${tag}.html`).concat('tags/index.html')
    assert.deepEqual(
      demoPages.filter((page) => page.startsWith('tags/') && !others.includes(page)),
      [],
    )
  })

  for (const name of browserNames) {
    describe(`in ${name}`, () => {
      const open = useBrowser(name)

      for (const tag of tags) {
        it(`${tag} calls, and the tag shows it`, async () => {
          const window = await open(new URL(`tags/${tag}.html`, server().url).href)
          await drawn(window)
          await calls(window, tag)
        })
      }

      it('has tables of what custom-elements.json says', async () => {
        const window = await open(new URL('tags/att-mute-button.html', server().url).href)
        await window.until('the events', () =>
          document.querySelector('.reference')?.textContent.includes('att-mute-request'),
        )
      })
    })
  }
})
