import { warnAuthor } from './author-warnings.ts'

/** Names that a secret goes by in markup, where everybody reads it. */
const secrets = /^(access-?)?token$|^password$|^secret$|^api-?key$|^credentials$/i

/** Values that an attribute of any tag can have; what is not here takes any. */
const values: Readonly<Record<string, readonly string[]>> = {
  'media-type': ['audio', 'video'],
  shortcuts: ['phone', 'page', 'off'],
  action: ['hold', 'end'],
  layout: ['grid', 'speaker'],
  density: ['normal', 'compact'],
}

/** Attributes that take several of these words. */
const words: Readonly<Record<string, readonly string[]>> = {
  roles: ['microphone', 'camera', 'speaker', 'ringer', 'options'],
}

const written = ({ localName }: Element): string => `<${localName}>`

/** What the attributes of a tag say that cannot be meant. */
export function checkAttributes(element: Element): void {
  for (const { name, value } of element.attributes) {
    if (secrets.test(name) && value) warnAuthor('secret-attribute', `${written(element)} has ${name}="…"`)
    const said = value.trim().toLowerCase()
    const known = values[name] ?? words[name]
    const each = name in words ? said.split(/\s+/) : [said]
    if (known && said && !each.every((word) => known.includes(word))) {
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

/** What `credentials` of the page gave. What is in it is never told. */
export function checkCredentials(given: unknown): void {
  const { token, password } = (typeof given === 'object' && given !== null ? given : {}) as Record<string, unknown>
  if ([token, password].some((each) => typeof each === 'string' && each !== '')) return
  const what = typeof given === 'object' && given !== null ? 'an object without token or password' : typeof given
  warnAuthor('empty-credentials', given === null ? 'null' : what)
}

/** Tags of the page that begin as ours do, and are none. */
export function checkUnknownTags(): void {
  const unknown = [...document.querySelectorAll(':not(:defined)')].filter(({ localName }) =>
    localName.startsWith('att-'),
  )
  for (const name of new Set(unknown.map(written))) warnAuthor('unknown-tag', name)
}
