import { generateJsxTypes } from '@wc-toolkit/jsx-types'
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration'
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { root } from './project.ts'

/** What adds the events of the tags to the map of the DOM. */
const eventTypes = "import type {} from '../elements/events/phone-dom-event.js'"

/** Where the package has them, below the project's root. */
export const typesFolder = 'dist/types'

/** A custom elements manifest, by its schema. */
type Manifest = Parameters<typeof generateJsxTypes>[0]

/** The same, as the generators for editors have it. */
type EditorManifest = Parameters<typeof generateVsCodeCustomElementData>[0] &
  Parameters<typeof generateJetBrainsWebTypes>[0]

interface Described {
  readonly description?: string | undefined
  readonly readonly?: boolean | undefined
}

const isReadOnly = ({ description = '', readonly = false }: Described): boolean =>
  readonly || description.includes('Read-only')

const readManifest = (): unknown => JSON.parse(readFileSync(path.join(root, 'custom-elements.json'), 'utf8'))

/** The tags alone, with what an author may write, and events by their place in the DOM's own map, which has types. */
function forAuthors(): Manifest {
  const manifest = readManifest() as Manifest
  for (const module of manifest.modules) {
    module.declarations = (module.declarations ?? []).filter((declaration) => 'tagName' in declaration)
    for (const declaration of module.declarations) {
      if (!('tagName' in declaration)) continue
      declaration.attributes = (declaration.attributes ?? []).filter((attribute) => !isReadOnly(attribute))
      declaration.members = (declaration.members ?? []).filter((member) => !isReadOnly(member))
      for (const event of declaration.events ?? []) event.type = { text: `HTMLElementEventMap['${event.name}']` }
    }
  }
  return manifest
}

/** Tag and class of each declaration, in the order of the manifest. */
function tagsOf({ modules }: Manifest): readonly { readonly tag: string; readonly name: string }[] {
  return modules.flatMap(({ declarations = [] }) =>
    declarations.flatMap((declaration) =>
      'tagName' in declaration && declaration.tagName ? [{ tag: declaration.tagName, name: declaration.name }] : [],
    ),
  )
}

/**
 * The part of the generated text that holds the properties of each tag. What follows are the elements of a dozen
 * frameworks at once, in one module: they clash where a project has one of them, and know neither `ref` nor `key` of
 * React. `types/` says per framework what an element is.
 */
function propsIn(text: string): string {
  const start = text.search(/^export type \w+Props = \{/m)
  const end = text.search(/^export type CustomElements = \{/m)
  if (start < 0 || end < start)
    throw new Error('The types of the tags come in another form: mend propsIn in tag-types.ts')
  const imports = text.match(/^import type .*$/gm) ?? []
  // The comment of what is left out stands before it.
  return [...imports, eventTypes, '', text.slice(start, text.lastIndexOf('};', end) + 3)].join('\n')
}

/** Writes what a tag takes, for each framework that is written with types and each editor, from the manifest. */
export function buildTagTypes(): void {
  const outdir = path.join(root, typesFolder)
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  const manifest = forAuthors()
  generateJsxTypes(manifest, {
    outdir,
    fileName: 'tags.d.ts',
    componentTypePath: (_name, tag) => `../elements/${tag ?? ''}/${tag ?? ''}.js`,
  })
  const file = path.join(outdir, 'tags.d.ts')
  const tags = tagsOf(manifest)
  const map = (name: string, suffix: string): string =>
    `export interface ${name} {\n${tags.map(({ tag, name }) => `  '${tag}': ${name}${suffix}\n`).join('')}}\n`
  const maps = [
    map('TagProps', 'Props'),
    map('SolidTagProps', 'SolidJsProps'),
    'export type TagName = keyof TagProps\n',
  ]
  writeFileSync(file, `${propsIn(readFileSync(file, 'utf8'))}\n${maps.join('\n')}`)
  generateVsCodeCustomElementData(readManifest() as EditorManifest, { outdir, hideLogs: true })
  generateJetBrainsWebTypes(readManifest() as EditorManifest, { outdir, packageJson: false, hideLogs: true })
  for (const name of readdirSync(path.join(root, 'types')))
    copyFileSync(path.join(root, 'types', name), path.join(outdir, name))
}
