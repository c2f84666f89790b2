import { en } from './en.ts'
import { furtherEnglish } from './further-english.ts'
import type { Translation } from './messages.ts'

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function missing(english: object, texts: unknown, under = ''): readonly string[] {
  const own = new Map(isTable(texts) ? Object.entries(texts) : [])
  return Object.entries(english).flatMap(([name, words]: [string, unknown]) => {
    const text = own.get(name)
    if (text === undefined || text === null) return [under + name]
    return isTable(words) ? missing(words, text, `${under}${name}.`) : []
  })
}

/** The keys of the texts that a page's own locale leaves in English, a line of a table by its path: `ended.busy`. */
export function missingTexts(translation: Translation): readonly string[] {
  // A language says by itself which way it is read, unless a locale says otherwise.
  return missing({ ...en, ...furtherEnglish }, { language: '', direction: 'ltr', ...translation })
}
