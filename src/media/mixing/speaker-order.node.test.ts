import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { noLevel } from './level-meter.ts'
import { SpeakerOrder } from './speaker-order.ts'

const all = ['host', 'alice', 'bob']

/** The order after these spoke, one moment after the other. */
function after(...moments: readonly (readonly string[])[]): readonly string[] {
  const order = new SpeakerOrder()
  for (const speaking of moments) {
    order.read(new Map(all.map((id) => [id, { ...noLevel, speaking: speaking.includes(id) }])))
  }
  return order.ids
}

describe('the order of speakers', () => {
  it('is empty before anybody spoke', () => assert.deepEqual(after([]), []))

  it('has the latest speaker first', () => assert.deepEqual(after(['alice'], [], ['bob']), ['bob', 'alice']))

  it('stays while nobody speaks', () => assert.deepEqual(after(['alice'], ['bob'], [], []), ['bob', 'alice']))

  it('leaves the word to who speaks when another falls in', () =>
    assert.deepEqual(after(['alice'], ['alice', 'bob']), ['alice', 'bob']))

  it('gives it to the other when the first pauses', () =>
    assert.deepEqual(after(['alice'], ['alice', 'bob'], ['bob']), ['bob', 'alice']))

  it('forgets who left', () => {
    const order = new SpeakerOrder()
    order.read(new Map([['alice', { ...noLevel, speaking: true }]]))
    order.read(new Map([['bob', noLevel]]))
    assert.deepEqual(order.ids, [])
  })
})
