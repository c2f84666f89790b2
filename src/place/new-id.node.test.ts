import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newId } from './new-id.ts'

const version4 = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/

describe('an id', () => {
  it('is random', () => {
    const ids = new Set(Array.from({ length: 100 }, newId))
    assert.equal(ids.size, 100)
    for (const id of ids) assert.match(id, version4)
  })

  it('is random where the browser makes none, as on a page by plain http', (test) => {
    Object.defineProperty(crypto, 'randomUUID', { value: undefined, configurable: true })
    test.after(() => Reflect.deleteProperty(crypto, 'randomUUID'))
    const ids = new Set(Array.from({ length: 100 }, newId))
    assert.equal(ids.size, 100)
    for (const id of ids) assert.match(id, version4)
  })
})
