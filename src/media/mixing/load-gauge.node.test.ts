import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hasRoom, isOverload, LoadGauge, type Load } from './load-gauge.ts'
import { OverloadLatch } from './overload-latch.ts'

const calm: Load = { busy: 0.1, late: 0.1, pace: 1 }

/** The first load of even ticks every 100 ms. */
function loadOf({ late = 0, work = 0, pace = 1 }): Load {
  let now = 0
  const gauge = new LoadGauge(() => now)
  for (;;) {
    const load = gauge.note({ interval: 100, late, work, at: (now / 1000) * pace })
    if (load) return load
    now += 100
  }
}

describe('the load', () => {
  it('is told every two seconds', () => {
    let now = 0
    const gauge = new LoadGauge(() => now)
    const told: number[] = []
    for (; now <= 5000; now += 100) if (gauge.note({ interval: 100, late: 0, work: 0, at: now / 1000 })) told.push(now)
    assert.deepEqual(told, [2000, 4000])
  })

  it('has the share of the time that the work took', () => assert.equal(loadOf({ work: 50 }).busy, 0.5))
  it('has how late ticks came, by their interval', () => assert.equal(loadOf({ late: 25 }).late, 0.25))
  it('has the pace of the sound', () => assert.equal(loadOf({ pace: 0.5 }).pace, 0.5))

  it('is told of a stretch that was not interrupted', () => {
    let now = 0
    const gauge = new LoadGauge(() => now)
    gauge.note({ interval: 100, late: 0, work: 0, at: 0 })
    now = 60_000
    gauge.reset()
    assert.equal(gauge.note({ interval: 100, late: 0, work: 0, at: 0 }), null)
  })
})

describe('an overload', () => {
  it('is none while there is time left', () => assert.equal(isOverload(calm), false))
  it('is work that leaves little time', () => assert.equal(isOverload({ ...calm, busy: 0.8 }), true))
  it('is ticks that come late', () => assert.equal(isOverload({ ...calm, late: 0.6 }), true))
  it('is sound that falls behind', () => assert.equal(isOverload({ ...calm, pace: 0.9 }), true))

  it('leaves room for more where twice the work is far from it', () => assert.equal(hasRoom(calm, 2), true))
  it('leaves none where twice the work is near it', () => assert.equal(hasRoom({ ...calm, busy: 0.2 }, 2), false))

  it('is told at once, and its end after three good stretches', () => {
    const told: boolean[] = []
    const latch = new OverloadLatch((overload) => told.push(overload))
    latch.note(false)
    latch.note(true)
    latch.note(false)
    latch.note(false)
    latch.note(true)
    latch.note(false)
    latch.note(false)
    assert.deepEqual(told, [true])
    latch.note(false)
    assert.deepEqual(told, [true, false])
  })
})
