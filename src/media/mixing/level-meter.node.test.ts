import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LevelMeter } from './level-meter.ts'

/** 200 ms of a tone of this amplitude. */
const tone = (amplitude: number): Float32Array =>
  Float32Array.from({ length: 9600 }, (_, n) => amplitude * Math.sin(n / 10))

const interval = 200

describe('the level of a party', () => {
  for (const [amplitude, level] of [
    [0, 0],
    [0.001, 0],
    [0.01, 0.3],
    [0.1, 0.7],
    [0.5, 1],
    [1, 1],
  ] as const) {
    it(`is ${level} for a tone of amplitude ${amplitude}`, () => {
      assert.equal(new LevelMeter().read(tone(amplitude), interval).level, level)
    })
  }
})

describe('a party who speaks', () => {
  it('does so from the first loud reading on', () => {
    assert.equal(new LevelMeter().read(tone(0.1), interval).speaking, true)
  })

  it('goes on through a short pause', () => {
    const meter = new LevelMeter()
    meter.read(tone(0.1), interval)
    assert.deepEqual(
      [1, 2].map(() => meter.read(tone(0), interval).speaking),
      [true, true],
    )
  })

  it('ends after a long one', () => {
    const meter = new LevelMeter()
    meter.read(tone(0.1), interval)
    for (let n = 0; n < 2; n++) meter.read(tone(0), interval)
    assert.equal(meter.read(tone(0), interval).speaking, false)
  })

  it('goes on while they are too soft to begin', () => {
    const soft = tone(0.008)
    const meter = new LevelMeter()
    assert.equal(meter.read(soft, interval).speaking, false)
    meter.read(tone(0.1), interval)
    for (let n = 0; n < 10; n++) assert.equal(meter.read(soft, interval).speaking, true)
  })
})

describe('a party who is silent', () => {
  it('is so after more than a second of zeros', () => {
    const meter = new LevelMeter()
    const readings = Array.from({ length: 6 }, () => meter.read(tone(0), interval).silent)
    assert.deepEqual(readings, [false, false, false, false, false, true])
  })

  it('is so no longer with the first sound, however soft', () => {
    const meter = new LevelMeter()
    for (let n = 0; n < 6; n++) meter.read(tone(0), interval)
    assert.equal(meter.read(tone(0.0003), interval).silent, false)
  })

  it('may send what a silent sample becomes on its way: half a step of 16 bits', () => {
    const meter = new LevelMeter()
    for (let n = 0; n < 5; n++) meter.read(tone(1 / 65_536), interval)
    assert.equal(meter.read(tone(1 / 65_536), interval).silent, true)
  })
})
