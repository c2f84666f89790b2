import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isSpecialNumber } from './special-number.ts'

describe('a number', () => {
  for (const number of [
    ...['911', '112', '999', '000', '110', '15', '9911', '0112', '+112', '988', '116117', '11880'],
    ...[
      '9005551234',
      '19005551234',
      '+19005551234',
      '1-900-555-1234',
      '(900) 555-1234',
      '01119005551234',
      '2129761234',
    ],
    ...['09005551234', '+499005551234', '00499005551234', '0137123456', '+449098790000', '0909 879 0000', '0899123456'],
    ...['+97912345', '+88213123', '*21*5551234#', '**70', '911;phone-context=+1', '９１１', '+33 899 12 34 56'],
  ])
    it(`that is special: ${number}`, () => assert.equal(isSpecialNumber(number), true))

  for (const number of [
    ...['1001', '7', 'alice', '+15551234567', '5551234567', '+442079460000', '+4930123456', '02079460000'],
    ...['030123456', '+33123456789', '', 'sales-911', '2001'],
  ])
    it(`like any other: ${number}`, () => assert.equal(isSpecialNumber(number), false))
})
