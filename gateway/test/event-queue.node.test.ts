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

  const modified = (queue: EventQueue, call: string, sdp = ''): boolean =>
    queue.push({ type: 'calls', call, state: 'mod-received', modId: 'm', sdp })

  it('counts bytes: one call that brings more than half a megabyte is a burden', () => {
    const queue = new EventQueue(256, true)
    let pushed = 0
    while (modified(queue, 'long', 'x'.repeat(60_000))) pushed += 1
    assert.deepEqual([pushed, queue.burden], [8, 'long'])
  })

  it('counts bytes: of many calls the one that brings most is the burden', () => {
    const queue = new EventQueue(256, true)
    for (let call = 0; modified(queue, String(call), 'x'.repeat(call === 5 ? 60_000 : 30_000)); call += 1)
      assert.ok(call < 40)
    assert.equal(queue.burden, '5')
  })

  it('keeps no more than a megabyte of what was handed out', () => {
    const queue = new EventQueue(256, true)
    for (let call = 0; call < 60; call += 1) {
      modified(queue, String(call), 'x'.repeat(60_000))
      queue.next()
    }
    queue.forget()
    queue.restart()
    assert.ok(calls(queue).length <= 17)
  })

  it('is relieved when the burden ends: of a call the client knows there is the end, of another nothing', () => {
    const queue = new EventQueue(8, true)
    push(queue, 1)
    queue.next()
    while (modified(queue, '1'));
    queue.end('1', { detail: 'too-much' })
    assert.equal(queue.burden, null)
    assert.deepEqual(
      queue.next()?.events.map(({ state, detail }) => [state, detail]),
      [['session-terminated', 'too-much']],
    )
    queue.push({ type: 'calls', call: '2', state: 'invitation-received' })
    while (modified(queue, '2'));
    queue.end('2', {})
    assert.deepEqual([queue.burden, queue.next()], [null, null])
  })

  it('has one call not make the others be forgotten, though all was handed out', () => {
    const queue = filled(1)
    queue.next()
    let pushed = 0
    while (modified(queue, 'restless')) {
      pushed += 1
      queue.next()
    }
    queue.end('restless', {})
    assert.ok(pushed < 128)
    assert.equal(queue.resume(0), true)
  })

  it('keeps the last report of each participant', () => {
    const queue = new EventQueue(4, true)
    const report = (modId: string): boolean =>
      queue.push({ type: 'conferences', call: 'c', state: 'participant-changed', modId })
    for (let reports = 0; reports < 100; reports += 1) assert.ok(report(reports % 2 ? 'bob' : 'carol'))
    assert.equal(queue.next()?.events.length, 2)
  })
})
