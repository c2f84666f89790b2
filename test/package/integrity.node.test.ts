import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, it } from 'node:test'
import { importMap } from '../../scripts/integrity.ts'
import { root } from '../../scripts/project.ts'
import { version } from '../../src/base/version.ts'

const folder = path.join(root, 'dist/cdn')
const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8')
const scripts = readdirSync(folder).filter((file) => file.endsWith('.js'))

describe('what the build publishes of its files', () => {
  const published = JSON.parse(read('integrity.json')) as { version: string; files: Record<string, string> }

  it('says of which version they are', () => {
    assert.equal(published.version, version)
  })

  it('has the hash of every script, as openssl would make it', () => {
    const hash = (file: string): string =>
      `sha384-${createHash('sha384')
        .update(readFileSync(path.join(folder, file)))
        .digest('base64')}`
    assert.deepEqual(published.files, Object.fromEntries(scripts.sort().map((file) => [file, hash(file)])))
  })

  it('has the same hashes in the import map', () => {
    const { integrity } = JSON.parse(read('import-map.json')) as ReturnType<typeof importMap>
    assert.deepEqual(
      integrity,
      Object.fromEntries(Object.entries(published.files).map(([file, hash]) => [`./${file}`, hash])),
    )
  })

  it('maps the names that npm users import to files that are there', () => {
    const { imports } = JSON.parse(read('import-map.json')) as ReturnType<typeof importMap>
    const missing = Object.values(imports).filter((file) => !scripts.includes(file.slice(2)))
    assert.deepEqual(missing, [])
  })

  it('names the version in every script', () => {
    const unnamed = scripts.filter((file) => !read(file).slice(0, 100).includes(`att-phone ${version}`))
    assert.deepEqual(unnamed, [])
  })

  it('says in every script where the licences stand', () => {
    assert.deepEqual(
      scripts.filter((file) => !/^\/\*![^*]*licenses\.md/.test(read(file))),
      [],
    )
    assert.match(read('licenses.md'), /jssip/)
  })
})

describe('the import map', () => {
  it('has no name for a file whose name changes from build to build', () => {
    const { imports } = importMap({ 'att-phone.js': 'a', 'att-dialpad.js': 'b', 'att-base-D-YkHFNT.js': 'c' })
    assert.deepEqual(imports, {
      'att-phone': './att-phone.js',
      'att-phone/define/autoloader.js': './autoloader.js',
      'att-phone/define/att-dialpad.js': './att-dialpad.js',
    })
  })
})
