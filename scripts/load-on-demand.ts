import type { Plugin } from 'vite'
import type { Chunk } from './bundle-graph.ts'

/**
 * Lets a classic script, which cannot be split, load modules beside it: an `import()` of the source that one of these
 * chunks stands for loads that chunk, any other becomes part of the script.
 *
 * A chunk brings its own copy of what it has in common with the script, so that nothing may depend on the two being one.
 */
export function loadOnDemand(chunks: readonly Chunk[]): Plugin {
  const files = new Map(chunks.map(({ facadeModuleId, fileName }) => [facadeModuleId, fileName]))
  return {
    name: 'load-on-demand',
    enforce: 'pre',
    async resolveId(specifier, importer) {
      const { id } = (await this.resolve(specifier, importer)) ?? {}
      const file = files.get(id ?? '')
      return file === undefined ? null : { id: `./${file}`, external: 'relative' }
    },
  }
}
