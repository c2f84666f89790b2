import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { median, paths, shortfalls, type CallFigures, type Timing } from './call-figures.ts'

const good: Timing = { offer: 20, audio: 60, video: 0 }

/** Figures of every path, where those that are named took another time. */
function figures(different: Readonly<Record<string, Partial<Timing>>> = {}): readonly CallFigures[] {
  return paths.map((path) => ({ mediaType: 'audio', path, timings: [{ ...good, ...different[path.title] }] }))
}

describe('the figures of calls', () => {
  it('are medians', () => {
    assert.deepEqual([median([9, 1, 2]), median([1, 2, 3, 10])], [2, 2.5])
  })

  it('fall short nowhere when they are within their limits', () => {
    assert.deepEqual(shortfalls(figures({ local: { audio: 90 }, gateway: { audio: 120 } })), [])
  })

  for (const [what, different] of [
    ['an offer that leaves late', { local: { offer: 51 } }],
    ['sound that comes late', { local: { audio: 91 } }],
    ['sound that comes late by the gateway', { gateway: { audio: 121 } }],
    ['a dead server that costs time', { 'gateway, dead STUN server': { audio: 211 } }],
    ['a figure that is none', { local: { audio: NaN } }],
  ] as const) {
    it(`fall short by ${what}`, () => {
      assert.equal(shortfalls(figures(different)).length, what.endsWith('none') ? 2 : 1)
    })
  }
})
