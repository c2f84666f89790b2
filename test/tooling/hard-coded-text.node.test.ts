import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import ts from 'typescript'
import { filesBelow, root } from '../../scripts/project.ts'

/** Attributes whose value a person reads or hears. */
const spoken = /\b(aria-label|aria-description|aria-roledescription|aria-valuetext|title|placeholder|alt)="([^"]*)"/g

const hasWord = (text: string): boolean => /\p{L}{2,}/u.test(text.replaceAll('&nbsp;', ''))

/** The words of a template that are no markup: text between tags, and what assistive technology says. */
function wordsOf(markup: string): readonly string[] {
  const attributes = [...markup.matchAll(spoken)].map(([, , value = '']) => value)
  const texts = markup
    .replace(/<!--.*?-->/gs, '')
    // A key is called what stands on it.
    .replace(/<kbd>.*?<\/kbd>/gs, '')
    .replace(/<[^>]*>/g, '\n')
    .split('\n')
  return [...attributes, ...texts].map((text) => text.trim()).filter(hasWord)
}

function markupOf(template: ts.TemplateLiteral): string {
  if (ts.isNoSubstitutionTemplateLiteral(template)) return template.text
  return [template.head.text, ...template.templateSpans.map(({ literal }) => literal.text)].join('{}')
}

/** Whether a string is said to the author of a page, or to nobody: an error, a line of the log, the name of a module. */
function isTechnical(node: ts.Node): boolean {
  for (let { parent } = node; parent; { parent } = parent) {
    if (ts.isNewExpression(parent) || ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return true
    if (ts.isCallExpression(parent) && /^(console|querySelector)/.test(parent.expression.getText())) return true
    if (ts.isStatement(parent)) return false
  }
  return false
}

/** A sentence or a label: two words or more, the first with a capital. */
const isPhrase = (text: string): boolean => /^\p{Lu}\p{Ll}+[,.!?…]? \p{L}/u.test(text)

function hardCoded(file: string): readonly string[] {
  const source = ts.createSourceFile(file, readFileSync(path.join(root, file), 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node)) {
      if (node.tag.getText() === 'html') found.push(...wordsOf(markupOf(node.template)))
    } else if (
      (ts.isStringLiteral(node) || ts.isTemplateLiteral(node)) &&
      !ts.isTaggedTemplateExpression(node.parent)
    ) {
      const text = ts.isStringLiteral(node) ? node.text : markupOf(node)
      if (isPhrase(text) && !isTechnical(node)) found.push(text)
    }
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found.map((text) => `${file}: ${text}`)
}

describe('the tags', () => {
  const files = filesBelow('elements', '.ts').filter(
    (file) =>
      !/\.(test|suite|fixture)\.ts$/.test(file) &&
      !/elements[\\/](locales|testing)[\\/]/.test(file) &&
      // What the console tells the author of a page.
      !file.endsWith('author-words.ts'),
  )

  it('are found', () => {
    assert(files.some((file) => file.endsWith('att-phone.ts')))
  })

  it('have no text of their own: every word is in the locales', () => {
    assert.deepEqual(files.flatMap(hardCoded), [])
  })
})

describe('the search for text in the tags', () => {
  it('finds words between tags', () => {
    assert.deepEqual(wordsOf('<p class="line">Call ended</p>{}'), ['Call ended'])
  })

  it('finds words that assistive technology says', () => {
    assert.deepEqual(wordsOf('<button aria-label="Close">{}</button>'), ['Close'])
  })

  it('takes no markup for words', () => {
    assert.deepEqual(wordsOf('<button class="plain no" @click={}>{} · {}</button>'), [])
  })
})
