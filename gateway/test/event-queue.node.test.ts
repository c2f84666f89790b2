import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { EventQueue } from '../src/event-queue.ts'

const filled = (events: number, limit = 256): EventQueue => {
  const queue = new EventQueue(limit, true)
  for (let call = 1; call <= events; call += 1) push(queue, call)
  return queue
}

const push = (queue: EventQueue, call: number): boolean =>
  queue.push({ type: 'calls', call: String(call), state: 'session-open' })

const calls = (queue: EventQueue): readonly string[] => (queue.next()?.events ?? []).map(({ call }) => call)

describe('EventQueue', () => {
  it('hands out what waits, under the id of the last', () => {
    assert.equal(filled(3).next()?.id, 3)
  })

  it('hands out nothing twice', () => {
    const queue = filled(3)
    queue.next()
    assert.equal(queue.next(), null)
  })

  it('says when more waits than its limit', () => {
    const queue = filled(2, 2)
    assert.equal(push(queue, 3), false)
  })

  it('does not count what was handed out', () => {
    const queue = filled(2, 2)
    queue.next()
    assert.equal(push(queue, 3), true)
  })

  it('resumes after an id: what followed is handed out again', () => {
    const queue = filled(3)
    queue.next()
    assert.equal(queue.resume(1), true)
    assert.deepEqual(calls(queue), ['2', '3'])
  })

  it('restarts with all that was not acknowledged', () => {
    const queue = filled(3)
    queue.next()
    queue.resume(1)
    queue.next()
    queue.restart()
    assert.deepEqual(calls(queue), ['2', '3'])
  })

  it('cannot resume before an event that is gone', () => {
    const queue = filled(3)
    queue.next()
    queue.resume(2)
    assert.equal(queue.resume(1), false)
  })

  it('cannot resume after an event that nobody was given', () => {
    assert.equal(filled(3).resume(2), false)
  })

  it('keeps the last 128 of those handed out', () => {
    const queue = filled(130)
    queue.next()
    queue.forget()
    assert.deepEqual([queue.resume(1), queue.resume(2)], [false, true])
  })

  it('lets go of those handed out two minutes ago, and of no others', () => {
    const queue = filled(2)
    queue.next()
    push(queue, 3)
    queue.forget(Date.now() + 121_000)
    assert.equal(queue.resume(1), false)
    assert.deepEqual(calls(queue), ['3'])
  })

  it('that keeps nothing gives nothing again', () => {
    const queue = new EventQueue(256, false)
    push(queue, 1)
    queue.next()
    queue.restart()
    assert.equal(queue.next(), null)
  })
})
