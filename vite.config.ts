import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'vite'

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
}

function esModule(
  outDir: string,
  entry: Record<string, string>,
  { external = () => false, entryFileNames = '[name].js', license = true }: ModuleOptions = {},
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
        // What the entry holds anyway need not be torn out of it for the sake of a chunk that is loaded later.
        preserveEntrySignatures: 'allow-extension',
        // A library in this format would keep its white space.
        output: { minify: true, entryFileNames, chunkFileNames: '[name]-[hash].js' },
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
      rolldownOptions: { output: { entryFileNames: '[name].js', codeSplitting: false } },
    },
  }
}

/**
 * The bundles, by mode. `cdn`: what a module script tag loads. `classic`: what a plain script tag loads. `on-demand`:
 * what the plain script loads when it is needed, since a script of that kind cannot be split. `engine`: the engine with
 * the gateway network alone, built only to be weighed.
 */
export const bundles: Readonly<Record<string, UserConfig>> = {
  cdn: esModule('dist/cdn', { 'att-phone': at('elements/cdn/att-phone.ts') }),
  classic: classicScript('dist/cdn', { att: at('elements/cdn/att.ts') }),
  'on-demand': esModule(
    'dist/cdn',
    {
      'att-sip': at('src/signaling/sip/sip-signaling.ts'),
      'att-numbers': at('src/phone/numbers/library-number-format.ts'),
    },
    // The module bundle beside it holds the same packages, and lists their licenses.
    { entryFileNames: '[name]-[hash].js', license: false },
  ),
  engine: esModule(
    'dist/measured',
    { engine: at('scripts/measured/engine-with-gateway.ts') },
    // What the registry would load: the gateway is in the bundle already, and no other network belongs to it.
    { external: (id, importer) => id.endsWith('-signaling.ts') && !!importer?.endsWith('/registry.ts') },
  ),
}

export default defineConfig(({ mode }) => {
  const bundle = bundles[mode]
  if (!bundle) throw new Error(`No bundle ${mode}: use --mode ${Object.keys(bundles).join(', ')}`)
  return bundle
})
