import { en } from './en.ts'

/** A locale: the same keys as `en`, which is its template. */
export type Messages = typeof en

const table = new Map<string, Messages>([['en', en]])

/** Adds a locale, `fr` or `pt-BR`. Tags rendered from then on use it where the nearest `lang` asks for it. */
export function registerLocale(language: string, messages: Messages): void {
  table.set(language.toLowerCase(), messages)
}

/** The nearest `lang`, out through shadow roots. */
function languageOf(element: Element): string {
  for (let node: Element | null = element; node;) {
    const holder: Element | null = node.closest('[lang]')
    if (holder) return holder.getAttribute('lang') ?? ''
    const root = node.getRootNode()
    node = root instanceof ShadowRoot ? root.host : null
  }
  return ''
}

/** The texts for where `element` stands: its language and region, its language, else English. */
export function messagesFor(element: Element): Messages {
  if (table.size === 1) return en
  const language = languageOf(element).toLowerCase()
  return table.get(language) ?? table.get(language.split('-', 1)[0] ?? '') ?? en
}
