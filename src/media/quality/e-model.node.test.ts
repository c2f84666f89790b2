import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { meanOpinionScore, ratingFactor, type Transmission } from './e-model.ts'

const near = (value: number, expected: number, within: number) =>
  assert.ok(Math.abs(value - expected) <= within, `${value} is not ${expected}`)

describe('the rating factor', () => {
  it('is 93.2 for a codec that costs nothing, without loss and delay', () => {
    near(ratingFactor({ codec: 'PCMU', loss: 0, delay: 0 }), 93.2, 1e-9)
  })

  it('knows the codec in any case', () => {
    const [upper, lower] = ['OPUS', 'opus'].map((codec) => ratingFactor({ codec, loss: 0.02, delay: 0 }))
    assert.equal(upper, lower)
  })

  // By equation 7-30 with Bpl 25.1: 95 * 5 / 30.1 and so on.
  for (const [loss, rating] of [
    [0.01, 89.56],
    [0.05, 77.42],
    [0.2, 51.07],
  ] as const) {
    it(`of PCMA at ${loss * 100} % loss is ${rating}`, () => {
      near(ratingFactor({ codec: 'PCMA', loss, delay: 0 }), rating, 0.01)
    })
  }

  it('of Opus falls faster by loss than that of PCMU', () => {
    const of = (codec: string) => ratingFactor({ codec, loss: 0.03, delay: 0 })
    assert.ok(of('opus') < of('PCMU'))
  })

  it('takes a codec it does not know for one that is not concealed', () => {
    near(ratingFactor({ codec: 'G729', loss: 0.01, delay: 0 }), 93.2 - 95 / 5.3, 0.01)
  })

  it('does not fall by a delay that nobody notices', () => {
    near(ratingFactor({ codec: 'PCMU', loss: 0, delay: 80 }), 93.2, 1e-9)
  })

  // Idd by equations 7-28 and 7-29, the delay with the 20 ms of the codec.
  for (const [delay, impairment] of [
    [200, 3.03],
    [300, 14.76],
    [400, 24.12],
  ] as const) {
    it(`falls by ${impairment} at ${delay} ms`, () => {
      near(93.2 - ratingFactor({ codec: 'PCMU', loss: 0, delay: delay - 20 }), impairment, 0.05)
    })
  }
})

describe('the mean opinion score', () => {
  // G.107 Annex B, table B.1: lower limits of the classes.
  for (const [rating, score] of [
    [90, 4.34],
    [80, 4.03],
    [70, 3.6],
    [60, 3.1],
    [50, 2.58],
    [0, 1],
    [100, 4.5],
  ] as const) {
    it(`at R ${rating} is ${score}`, () => near(meanOpinionScore(rating), score, 0.01))
  }

  it('is between 1 and 4.5, and never better with more loss or delay', () => {
    const transmission = fc.record({
      codec: fc.constantFrom('opus', 'PCMU', 'G722', 'G729'),
      loss: fc.double({ min: 0, max: 1, noNaN: true }),
      delay: fc.double({ min: 0, max: 5000, noNaN: true }),
    })
    const score = (of: Transmission) => meanOpinionScore(ratingFactor(of))
    fc.assert(
      fc.property(transmission, fc.double({ min: 0, max: 1, noNaN: true }), (of, more) => {
        const before = score(of)
        assert.ok(before >= 1 && before <= 4.5)
        assert.ok(score({ ...of, loss: Math.min(1, of.loss + more) }) <= before + 1e-9)
        assert.ok(score({ ...of, delay: of.delay + more * 1000 }) <= before + 1e-9)
      }),
    )
  })
})
