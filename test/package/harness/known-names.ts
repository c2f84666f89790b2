import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { filesBelow, root } from '../../../scripts/project.ts'

interface Named {
  readonly name: string
}

interface Declaration {
  readonly tagName?: string
  readonly attributes?: readonly Named[]
  readonly events?: readonly Named[]
  readonly cssProperties?: readonly Named[]
  readonly cssParts?: readonly Named[]
  readonly slots?: readonly Named[]
}

/** Every name of the tags that a page can write, as `custom-elements.json` and the built files have them. */
export interface KnownNames {
  readonly tags: ReadonlyMap<string, ReadonlySet<string>>
  readonly events: ReadonlySet<string>
  readonly properties: ReadonlySet<string>
  readonly parts: ReadonlySet<string>
  readonly slots: ReadonlySet<string>
  /** Files of `dist/cdn`. */
  readonly scripts: ReadonlySet<string>
}

/** The events that the family fires at the document, where no tag of the manifest fires them. */
function documentEvents(): readonly string[] {
  return filesBelow('elements', '.ts')
    .flatMap((file) => /interface DocumentEventMap \{([^}]*)\}/.exec(readFileSync(path.join(root, file), 'utf8')) ?? [])
    .flatMap((map) => [...map.matchAll(/'(att-[a-z-]+)':/g)].map(([, name]) => name ?? ''))
}

export function readKnownNames(): KnownNames {
  const manifest = JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8')) as {
    readonly modules: readonly { readonly declarations?: readonly Declaration[] }[]
  }
  const elements = manifest.modules
    .flatMap(({ declarations }) => declarations ?? [])
    .filter((declaration): declaration is Declaration & { tagName: string } => declaration.tagName !== undefined)
  const names = (kind: 'events' | 'cssProperties' | 'cssParts' | 'slots'): ReadonlySet<string> =>
    new Set(elements.flatMap((element) => (element[kind] ?? []).map(({ name }) => name)))
  return {
    tags: new Map(
      elements.map(({ tagName, attributes = [] }) => [tagName, new Set(attributes.map(({ name }) => name))]),
    ),
    events: new Set([...names('events'), ...documentEvents()]),
    properties: names('cssProperties'),
    parts: names('cssParts'),
    slots: names('slots'),
    scripts: new Set(readdirSync(path.join(root, 'dist/cdn'))),
  }
}
