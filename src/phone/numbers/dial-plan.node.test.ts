import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { dialledAddress } from './address.ts'
import { cleanPhoneNumber } from './clean-phone-number.ts'
import { requireDialPlan, type DialPlan } from './dial-plan.ts'
import { formatNumber } from './format-number.ts'
import { loadNumberFormat } from './load-number-format.ts'
import type { NumberFormat } from './number-format.ts'

let metadata: NumberFormat
before(async () => {
  metadata = await loadNumberFormat()
})
const dialled = (typed: unknown, plan: DialPlan): string => {
  const address = dialledAddress(typed, plan, () => metadata)
  return 'address' in address ? address.address : address.kind
}

describe('what is dialled where the numbers are the exchange’s', () => {
  for (const [typed, address] of [
    ['8005550199', '8005550199'],
    ['5551230100', '5551230100'],
    ['(555) 123-0100', '5551230100'],
    ['1 555 123 0100', '15551230100'],
    ['+14155550101', '+14155550101'],
    ['+1 (415) 555-0101', '+14155550101'],
    ['+442071838750', '+442071838750'],
    ['+44 (0)20 7183 8750', '+442071838750'],
    ['0044 20 7183 8750', '00442071838750'],
    ['011442071838750', '011442071838750'],
    ['030/901820', '030901820'],
    ['1001', '1001'],
    ['911', '911'],
    ['0', '0'],
    ['*72', '*72'],
    ['*31#5551230100', '*31#5551230100'],
    ['**21*5551#', '**21*5551#'],
    ['##002#', '##002#'],
    ['*21*+49 30 901820#', '*21*+4930901820#'],
    ['#31#', '#31#'],
    ['bob', 'bob'],
    ['bob-2.smith', 'bob-2.smith'],
    ['5551230100@example.com', '5551230100@example.com'],
    ['**#*', 'invalid'],
    ['+', 'invalid'],
    ['55 12 x', 'invalid'],
    ['sip:1001', 'uri'],
    [' ', 'missing'],
    ['9'.repeat(1_000_000), 'invalid'],
  ] as const) {
    it(`${JSON.stringify(typed).slice(0, 40)} is ${address}`, () => {
      assert.equal(dialled(typed, 'exchange'), address)
      // What was dialled once may be dialled again as it is.
      if (address !== 'invalid' && address !== 'uri' && address !== 'missing')
        assert.equal(dialled(address, 'exchange'), address)
    })
  }

  for (const [number, text] of [
    ['5551230100', '5551230100'],
    ['*31#5551230100', '*31#5551230100'],
    ['+14155550101', '+1 415 555 0101'],
    ['+442071838750', '+44 20 7183 8750'],
  ] as const) {
    it(`${number} is shown as ${text}`, () => {
      assert.equal(
        formatNumber(number, () => metadata, 'exchange'),
        text,
      )
    })
  }

  it('letters are no keys', () => {
    assert.equal(
      cleanPhoneNumber('1800FLOWERS', () => metadata, 'exchange'),
      false,
    )
  })

  it('spaces only a number that says its country while it is typed', () => {
    assert.equal(metadata.asYouType('5551230100', 'exchange'), '5551230100')
    assert.equal(metadata.asYouType('+442071838750', 'exchange'), '+44 20 7183 8750')
    assert.equal(metadata.country('2125550101', 'exchange'), null)
    assert.equal(metadata.country('+442071838750', 'exchange'), 'GB')
  })
})

describe('what is dialled by the plan of a country', () => {
  for (const [country, typed, address] of [
    ['DE', '030 901820', '+4930901820'],
    ['DE', '+49 30 901820', '+4930901820'],
    ['DE', '0044 20 7183 8750', '+442071838750'],
    ['DE', '1001', '1001'],
    ['DE', '112', '112'],
    ['DE', '*31#030901820', '*31#030901820'],
    ['FR', '01 44 43 12 12', '+33144431212'],
    ['US', '(212) 736-5000', '+12127365000'],
    ['ES', '912582852', '+34912582852'],
    ['GB', 'bob@example.com', 'bob@example.com'],
  ] as const) {
    it(`${typed} in ${country} is ${address}`, () => {
      assert.equal(dialled(typed, { country }), address)
      assert.equal(dialled(address, { country }), address)
    })
  }

  it('is written as in that country, and in full from abroad', () => {
    const written = (number: string) => formatNumber(number, () => metadata, { country: 'DE' })
    assert.equal(written('+4930901820'), '030 901820')
    assert.equal(written('+442071838750'), '+44 20 7183 8750')
    assert.equal(metadata.asYouType('030901820', { country: 'DE' }), '030 901820')
  })
})

describe('what is dialled by a function of the page', () => {
  const outside: DialPlan = (typed) => (/^[1-9]\d{6,}$/.test(typed) ? `0${typed}` : typed)

  it('is what the function makes of it', () => {
    assert.equal(dialled('555 123-0100', outside), '05551230100')
    assert.equal(dialled('1001', outside), '1001')
    assert.equal(dialled('05551230100', outside), '05551230100')
  })

  it('is refused where the function gives no address', () => {
    assert.equal(
      dialled('1001', () => 'a b'),
      'invalid',
    )
    assert.equal(dialled('1001', (() => undefined) as unknown as DialPlan), 'missing')
  })
})

describe('a dial plan', () => {
  for (const plan of [null, undefined, 'exchange', 'north-american', { country: 'DE' }, (typed: string) => typed])
    it(`may be ${JSON.stringify(plan) ?? 'a function or nothing'}`, () => requireDialPlan(plan))
  for (const plan of ['DE', { country: 'de' }, { country: 'Germany' }, {}, 1])
    it(`may not be ${JSON.stringify(plan)}`, () => assert.throws(() => requireDialPlan(plan), TypeError))
})
