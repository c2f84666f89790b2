import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { filesBelow, root } from './project.ts'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { slimTemplate } from './slim-templates.ts'

const sheet = (text: string): string => slimTemplate(`css\`${text}\``, 'a.styles.ts').slice(4, -1)

describe('slimTemplate', () => {
  it('takes comments and layout out of a style sheet', () => {
    assert.equal(
      sheet('\n  /* Why. */\n  .a,\n  .b > i {\n    color: red;\n    gap: 0 1px;\n  }\n'),
      '.a,.b > i{color:red;gap:0 1px}',
    )
  })

  it('keeps the blanks that mean something', () => {
    const kept = '.a :is(b) .c{inline-size:calc(1px + 2 * var(--step))}@media (a) and (b){.d{margin:0 auto}}'
    assert.equal(sheet(kept), kept)
  })

  it('leaves a sheet with expressions as it is', () => {
    assert.equal(sheet('.a { color: ${b} }'), '.a { color: ${b} }')
  })

  it('takes the indentation out of markup, line by line', () => {
    assert.equal(slimTemplate('html`<p>\n    a  b\n  </p>`', 'a.ts'), 'html`<p>\na  b\n</p>`')
  })

  it('says the same style sheets as the sources do', () => {
    const rules = (css: string): string => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s|;(?=\s*})/g, '')
    for (const file of filesBelow('elements', '.styles.ts')) {
      const source = readFileSync(path.join(root, file), 'utf8')
      assert.equal(rules(slimTemplate(source, file)), rules(source), file)
    }
  })
})
