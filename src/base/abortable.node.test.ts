import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { abortable } from './abortable.ts'

describe('a promise that can be aborted', () => {
  it('resolves as it would', async () => {
    assert.equal(await abortable(Promise.resolve(1), new AbortController().signal), 1)
  })

  it('rejects as it would', async () => {
    const error = new Error('lost')
    await assert.rejects(abortable(Promise.reject(error), new AbortController().signal), error)
  })

  it('rejects with the reason of the signal when that aborts first', async () => {
    const end = new AbortController()
    const reason = new Error('hung up')
    const waiting = abortable(new Promise(() => undefined), end.signal)
    end.abort(reason)
    await assert.rejects(waiting, reason)
  })

  it('rejects at once when the signal has aborted before', async () => {
    const reason = new Error('hung up')
    await assert.rejects(abortable(new Promise(() => undefined), AbortSignal.abort(reason)), reason)
  })

  it('keeps a later failure from being unhandled', async () => {
    const end = new AbortController()
    let fail: (error: Error) => void = () => undefined
    const late = new Promise((_, reject) => (fail = reject))
    const waiting = abortable(late, end.signal)
    end.abort(new Error('hung up'))
    fail(new Error('lost'))
    await assert.rejects(waiting, /hung up/)
  })

  it('lets go of the signal when it has settled', async () => {
    let held = 0
    const signal = {
      aborted: false,
      reason: undefined,
      addEventListener: () => {
        held++
      },
      removeEventListener: () => {
        held--
      },
    }
    const waiting = abortable(Promise.resolve(), signal)
    assert.equal(held, 1)
    await waiting
    await Promise.resolve()
    assert.equal(held, 0)
  })
})
