import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chunkOf, firstLoad, strayImports, type Chunk } from '../../scripts/bundle-graph.ts'

function chunk(fileName: string, imports: readonly string[], dynamicImports: readonly string[] = []): Chunk {
  return { fileName, imports, dynamicImports, facadeModuleId: `/project/src/${fileName}/index.ts`, moduleIds: [] }
}

const chunks = [chunk('entry', ['a'], ['lazy']), chunk('a', ['b', 'entry']), chunk('b', []), chunk('lazy', ['b'])]

describe('the first load of a bundle', () => {
  it('is the file and all it imports at once, however deep', () => {
    assert.deepEqual(firstLoad(chunks, 'entry'), ['entry', 'a', 'b'])
  })

  it('of a chunk loaded on demand holds what the chunk imports', () => {
    assert.deepEqual(firstLoad(chunks, 'lazy'), ['lazy', 'b'])
  })
})

describe('a bundle', () => {
  it('is self-contained when every import is one of its files', () => {
    assert.deepEqual(strayImports(chunks), [])
  })

  it('is not when a file imports a package', () => {
    assert.deepEqual(strayImports([chunk('entry', ['lit'])]), ['entry imports lit'])
  })

  it('is not when a file loads a package on demand', () => {
    assert.deepEqual(strayImports([chunk('entry', [], ['jssip'])]), ['entry imports jssip'])
  })

  it('has a chunk for each folder that is loaded on demand', () => {
    assert.equal(chunkOf(chunks, '/src/lazy/')?.fileName, 'lazy')
  })
})
