import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { LossWatch } from './loss-watch.ts'

describe('a path that is watched for its loss', () => {
  let losses: number
  let watch: LossWatch

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    losses = 0
    watch = new LossWatch(() => losses++)
  })
  afterEach(() => mock.timers.reset())

  it('is lost after 4 s of interruption, once', () => {
    watch.take('recovering')
    mock.timers.tick(3999)
    assert.equal(losses, 0)
    mock.timers.tick(60_000)
    assert.equal(losses, 1)
  })

  it('is not lost when it comes back in time', () => {
    watch.take('recovering')
    mock.timers.tick(3999)
    watch.take('ok')
    mock.timers.tick(60_000)
    assert.equal(losses, 0)
  })

  it('has all its time again after it came back', () => {
    watch.take('recovering')
    mock.timers.tick(3000)
    watch.take('ok')
    watch.take('recovering')
    mock.timers.tick(3999)
    assert.equal(losses, 0)
  })

  it('has no more time for being interrupted twice', () => {
    watch.take('recovering')
    mock.timers.tick(3000)
    watch.take('recovering')
    mock.timers.tick(1000)
    assert.equal(losses, 1)
  })

  it('is not lost when nobody watches any more', () => {
    watch.take('recovering')
    watch.stop()
    mock.timers.tick(60_000)
    assert.equal(losses, 0)
  })
})
