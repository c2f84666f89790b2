import type * as AuthorChecks from './author-checks.ts'
import { warnAuthor } from './author-warnings.ts'

/** How long a page that has loaded may still be setting up its tags, in ms. */
const settling = 3000

/** Tags that count as one page's: each is looked at once. */
const looked = new WeakSet<Document>()

/** Calls `look` when the page has had time to set up what it loads, unless `signal` aborts before. */
function whenSettled(signal: AbortSignal, look: () => void): void {
  const wait = (): void => {
    const timer = setTimeout(look, settling)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }
  if (document.readyState === 'complete') wait()
  else addEventListener('load', wait, { once: true, signal })
}

/** The checks are for authors alone: no visitor waits for them. */
async function load(): Promise<typeof AuthorChecks | null> {
  try {
    return await import('./author-checks.ts')
  } catch {
    // The browser has said which file it could not load; the page works without.
    return null
  }
}

/** What a tag misses, and how it is written. */
export type Missing = readonly ['no-credentials' | 'for-nothing', string]

/** Looks at a tag when its page is set up. `missing` says what it still misses, if anything. */
export function checkLater(element: Element, signal: AbortSignal, missing: () => Missing | null): void {
  whenSettled(signal, () => {
    void load().then((checks) => {
      if (!signal.aborted) checks?.checkAttributes(element)
    })
    const found = missing()
    if (found) warnAuthor(...found)
  })
  if (looked.has(document)) return
  looked.add(document)
  // For the page, not for the tag that asked first.
  whenSettled(new AbortController().signal, () => {
    void load().then((checks) => checks?.checkUnknownTags())
  })
}

/** What the page's `credentials` give now; its author is told where that is nothing to sign in with. */
export async function askCredentials<Given>(credentials: () => Given | Promise<Given>): Promise<Given> {
  try {
    const given = await credentials()
    // With a text in it there is something to sign in with, and nothing to tell.
    const { token, password } = Object(given) as { token?: unknown; password?: unknown }
    if (!token && !password) void load().then((checks) => checks?.checkCredentials(given))
    return given
  } catch (error) {
    warnAuthor('credentials-failed', String(error))
    throw error
  }
}
