import assert from 'node:assert/strict'
import { beforeEach, describe, it, mock } from 'node:test'
import { Emitter } from '../../src/base/emitter.ts'
import { AbsenceWatch } from '../src/conferences/absence-watch.ts'
import type { AudioBridgeMemberEvents } from '../src/janus/audio-bridge-member.ts'

let events: Emitter<AudioBridgeMemberEvents>
let excused: boolean
let lost: string[]
let watch: AbsenceWatch

beforeEach(() => {
  mock.timers.reset()
  mock.timers.enable({ apis: ['setTimeout'] })
  events = new Emitter()
  excused = false
  lost = []
  watch = new AbsenceWatch({ excused: () => excused, lost: (reason) => lost.push(reason) })
  watch.follow({ events })
})

describe('somebody in a conference', () => {
  it('is lost when nothing has come from them for 7 s', () => {
    events.emit('receiving', false)
    mock.timers.tick(6999)
    assert.deepEqual(lost, [])
    mock.timers.tick(1)
    assert.equal(lost.length, 1)
  })

  it('is there when something comes before that', () => {
    events.emit('receiving', false)
    mock.timers.tick(6999)
    events.emit('receiving', true)
    mock.timers.tick(10_000)
    assert.deepEqual(lost, [])
  })

  it('is there when they need not send', () => {
    excused = true
    events.emit('receiving', false)
    mock.timers.tick(10_000)
    assert.deepEqual(lost, [])
  })

  it('is lost 1 s after their connection was closed, whether they need send or not', () => {
    excused = true
    events.emit('lost', 'DTLS alert')
    mock.timers.tick(1000)
    assert.deepEqual(lost, ['The media connection was lost: DTLS alert'])
  })
})

describe('a new connection', () => {
  it('is lost when no media has come by it for 15 s', () => {
    watch.expect()
    mock.timers.tick(14_999)
    assert.deepEqual(lost, [])
    mock.timers.tick(1)
    assert.deepEqual(lost, ['No media came from the client'])
  })

  it('is there when media came before it was agreed on', () => {
    events.emit('receiving', true)
    watch.expect()
    mock.timers.tick(20_000)
    assert.deepEqual(lost, [])
  })

  it('is watched from its beginning, no matter what came by the one before', () => {
    events.emit('receiving', true)
    watch.follow({ events: new Emitter() })
    watch.expect()
    mock.timers.tick(15_000)
    assert.equal(lost.length, 1)
  })
})
