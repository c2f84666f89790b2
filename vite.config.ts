import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'vite'
import { version } from './src/base/version.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** What every bundle has in common: browsers of the last two years, one folder that can lie at any address. */
const common = {
  base: './',
  publicDir: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    sourcemap: true,
    minify: true,
    emptyOutDir: false,
    reportCompressedSize: false,
  },
} satisfies UserConfig

interface ModuleOptions {
  readonly external?: (id: string, importer: string | undefined) => boolean
  /** Default `[name].js`: entries keep their address. */
  readonly entryFileNames?: string
  /** Whether to list the licenses of what is inside. Default `true`. */
  readonly license?: boolean
  /** What stays in one file although it is also loaded on demand, or by several entries. */
  readonly together?: typeof oneFile | typeof baseFile
}

/** Which version a file is of, and where the licences of what is inside stand, for people who find it on a host. */
const postBanner = `/*! att-phone ${version}, Apache-2.0, see licenses.md */`

/** All that an entry imports at once, in the file of the entry: one request. */
const oneFile = { name: 'att-phone', tags: ['$initial' as const] }

/**
 * What most tags share, in one file beside them. The loader needs the context alone, and must not bring the rest along.
 */
const baseFile = { name: 'att-base', minShareCount: 5, test: /^(?!.*(@lit[\\/]context|context-root))/ }

function esModule(
  outDir: string,
  entry: Record<string, string>,
  { external = () => false, entryFileNames = '[name].js', license = true, together }: ModuleOptions = {},
): UserConfig {
  return {
    ...common,
    build: {
      ...common.build,
      outDir: at(outDir),
      license: license && { fileName: 'licenses.md' },
      // As a library: an application's `import()` would be wrapped in code that preloads style sheets.
      lib: { entry, formats: ['es'] },
      rolldownOptions: {
        external,
        // The loader of tags names those, too, that a bundle holds anyway.
        checks: { ineffectiveDynamicImport: false },
        // What the entry holds anyway need not be torn out of it for the sake of a chunk that is loaded later.
        preserveEntrySignatures: 'allow-extension',
        // A library in this format would keep its white space.
        output: {
          minify: true,
          // What a page loads is not bundled again: hints for that only weigh.
          comments: { annotation: false },
          postBanner,
          entryFileNames,
          chunkFileNames: '[name]-[hash].js',
          ...(together && { codeSplitting: { includeDependenciesRecursively: false, groups: [together] } }),
        },
      },
    },
  }
}

function classicScript(outDir: string, entry: Record<string, string>): UserConfig {
  return {
    ...common,
    build: {
      ...common.build,
      outDir: at(outDir),
      lib: { entry, formats: ['iife'], name: 'ATT' },
      rolldownOptions: { output: { entryFileNames: '[name].js', codeSplitting: false, postBanner } },
    },
  }
}

/** The tags that have no bundle of their own in elements/cdn. */
function singleTags(): Record<string, string> {
  const names = (folder: string): readonly string[] =>
    readdirSync(at(folder))
      .filter((file) => /^att-[a-z-]+\.ts$/.test(file))
      .map((file) => path.basename(file, '.ts'))
  const bundled = names('elements/cdn')
  const single = names('elements/define').filter((tag) => !bundled.includes(tag))
  return Object.fromEntries(single.map((tag) => [tag, at(`elements/define/${tag}.ts`)]))
}

/**
 * The bundles, by mode. `cdn`: what a module script tag loads. `call-button`: the one for a page that only wants to be
 * called. `tags`: one file for each other tag, and the loader that fetches what a page holds. `classic`: what a plain
 * script tag loads. `on-demand`: what the plain script loads when it is needed, since a script of that kind cannot be
 * split. `engine`: the engine with the gateway network alone, built only to be weighed.
 */
export const bundles: Readonly<Record<string, UserConfig>> = {
  cdn: esModule('dist/cdn', { 'att-phone': at('elements/cdn/att-phone.ts') }, { together: oneFile }),
  // Not a second entry of `cdn`: what the two have in common would become files that each of them has to load first.
  'call-button': esModule(
    'dist/cdn',
    { 'att-call-button': at('elements/cdn/att-call-button.ts') },
    { license: false, together: { ...oneFile, name: 'att-call-button' } },
  ),
  tags: esModule(
    'dist/cdn',
    { ...singleTags(), autoloader: at('elements/cdn/autoloader.ts'), locales: at('elements/cdn/locales.ts') },
    { license: false, together: baseFile },
  ),
  classic: classicScript('dist/cdn', { att: at('elements/cdn/att.ts') }),
  'on-demand': esModule(
    'dist/cdn',
    {
      'att-sip': at('src/signaling/sip/sip-signaling.ts'),
      'att-conference': at('src/phone/conference/conferencing.ts'),
      'att-gateway-conference': at('src/signaling/gateway/gateway-conference.ts'),
      'att-pictures': at('src/signaling/gateway/pictured-leg.ts'),
      'att-devices': at('src/phone/devices/device-settings.ts'),
      'att-kept-calls': at('src/phone/kept-calls.ts'),
      'att-device-methods': at('src/phone/devices/device-methods.ts'),
      'att-log-record': at('src/base/log-record.ts'),
      'att-numbers': at('src/phone/numbers/library-number-format.ts'),
    },
    // The module bundle beside it holds the same packages, and lists their licenses.
    { entryFileNames: '[name]-[hash].js', license: false },
  ),
  engine: esModule(
    'dist/measured',
    { engine: at('scripts/measured/engine-with-gateway.ts') },
    // What the registry would load: the gateway is in the bundle already, and no other network belongs to it.
    {
      external: (id, importer) => id.endsWith('-signaling.ts') && !!importer?.endsWith('/registry.ts'),
      together: { ...oneFile, name: 'engine' },
    },
  ),
}

export default defineConfig(({ mode }) => {
  const bundle = bundles[mode]
  if (!bundle) throw new Error(`No bundle ${mode}: use --mode ${Object.keys(bundles).join(', ')}`)
  return bundle
})
