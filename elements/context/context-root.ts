import { ContextRoot } from '@lit/context'

const key = Symbol.for('att.context-root')
const page = globalThis as { [key]?: ContextRoot }

/**
 * Keeps what tags ask for until their provider is there, so that tags and provider may be upgraded in any order. Called
 * before any tag is registered; attached later, it would have missed the requests made until then.
 */
export function attachContextRoot(): void {
  if (!('document' in globalThis) || page[key]) return
  page[key] = new ContextRoot()
  page[key].attach(document.documentElement)
}
