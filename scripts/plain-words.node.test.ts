import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import ts from 'typescript'
import { filesBelow, root } from './project.ts'

/** Words that plain English does without, and those that take a person for a man: people are *they*. */
const unwanted = /\b([Ww]ho(m)?ever|[Ww]hatever|[Bb]ears|[Ii]n[\s*]+vain|[Hh](e|is|im|imself))\b/g

/** Where such a word stays: in all of a file, or in its lines that have `text` in them. */
const allowed: readonly { readonly file: string; readonly text?: string; readonly reason: string }[] = [
  { file: 'elements/base/localization.test.ts', text: 'lang="he"', reason: 'the code of the language Hebrew' },
  { file: 'scripts/plain-words.node.test.ts', reason: 'it seeds the words to see itself find them' },
]

/** A piece of a file that a person reads, and where it begins. */
type Prose = readonly [start: number, text: string]

/** Texts in nine languages: the word may be another one there. */
const translations = path.join('elements', 'locales')

/** The comments, the names of tests and the messages of a source. A string of one word is a name for a machine. */
function proseOf(source: ts.SourceFile): readonly Prose[] {
  const prose = new Map<number, string>()
  const comments = (ranges: readonly ts.CommentRange[] = []) => {
    for (const { pos, end } of ranges) prose.set(pos, source.text.slice(pos, end))
  }
  const visit = (node: ts.Node): void => {
    if (ts.isJSDoc(node)) return
    const children = node.getChildren(source)
    if (children.length > 0) {
      children.forEach(visit)
      return
    }
    comments(ts.getLeadingCommentRanges(source.text, node.getFullStart()))
    comments(ts.getTrailingCommentRanges(source.text, node.end))
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
    if (isText && !source.fileName.startsWith(translations) && /\s/.test(node.text))
      prose.set(node.getStart(source), node.getText(source))
  }
  visit(source)
  return [...prose]
}

/** Each unwanted word as `FILE:LINE: word`. */
function unwantedWords(file: string, content: string): readonly string[] {
  // Most files have none and need not be parsed.
  if (content.search(unwanted) < 0) return []
  const prose: readonly Prose[] = file.endsWith('.md')
    ? [[0, content]]
    : proseOf(ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true))
  const lines = content.split('\n')
  return prose.flatMap(([start, text]) =>
    [...text.matchAll(unwanted)].flatMap(({ index, 0: word }) => {
      const line = content.slice(0, start + index).split('\n').length
      const stays = allowed.some((each) => each.file === file && lines[line - 1]?.includes(each.text ?? ''))
      return stays ? [] : [`${file}:${line}: ${word}`]
    }),
  )
}

const files = ['.md', '.ts', '.mjs', '.js'].flatMap((ending) => filesBelow('', ending))

describe('plain words', () => {
  it('are looked for in comments, names of tests, messages and Markdown', () => {
    const code = [
      "import { he } from './he.ts'",
      '// The caller, whoever it is.',
      'const text = `${he} waited in vain for ${he}: ${he /* his */} is gone` // Him.',
      '/**',
      ' * Looks in',
      ' * vain.',
      ' */',
      "it('hears himself', () => /he is no comment/.test(text))",
      "const language = 'he'",
    ].join('\n')
    assert.deepEqual(
      unwantedWords('seed.ts', code).map((each) => each.replaceAll(/\s+\*?\s*/g, ' ')),
      [
        'seed.ts:2: whoever',
        'seed.ts:3: in vain',
        'seed.ts:3: his',
        'seed.ts:3: Him',
        'seed.ts:5: in vain',
        'seed.ts:8: himself',
      ],
    )
    assert.deepEqual(unwantedWords('seed.md', '# People\n\nA host ends his call.'), ['seed.md:3: his'])
  })

  it('are all that the project has (name the subject; people are they)', () => {
    assert.deepEqual(
      files.flatMap((file) => unwantedWords(file, readFileSync(path.join(root, file), 'utf8'))),
      [],
    )
  })
})
