import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { loadedNumberFormat, loadNumberFormat } from './load-number-format.ts'

describe('the metadata of numbers', () => {
  it('is not there at first, and is when it was loaded', async () => {
    assert.equal(loadedNumberFormat(), null)
    assert.equal(await loadNumberFormat(), loadedNumberFormat())
  })

  it('is loaded once', () => {
    assert.equal(loadNumberFormat(), loadNumberFormat())
  })
})
