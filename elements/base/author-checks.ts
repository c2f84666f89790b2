import { warnAuthor } from './author-warnings.ts'

/** How long a page that has loaded may still be setting up its tags, in ms. */
const settling = 3000

/** Names that a secret goes by in markup, where everybody reads it. */
const secrets = /^(access-?)?token$|^password$|^secret$|^api-?key$|^credentials$/i

/** Values that an attribute of any tag can have; what is not here takes any. */
const values: Readonly<Record<string, readonly string[]>> = {
  'media-type': ['audio', 'video'],
  shortcuts: ['phone', 'page', 'off'],
  density: ['compact', 'normal'],
}

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

const written = ({ localName }: Element): string => `<${localName}>`

/** What the attributes of a tag say that cannot be meant. */
function checkAttributes(element: Element): void {
  for (const { name, value } of element.attributes) {
    if (secrets.test(name) && value) warnAuthor('secret-attribute', `${written(element)} has ${name}="…"`)
    const known = values[name]
    if (known && value && !known.includes(value)) {
      warnAuthor('attribute-value', `${name}="${value}" of ${written(element)} is none of ${known.join(', ')}`)
    }
  }
  const server = element.getAttribute('server')?.trim()
  const user = element.getAttribute('user-id')
  const tag = `${written(element).slice(0, -1)} server="${server ?? ''}">`
  if (server && !server.split(/\s+/).every((each) => /^(https?|wss?):\/\/[^/]/i.test(each))) {
    warnAuthor('server-address', tag)
  } else if (server && /^wss?:/i.test(server) && !user?.trim() && !element.hasAttribute('guest')) {
    warnAuthor('no-user-id', tag)
  }
  if (user && /[\s<>"\p{Cc}]|:\/\/|@.*@|@$/u.test(user.trim())) warnAuthor('bad-user-id', `user-id="${user}"`)
}

/** What a tag misses, and how it is written. */
export type Missing = readonly ['no-credentials' | 'for-nothing', string]

/** Looks at a tag when its page is set up. `missing` says what it still misses, if anything. */
export function checkLater(element: Element, signal: AbortSignal, missing: () => Missing | null): void {
  whenSettled(signal, () => {
    checkAttributes(element)
    const found = missing()
    if (found) warnAuthor(...found)
  })
  if (looked.has(document)) return
  looked.add(document)
  // For the page, not for the tag that asked first.
  whenSettled(new AbortController().signal, () => {
    const unknown = [...document.querySelectorAll(':not(:defined)')].filter(({ localName }) =>
      localName.startsWith('att-'),
    )
    for (const name of new Set(unknown.map(written))) warnAuthor('unknown-tag', name)
  })
}

/** What `credentials` of the page gave. What is in it is never told. */
function checkCredentials(given: unknown): void {
  const { token, password } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  if ([token, password].some((each) => typeof each === 'string' && each !== '')) return
  const what = typeof given === 'object' && given !== null ? 'an object without token or password' : typeof given
  warnAuthor('empty-credentials', given === null ? 'null' : what)
}

/** What the page's `credentials` give now; its author is told where that is nothing to sign in with. */
export async function askCredentials<Given>(credentials: () => Given | Promise<Given>): Promise<Given> {
  try {
    const given = await credentials()
    checkCredentials(given)
    return given
  } catch (error) {
    warnAuthor('credentials-failed', String(error))
    throw error
  }
}
