import type { Plugin } from 'vite'
import type { Chunk } from './bundle-graph.ts'

/** The module that tells where the script came from. */
const folderModule = 'virtual:script-folder'

/**
 * Read while the script runs, which is the only time it can be. The browser gives a classic script of another origin no
 * address that its `import()` could be relative to, unless its tag has `crossorigin`.
 */
const folderSource = `const { src } = globalThis.document?.currentScript ?? {}
export const scriptFolder = src ? src.replace(/[?#].*/, '').replace(/[^/]*$/, '') : './'
`

const dynamicImport = /\bimport\('(\.[^']+)'\)/g

/**
 * Lets a classic script, which cannot be split, load modules beside it: an `import()` of the source that one of these
 * chunks stands for loads that chunk from the folder of the script, any other becomes part of the script.
 *
 * A chunk brings its own copy of what it has in common with the script, so that nothing may depend on the two being one.
 */
export function loadOnDemand(chunks: readonly Chunk[]): Plugin {
  const files = new Map(chunks.map(({ facadeModuleId, fileName }) => [facadeModuleId, fileName]))
  return {
    name: 'load-on-demand',
    enforce: 'pre',
    resolveId: (specifier) => (specifier === folderModule ? `\0${folderModule}` : null),
    load: (id) => (id === `\0${folderModule}` ? folderSource : null),
    async transform(code, importer) {
      let changed = code
      for (const [found, specifier = ''] of code.matchAll(dynamicImport)) {
        const { id } = (await this.resolve(specifier, importer)) ?? {}
        const file = files.get(id ?? '')
        if (file) changed = changed.replaceAll(found, `import(/* @vite-ignore */ scriptFolder + '${file}')`)
      }
      if (changed === code) return null
      // On the first line, so that the lines of source maps stay right.
      return { code: `import { scriptFolder } from '${folderModule}';${changed}`, map: null }
    },
  }
}
