import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readAddress } from './address.ts'
import type { NumberFormat } from './number-format.ts'

const notLoaded = (): null => null

describe('what is dialled', () => {
  for (const [typed, kind, address] of [
    ['911', 'special', '911'],
    ['*69', 'special', '*69'],
    ['#89', 'special', '#89'],
    [' 411 ', 'special', '411'],
    ['11231231234', 'number', '11231231234'],
    ['1 (123) 123-1234', 'number', '11231231234'],
    ['1800CALFEDX', 'number', '18002253339'],
    ['(800) FLOWERS', 'number', '18003569377'],
    ['9234567890', 'number', '19234567890'],
    ['+442071838750', 'number', '+442071838750'],
    ['011 44 20 7183 8750', 'number', '+442071838750'],
    ['john@domain.com', 'account', 'john@domain.com'],
    [' john@domain.com ', 'account', 'john@domain.com'],
    ['1001@pbx.example.com:5060', 'account', '1001@pbx.example.com:5060'],
    ['bob@[::1]', 'account', 'bob@[::1]'],
    ['zoé@exämple.com', 'account', 'zoé@exämple.com'],
    ['1001', 'user', '1001'],
    ['１００１', 'user', '1001'],
    ['12345', 'user', '12345'],
    ['442071838750', 'user', '442071838750'],
    ['echo', 'user', 'echo'],
    ['bob', 'user', 'bob'],
    ['FLOWERS', 'user', 'FLOWERS'],
    ['bob-2.smith', 'user', 'bob-2.smith'],
    ['4bob', 'user', '4bob'],
    ['2bornot2be', 'user', '2bornot2be'],
    ['5f2a9c3b1d', 'user', '5f2a9c3b1d'],
    ['名前', 'user', '名前'],
  ] as const) {
    it(`${JSON.stringify(typed)} is the ${kind} ${address}`, () => {
      assert.deepEqual(readAddress(typed, notLoaded), { kind, address })
    })
  }

  for (const typed of [undefined, null, '', '  ']) {
    it(`${JSON.stringify(typed)} is missing`, () => {
      assert.deepEqual(readAddress(typed, notLoaded), { kind: 'missing' })
    })
  }

  for (const typed of ['sip:bob@domain.com', 'SIPS:bob@domain.com', 'tel:+19234567890', ' sip:1001']) {
    it(`${JSON.stringify(typed)} is a URI`, () => {
      assert.deepEqual(readAddress(typed, notLoaded), { kind: 'uri' })
    })
  }

  for (const typed of [
    '555-1234',
    '+12345',
    '1 (923) 456-789',
    '923456789 ext 5',
    '#',
    'hello world',
    'bob@',
    '@domain.com',
    'a@b@c',
    'https://example.com',
    '<b>bob</b>',
    'bob\r\nVia: x',
    'bob@domain.com\nVia: x',
    'bob%00',
    'bob;lr',
    '"bob"',
    'b'.repeat(256),
    'b'.repeat(1_000_000),
    '1'.repeat(1_000_000),
    ' '.repeat(1_000_000),
    5551234567,
    {},
    ['bob'],
    true,
  ]) {
    it(`${JSON.stringify(typed).slice(0, 40)} is neither a number nor a user id`, () => {
      assert.deepEqual(readAddress(typed, notLoaded), { kind: 'invalid' })
    })
  }

  it('is refused when the metadata tells that the country has no such number', () => {
    const metadata: NumberFormat = {
      asYouType: (text) => text,
      country: () => null,
      format: () => false,
      clean: () => false,
      national: () => null,
      international: () => null,
    }
    assert.deepEqual(
      readAddress('+44 20 7183 8750', () => metadata),
      { kind: 'invalid' },
    )
  })
})
