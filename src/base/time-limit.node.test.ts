import assert from 'node:assert/strict'
import { once } from 'node:events'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { timeLimit } from './time-limit.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

/** A limit alone does not keep the process up. */
const stayUp = (): NodeJS.Timeout => setTimeout(() => {}, 1000)

describe('a limit of time', () => {
  it('aborts when the time is over', async () => {
    const limit = timeLimit(1)
    stayUp()
    await once(limit, 'abort')
    assert.equal((limit.reason as DOMException).name, 'TimeoutError')
  })

  it('aborts before, with the reason of the signal', () => {
    const life = new AbortController()
    const limit = timeLimit(60_000, life.signal)
    const reason = new Error('gone')
    life.abort(reason)
    assert.equal(limit.reason, reason)
  })

  it('aborts at once when the signal has aborted before', () => {
    const reason = new Error('gone')
    assert.equal(timeLimit(60_000, AbortSignal.abort(reason)).reason, reason)
  })

  it('aborts although memory is collected meanwhile', async () => {
    const limit = timeLimit(20, new AbortController().signal)
    const over = once(limit, 'abort')
    collectGarbage()
    stayUp()
    await over
  })
})
