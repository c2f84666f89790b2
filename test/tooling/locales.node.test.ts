import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { pathToFileURL } from 'node:url'
import { filesBelow, root } from '../../scripts/project.ts'
import { en } from '../../elements/locales/en.ts'
import { furtherTags } from '../../elements/define/further-tags.ts'
import { furtherEnglish } from '../../elements/locales/further-english.ts'
import { allErrorTexts } from '../../src/phone/error-catalogue.ts'
import { codeOfCause } from '../../src/phone/place-errors.ts'

type Texts = Readonly<Record<string, unknown>>

const others = filesBelow('elements/locales', '.ts')
  .map((file) => path.basename(file, '.ts'))
  .filter((name) => /^[a-z]{2}$/.test(name) && name !== 'en')

async function localeOf(language: string): Promise<Texts> {
  const file = path.join(root, 'elements/locales', `${language}.ts`)
  const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, Texts>>
  return module[language] ?? assert.fail(`${language}.ts does not export ${language}`)
}

const isTable = (value: unknown): value is Texts => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Every text by its path: `errors.404`. */
function flat(texts: Texts, under = ''): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>()
  for (const [name, value] of Object.entries(texts)) {
    if (isTable(value)) for (const [inner, text] of flat(value, `${under}${name}.`)) found.set(inner, text)
    else found.set(`${under}${name}`, value)
  }
  return found
}

/** What is put in for each argument: a name, and numbers of every kind of plural. */
const fillings = ['⟦', 0, 1, 2, 5, 11, 21, 1234] as const

function placeholdersIn(text: unknown): readonly string[] {
  if (typeof text !== 'function') return []
  const found = new Set<string>()
  for (const filling of fillings) {
    const filled = Array.from({ length: text.length }, (_, n) =>
      typeof filling === 'string' ? `${filling}${n}⟧` : filling + n * 3,
    )
    const words = [(text as (...filled: readonly unknown[]) => unknown)(...filled)].flat().join(' ')
    for (const [mark] of words.matchAll(/⟦\d⟧/g)) found.add(mark)
  }
  return [...found].sort()
}

/** The English words of what a place keeps back are those of the error itself: no locale repeats them. */
const ofThePlace = Object.fromEntries(
  allErrorTexts()
    .filter(({ code }) => (Object.values(codeOfCause) as readonly string[]).includes(code))
    .map(({ code, message, resolution }) => [code, [message, resolution]]),
)

const english = flat({ ...en, ...furtherEnglish, errors: { ...ofThePlace, ...en.errors } })

/** How a text is made: words, two sentences, or of so many arguments. */
const kindOf = (text: unknown): string => (Array.isArray(text) ? `${text.length} sentences` : typeof text)

describe('the locales', () => {
  it('are those that are promised', () => {
    assert.deepEqual(others, ['ar', 'de', 'es', 'fr', 'he', 'ja', 'pt', 'zh'])
  })

  for (const language of others) {
    describe(language, () => {
      it('has the English texts, no more and no less', async () => {
        const texts = flat(await localeOf(language))
        assert.deepEqual([...texts.keys()].sort(), [...english.keys()].sort())
      })

      it('has each text in the form of the English one', async () => {
        const texts = flat(await localeOf(language))
        const wrong = [...english].filter(([name, text]) => kindOf(text) !== kindOf(texts.get(name)))
        assert.deepEqual(
          wrong.map(([name]) => name),
          [],
        )
      })

      it('puts into each text what the English one puts in', async () => {
        const texts = flat(await localeOf(language))
        const wrong = [...english].filter(
          ([name, text]) => String(placeholdersIn(text)) !== String(placeholdersIn(texts.get(name))),
        )
        assert.deepEqual(
          wrong.map(([name]) => name),
          [],
        )
      })

      it('leaves no text empty', async () => {
        const empty = [...flat(await localeOf(language))].filter(([, text]) => [text].flat().includes(''))
        assert.deepEqual(empty, [])
      })
    })
  }

  it('keep for a whole phone what more than its further tags say', () => {
    // What a whole phone shows beside its keypad comes later, too.
    const ofFurtherTags = [...Object.keys(furtherTags).map((tag) => `elements/${tag}/`), 'elements/att-phone/views/']
    const others = filesBelow('elements', '.ts').filter(
      (file) =>
        !/\.test\.ts$|^elements\/locales\//.test(file) && !ofFurtherTags.some((folder) => file.startsWith(folder)),
    )
    const sources = others.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n')
    const missing = Object.keys(furtherEnglish).filter((text) =>
      new RegExp(`\\bmessages\\.${text}\\b|'${text}'`).test(sources),
    )
    assert.deepEqual(missing, [])
  })
})
