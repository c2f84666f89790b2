import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Lazy } from './lazy.ts'

/** Loads numbers in their order; the first `failures` attempts fail. */
function numbers(failures = 0): Lazy<number> {
  let attempt = 0
  return new Lazy(async () => {
    attempt++
    if (attempt <= failures) throw new Error(`attempt ${attempt}`)
    return attempt
  })
}

describe('something lazy', () => {
  it('is loaded once, however often it is used', async () => {
    const lazy = numbers()
    assert.deepEqual(await Promise.all([lazy.get(), lazy.get()]), [1, 1])
    assert.equal(await lazy.get(), 1)
  })

  it('fails for every caller who waits for an attempt that fails', async () => {
    const lazy = numbers(1)
    const outcomes = await Promise.allSettled([lazy.get(), lazy.get()])
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['rejected', 'rejected'],
    )
  })

  it('is asked for again after a failure', async () => {
    const lazy = numbers(1)
    await assert.rejects(lazy.get(), /attempt 1/)
    assert.equal(await lazy.get(), 2)
  })

  it('is told something once it is there', async () => {
    const lazy = numbers()
    const told: number[] = []
    const loading = lazy.get()
    lazy.tell((value) => told.push(value))
    await loading
    assert.deepEqual(told, [1])
  })

  it('is not loaded to be told something', async () => {
    const lazy = numbers()
    const told: number[] = []
    lazy.tell((value) => told.push(value))
    await Promise.resolve()
    assert.deepEqual(told, [])
  })
})
