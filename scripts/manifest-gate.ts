/** The part of a custom elements manifest (schema 1) that is checked. */
export interface Manifest {
  readonly modules: readonly {
    readonly path: string
    readonly declarations?: readonly Declaration[]
  }[]
}

interface Declaration {
  readonly name?: string
  readonly tagName?: string
  readonly description?: string
  readonly summary?: string
  readonly members?: readonly Named[]
  readonly attributes?: readonly Named[]
  readonly events?: readonly Named[]
  readonly slots?: readonly Named[]
  readonly cssParts?: readonly Named[]
  readonly cssProperties?: readonly Named[]
  readonly cssStates?: readonly Named[]
}

interface Named {
  readonly name?: string
  readonly description?: string
}

/** The lists of an entry that page authors read; each line of them says what it is for. */
const documented = ['attributes', 'events', 'slots', 'cssParts', 'cssProperties', 'cssStates'] as const

function problemsOf(entry: Declaration, tag: string): readonly string[] {
  const problems: string[] = []
  if (!entry.description && !entry.summary) problems.push(`<${tag}> has no description`)
  for (const list of [...documented, 'members'] as const) {
    for (const { name } of entry[list] ?? []) {
      // The default slot is the one whose name is empty.
      if (name === undefined || (name === '' && list !== 'slots'))
        problems.push(`<${tag}> has a nameless entry in ${list}`)
    }
  }
  for (const list of documented) {
    for (const { name, description } of entry[list] ?? []) {
      if (name !== undefined && !description)
        problems.push(`<${tag}> does not describe ${name || 'the default slot'} (${list})`)
    }
  }
  return problems
}

/** What is wrong with a manifest, given the tags that are registered: one line each, none when all is well. */
export function manifestProblems(manifest: Manifest, tags: readonly string[]): readonly string[] {
  const entries = manifest.modules.flatMap(({ declarations = [] }) => declarations)
  const sources = manifest.modules.filter(({ path }) => path.endsWith('.ts')).map(({ path }) => path)
  return [
    ...sources.map((path) => `${path} is a source, not a path of the package`),
    ...tags.flatMap((tag) => {
      const entry = entries.find(({ tagName }) => tagName === tag)
      return entry
        ? problemsOf(entry, tag)
        : [`<${tag}> is registered and has no entry: its class needs @tagname ${tag}`]
    }),
    ...entries.flatMap(({ name, tagName }) => {
      if (!name) return ['an entry has no name']
      return tagName === undefined || tags.includes(tagName) ? [] : [`<${tagName}> has an entry and is not registered`]
    }),
  ]
}
