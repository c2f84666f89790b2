import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { TaskQueue } from './task-queue.ts'

describe('a task queue', () => {
  it('begins a task when the one before it has ended, and not earlier', async () => {
    const queue = new TaskQueue()
    const steps: string[] = []
    const task = (name: string) => async () => {
      steps.push(`${name} begins`)
      await Promise.resolve()
      steps.push(`${name} ends`)
    }
    await Promise.all([queue.run(task('a')), queue.run(task('b'))])
    assert.deepEqual(steps, ['a begins', 'a ends', 'b begins', 'b ends'])
  })

  it('gives each its own result', async () => {
    const queue = new TaskQueue()
    assert.deepEqual(await Promise.all([queue.run(() => Promise.resolve(1)), queue.run(() => Promise.resolve('b'))]), [
      1,
      'b',
    ])
  })

  it('hands a failure to the caller who gave the task, and runs the next', async () => {
    const queue = new TaskQueue()
    const failed = queue.run(() => Promise.reject(new Error('lost')))
    const next = queue.run(() => Promise.resolve(2))
    await assert.rejects(failed, /lost/)
    assert.equal(await next, 2)
  })

  it('takes a task that throws before it waits for one that failed', async () => {
    const queue = new TaskQueue()
    const failed = queue.run(() => {
      throw new Error('lost')
    })
    await assert.rejects(failed, /lost/)
  })
})
