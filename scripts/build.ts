import { copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { build as bundle, type Plugin } from 'vite'
import { bundles } from '../vite.config.ts'
import { chunkOf, firstLoad, strayImports, type Chunk } from './bundle-graph.ts'
import { compress } from './compress.ts'
import { isStale } from './freshness.ts'
import { writeIntegrity } from './integrity.ts'
import { writeSbom } from './licences.ts'
import { loadOnDemand } from './load-on-demand.ts'
import { mustRun, root } from './project.ts'
import { publishSpecifiers } from './publish-specifiers.ts'
import { slimJssip } from './slim-jssip.ts'
import { slimTemplates } from './slim-templates.ts'
import { buildTagTypes } from './tag-types.ts'

/** One thing the build makes. */
interface Target {
  /** The file whose age tells how old the target is. */
  readonly product: string
  readonly sources: readonly string[]
  readonly make: () => Promise<void>
}

/** What stands beside the scripts: sizes to reserve for the tags, and what editors and the demo read of them. */
const besideScripts = ['elements/cdn/att-phone.css', 'custom-elements.json'] as const

const settings = ['package.json', 'package-lock.json', 'tsconfig.base.json']

/** Bundles by the mode of vite.config.ts and says what was written. */
async function chunksOf(mode: string, plugins: Plugin[] = []): Promise<readonly Chunk[]> {
  const config = bundles[mode]
  if (!config) return []
  const result = await bundle({
    ...config,
    plugins: [slimJssip(), slimTemplates(), ...plugins],
    root,
    configFile: false,
  })
  if (!Array.isArray(result)) throw new Error('The bundler watches instead of building')
  return result.flatMap(({ output }) => output).filter((part) => part.type === 'chunk')
}

/** Writes which files a first load is made of, for size-limit to weigh. */
function recordWeighed(name: string, folder: string, files: readonly string[]): void {
  mkdirSync(path.join(root, 'dist/measured'), { recursive: true })
  const paths = files.map((file) => `${folder}/${file}`)
  writeFileSync(path.join(root, 'dist/measured', `${name}.json`), JSON.stringify(paths, null, 2))
}

/** Removes what an earlier build left in a folder that is being served: new files first, then the old ones go. */
function removeOthers(folder: string, keep: ReadonlySet<string>): void {
  for (const name of readdirSync(path.join(root, folder))) {
    if (!keep.has(name) && !keep.has(name.replace(/\.(map|br)$/, ''))) rmSync(path.join(root, folder, name))
  }
}

/** What a page loads on top of `first` when it uses SIP. */
function addedBySip(chunks: readonly Chunk[], first: readonly string[]): readonly string[] {
  const sip = chunkOf(chunks, '/src/signaling/sip/')
  if (!sip) throw new Error('The SIP network has no chunk of its own')
  return firstLoad(chunks, sip.fileName).filter((name) => !first.includes(name))
}

async function buildCdn(): Promise<void> {
  const modules = await chunksOf('cdn')
  const callButton = await chunksOf('call-button')
  const singleTags = await chunksOf('tags')
  const onDemand = await chunksOf('on-demand')
  // The tags are a bundle of their own; the other chunks of that bundle would bring them along.
  const tags = modules.filter(({ fileName }) => fileName === 'att-phone.js')
  const classic = await chunksOf('classic', [loadOnDemand([...tags, ...onDemand])])
  const chunks = [...modules, ...callButton, ...singleTags, ...onDemand, ...classic]
  const stray = strayImports(chunks)
  if (stray.length > 0) throw new Error(`dist/cdn is not self-contained: ${stray.join(', ')}`)
  // A page that imports the script in TypeScript gets the type of the global it defines.
  writeFileSync(path.join(root, 'dist/cdn/att.d.ts'), '/// <reference path="../src/att/global.d.ts" />\nexport {}\n')
  for (const file of besideScripts)
    copyFileSync(path.join(root, file), path.join(root, 'dist/cdn', path.basename(file)))
  const scripts = chunks.map(({ fileName }) => fileName)
  const others = ['licenses.md', 'att.d.ts', ...besideScripts.map((file) => path.basename(file))]
  const written = writeIntegrity('dist/cdn', scripts)
  compress('dist/cdn', [...scripts, ...besideScripts.map((file) => path.basename(file))])
  writeSbom()
  removeOthers('dist/cdn', new Set([...scripts, ...others, ...written]))
  const first = firstLoad(modules, 'att-phone.js')
  recordWeighed('cdn', 'dist/cdn', first)
  recordWeighed('sip', 'dist/cdn', addedBySip(modules, first))
  recordWeighed('autoloader', 'dist/cdn', firstLoad(singleTags, 'autoloader.js'))
  recordWeighed('call-button', 'dist/cdn', firstLoad(callButton, 'att-call-button.js'))
}

async function buildEngine(): Promise<void> {
  const chunks = await chunksOf('engine')
  const files = firstLoad(chunks, 'engine.js')
  const lit = chunks.flatMap(({ moduleIds }) => moduleIds).filter((id) => /node_modules\/(@lit|lit)/.test(id))
  if (lit.length > 0) throw new Error(`The engine brings Lit along: ${lit.join(', ')}`)
  recordWeighed('engine', 'dist/measured', files)
}

async function buildModules(): Promise<void> {
  const folders = ['dist/src', 'dist/elements']
  for (const folder of folders) rmSync(path.join(root, folder), { recursive: true, force: true })
  await mustRun('npx', ['tsc', '-p', 'tsconfig.build.json'])
  publishSpecifiers(...folders)
  buildTagTypes()
}

const targets = {
  gateway: {
    product: 'gateway/dist/cli.js',
    sources: [...settings, 'gateway', 'src/exchange', 'src/base'],
    make: () => mustRun('npm', ['run', 'build', '--silent', '-w', 'gateway']),
  },
  cdn: {
    product: 'dist/cdn/att-phone.js',
    sources: [...settings, 'vite.config.ts', 'custom-elements.json', 'src', 'elements'],
    make: buildCdn,
  },
  modules: {
    product: 'dist/elements/index.js',
    sources: [...settings, 'tsconfig.json', 'tsconfig.build.json', 'custom-elements.json', 'types', 'src', 'elements'],
    make: buildModules,
  },
  engine: { product: 'dist/measured/engine.js', sources: [...settings, 'vite.config.ts', 'src'], make: buildEngine },
} satisfies Record<string, Target>

export type TargetName = keyof typeof targets

const isTarget = (name: string): name is TargetName => name in targets

/** Makes the targets that are missing or older than their sources; with `force`, all of them. */
export async function build(names: readonly TargetName[], { force = false } = {}): Promise<void> {
  for (const name of names) {
    const { product, sources, make }: Target = targets[name]
    if (!force && !isStale(product, sources)) continue
    console.log(`building ${name}`)
    await make()
  }
}

if (process.argv[1] === import.meta.filename) {
  const wanted = process.argv.slice(2)
  const names = wanted.filter(isTarget)
  if (names.length !== wanted.length) {
    console.error(`Usage: npm run build [-- ${Object.keys(targets).join(' ')}]`)
    process.exit(1)
  }
  await build(names.length > 0 ? names : (Object.keys(targets) as TargetName[]), { force: true })
}
