import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { isStale } from '../../scripts/freshness.ts'
import { root } from '../../scripts/project.ts'

/** Minutes after an arbitrary moment. */
const minute = (count: number): Date => new Date(Date.UTC(2026, 0, 1, 0, count))

describe('a product of the build', () => {
  let folder = ''
  const place = (name: string): string => path.relative(root, path.join(folder, name))

  function write(name: string, time: Date): void {
    const file = path.join(folder, name)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, '')
    utimesSync(file, time, time)
    utimesSync(path.dirname(file), time, time)
  }

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'att-phone-freshness-'))
    write('src/phone.ts', minute(1))
    write('product.js', minute(2))
  })

  afterEach(() => rmSync(folder, { recursive: true }))

  it('is fresh when it is newer than its sources', () => {
    assert.equal(isStale(place('product.js'), [place('src')]), false)
  })

  it('is stale when a source changed after it', () => {
    write('src/phone.ts', minute(3))
    assert.equal(isStale(place('product.js'), [place('src')]), true)
  })

  it('is stale when a source was removed after it', () => {
    utimesSync(path.join(folder, 'src'), minute(3), minute(3))
    assert.equal(isStale(place('product.js'), [place('src')]), true)
  })

  it('is stale when it is missing', () => {
    assert.equal(isStale(place('other.js'), [place('src')]), true)
  })

  it('does not care for a test that changed', () => {
    write('src/phone.test.ts', minute(3))
    utimesSync(path.join(folder, 'src'), minute(1), minute(1))
    assert.equal(isStale(place('product.js'), [place('src')]), false)
  })
})
