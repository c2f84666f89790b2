import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { next, transitions, type CallProgress, type CallStep } from './call-machine.ts'

/** What follows from each step in each state; a point where nothing does. */
const table = `
             dial     alert    offered     rung     answer      establish   leave   end
new          dialing  ringing  .           .        .           .           .       ended
dialing      .        .        connecting  .        .           .           ending  ended
connecting   .        .        .           ringing  .           connected   ending  ended
ringing      .        .        .           ringing  connecting  connected   ending  ended
connected    .        .        .           .        .           .           ending  ended
ending       .        .        ending      ending   .           ending      ending  ended
ended        .        .        .           .        .           .           .       .
`

const [header = [], ...rows] = table
  .trim()
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
const steps = header as readonly CallStep[]
const states = rows.map(([state]) => state as CallProgress)

describe('a call', () => {
  for (const [state, ...cells] of rows as [CallProgress, ...string[]][]) {
    describe(`that is ${state}`, () => {
      for (const [index, cell] of cells.entries()) {
        const step = steps[index]
        if (!step) continue
        const expected = cell === '.' ? null : cell
        it(expected ? `is ${expected} after ${step}` : `takes no ${step}`, () => {
          assert.equal(next(state, step), expected)
        })
      }
    })
  }

  it('has no state that is not in the table', () => {
    assert.deepEqual(Object.keys(transitions).sort(), [...states].sort())
  })

  it('knows no step that is not in the table', () => {
    const known = new Set(Object.values(transitions).flatMap((row) => Object.keys(row)))
    assert.deepEqual([...known].sort(), [...steps].sort())
  })

  it('can end in every state but the last', () => {
    const endless = states.filter((state) => state !== 'ended' && next(state, 'end') !== 'ended')
    assert.deepEqual(endless, [])
  })

  it('never comes back from its end', () => {
    assert.deepEqual(
      steps.filter((step) => next('ended', step) !== null),
      [],
    )
  })
})
