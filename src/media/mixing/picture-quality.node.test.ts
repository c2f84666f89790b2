import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { PictureQualityControl } from './picture-quality.ts'

describe('the quality of pictures', () => {
  for (const [pictures, cores, width, rate] of [
    [2, 8, 1280, 24],
    [2, 2, 640, 20],
    [5, 4, 640, 20],
    [5, 2, 640, 15],
  ] as const) {
    it(`is ${width} wide, ${rate} a second for ${pictures} pictures on ${cores} cores`, () => {
      const { quality } = new PictureQualityControl(pictures, cores)
      assert.deepEqual([quality.width, quality.rate], [width, rate])
    })
  }

  it('falls step by step until there is none left', () => {
    const control = new PictureQualityControl(5, 2)
    const rates = [control.quality.rate]
    while (control.lower()) rates.push(control.quality.rate)
    assert.deepEqual(rates, [15, 12, 10])
  })

  it('rises again, no higher than it began', () => {
    const control = new PictureQualityControl(5, 2)
    control.lower()
    assert.equal(control.nextCost, (640 * 360 * 15) / (480 * 270 * 12))
    control.raise()
    control.raise()
    assert.deepEqual([control.quality.rate, control.nextCost], [15, null])
  })

  it('stays lowered when parties come', () => {
    const control = new PictureQualityControl(2, 2)
    control.lower()
    control.setPictures(5)
    assert.equal(control.quality.rate, 12)
  })

  it('rises when parties go', () => {
    const control = new PictureQualityControl(5, 2)
    control.setPictures(2)
    assert.equal(control.quality.rate, 20)
  })
})
