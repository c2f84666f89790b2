import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { localeOf, onLocaleChange, type Locale, type Messages } from '../locales/locale-table.ts'
import { markLanguage, nearest } from './language.ts'
import { onTreeChange } from './tree-watch.ts'

interface Host extends ReactiveControllerHost, Element {
  readonly renderRoot: HTMLElement | DocumentFragment
}

/**
 * Language and direction of a tag: those of where it stands, now and when that changes. Its host is drawn again when
 * its texts change.
 */
export class Localization implements ReactiveController {
  #language = ''
  #direction: string | null = null
  #locale: Locale = localeOf('')
  #connection: AbortController | null = null

  constructor(private readonly host: Host) {
    host.addController(this)
  }

  get messages(): Messages {
    return this.#locale.messages
  }

  /** Language tag that numbers, durations and dates are written by. */
  get locale(): string {
    return this.#locale.tag
  }

  hostConnected(): void {
    this.#connection = new AbortController()
    const { signal } = this.#connection
    const read = (): void => this.#read()
    onTreeChange(this.host, read, signal)
    onLocaleChange(read, signal)
    read()
  }

  hostDisconnected(): void {
    this.#connection?.abort()
    this.#connection = null
  }

  /** What is in the tag says which language it is in where that is not the page's. */
  hostUpdated(): void {
    const { messages, pending } = this.#locale
    const foreign = !pending && this.#language !== '' && !sameLanguage(this.#language, messages.language)
    for (const element of this.host.renderRoot.children) {
      if (element instanceof HTMLSlotElement || element instanceof HTMLStyleElement) continue
      markLanguage(element, foreign ? messages.language : null, this.#direction)
    }
  }

  #read(): void {
    const language = nearest(this.host, 'lang') ?? ''
    const locale = localeOf(language)
    const direction = directionOf(nearest(this.host, 'dir'), locale.messages)
    const { messages, tag, pending } = this.#locale
    const same =
      language === this.#language &&
      direction === this.#direction &&
      messages === locale.messages &&
      tag === locale.tag &&
      pending === locale.pending
    if (same) return
    this.#language = language
    this.#direction = direction
    this.#locale = locale
    this.host.requestUpdate()
  }
}

function sameLanguage(one: string, other: string): boolean {
  return one.toLowerCase().split('-', 1)[0] === other.toLowerCase().split('-', 1)[0]
}

/** The page's word goes first. Without one a locale that is read from the right says so; any other takes the page's. */
function directionOf(dir: string | null, { direction }: Messages): 'ltr' | 'rtl' | null {
  const said = dir?.toLowerCase()
  if (said === 'ltr' || said === 'rtl') return said
  return said !== 'auto' && direction === 'rtl' ? 'rtl' : null
}
