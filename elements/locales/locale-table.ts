import { warnAuthor } from '../base/author-warnings.ts'
import { en } from './en.ts'
import type { Messages, Translation } from './messages.ts'

export type { Messages, Translation }

/** The locales that come with the tags, each a chunk that is loaded when a `lang` asks for it. */
const chunks: Readonly<Record<string, () => Promise<Translation>>> = {
  ar: async () => (await import('./ar.ts')).ar,
  de: async () => (await import('./de.ts')).de,
  es: async () => (await import('./es.ts')).es,
  fr: async () => (await import('./fr.ts')).fr,
  he: async () => (await import('./he.ts')).he,
  ja: async () => (await import('./ja.ts')).ja,
  pt: async () => (await import('./pt.ts')).pt,
  zh: async () => (await import('./zh.ts')).zh,
}

/** What every bundle of a page shares: the locales that the page added, and the news of any locale. */
interface PageLocales {
  readonly added: Map<string, Translation>
  readonly news: EventTarget
}

const key = Symbol.for('att.locales')
const page = globalThis as { [key]?: PageLocales }
/** Whole for every caller: the tags that have further texts bring them along. */
let english = en as Messages
const loaded = new Map<string, Translation>()
const loading = new Set<string>()
let complete = new WeakMap<Translation, Messages>()

/** Adds English texts to those that the tags of a whole phone have. */
export function completeEnglish(texts: Translation): void {
  english = { ...english, ...texts }
  complete = new WeakMap()
  // A tag that stands in the page already may show them from now on.
  tell()
}

function pageLocales(): PageLocales {
  return (page[key] ??= { added: new Map(), news: new EventTarget() })
}

function tell(): void {
  pageLocales().news.dispatchEvent(new Event('change'))
}

/**
 * Adds a locale, or replaces one that comes with the tags. Tags that stand where the nearest `lang` asks for it are
 * drawn again.
 *
 * @param language tag of the language: `nl`, or `pt-BR` for one region alone
 * @param translation texts by the keys of the English ones; what is left out stays English
 * @throws {RangeError} when `language` is no language tag; nothing is added then
 */
export function registerLocale(language: string, translation: Translation): void {
  const [tag = ''] = Intl.getCanonicalLocales(language)
  pageLocales().added.set(tag, { language: tag, ...translation })
  tell()
  // What is left out of English is English.
  if (!/^en\b/.test(tag)) void tellMissing(tag, translation)
}

/** Tells the author of the page, once, what people will read in English. */
async function tellMissing(tag: string, translation: Translation): Promise<void> {
  try {
    const keys = (await import('./missing-texts.ts')).missingTexts(translation)
    if (keys.length > 0) warnAuthor('missing-texts', `${tag} (${keys.length}): ${keys.join(', ')}`)
  } catch {
    // The browser has said which file it could not load.
  }
}

/** Calls `listener` whenever a locale has come, until `signal` aborts. */
export function onLocaleChange(listener: () => void, signal: AbortSignal): void {
  pageLocales().news.addEventListener('change', listener, { signal })
}

/** The tag and what is more general, nearest first: `zh-Hant-TW`, `zh-Hant`, `zh`. */
function lookupRange(language: string): readonly string[] {
  let tag: string | undefined
  try {
    ;[tag] = Intl.getCanonicalLocales(language)
  } catch {
    // Pages are written by people: a word that is no language tag asks for nothing.
  }
  const parts = tag?.split('-') ?? []
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'))
}

async function load(language: string, chunk: () => Promise<Translation>): Promise<void> {
  if (loading.has(language)) return
  loading.add(language)
  try {
    loaded.set(language, await chunk())
    tell()
  } catch {
    // The browser has said which file it could not load. English stays, and the next tag asks again.
  } finally {
    loading.delete(language)
  }
}

const isTable = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The texts with nothing missing: what a translation leaves out is English, line by line of a table, too. */
function completed(translation: Translation): Messages {
  let messages = complete.get(translation)
  if (!messages) {
    const own = new Map<string, unknown>(Object.entries(translation))
    const pairs = Object.entries(english).map(([name, words]) => {
      const text = own.get(name)
      return [name, isTable(words) && isTable(text) ? { ...words, ...text } : (text ?? words)] as const
    })
    messages = Object.fromEntries(pairs) as unknown as Messages
    complete.set(translation, messages)
  }
  return messages
}

/** The texts of a language as far as they are here. */
export interface Locale {
  readonly messages: Messages
  /** Language tag for numbers, durations and dates: as the page has it where the texts are of that language. */
  readonly tag: string
  /** Whether better texts are on their way; `onLocaleChange` tells when they are there. */
  readonly pending: boolean
}

/**
 * The locale for a language tag: its own, else that of the more general tag, else English, which is also what there is
 * until a chunk has come.
 */
export function localeOf(language: string): Locale {
  const range = lookupRange(language)
  const own = range[0] ?? 'en'
  for (const tag of range) {
    const translation = pageLocales().added.get(tag) ?? loaded.get(tag)
    if (translation) return { messages: completed(translation), tag: own, pending: false }
    if (tag === 'en') return { messages: english, tag: own, pending: false }
    const chunk = chunks[tag]
    if (!chunk) continue
    void load(tag, chunk)
    return { messages: english, tag: 'en', pending: true }
  }
  return { messages: english, tag: 'en', pending: false }
}
