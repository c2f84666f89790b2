import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { cleanPhoneNumber } from './clean-phone-number.ts'
import { formatNumber } from './format-number.ts'
import { loadedNumberFormat, loadNumberFormat, numbersReady } from './load-number-format.ts'
import type { NumberFormat } from './number-format.ts'
import { countries, vectors } from './number-vectors.fixture.ts'

const notLoaded = (): null => null
let metadata: NumberFormat
before(async () => {
  metadata = await loadNumberFormat()
})

const phases = [
  ['before the metadata is loaded', notLoaded],
  ['with the metadata', (): NumberFormat => metadata],
] as const

for (const [phase, library] of phases) {
  describe(`a number ${phase}`, () => {
    for (const [typed, clean, format] of vectors) {
      const shown = JSON.stringify(typed)
      it(`${shown} is dialled as ${clean}`, () => {
        assert.equal(cleanPhoneNumber(typed, library), clean)
      })
      it(`${shown} is shown as ${format}`, () => {
        assert.equal(formatNumber(typed, library), format)
      })
    }
    for (const [country, typed, clean] of countries) {
      it(`${typed} of ${country} is dialled as ${clean}`, () => {
        assert.equal(cleanPhoneNumber(typed, library), clean)
      })
    }
  })
}

describe('a number of another country', () => {
  for (const [country, typed, , format] of countries) {
    it(`${typed} is shown as ${format}`, () => {
      assert.equal(
        formatNumber(typed, () => metadata),
        format,
      )
    })
    it(`${typed} is known to be of ${country}`, () => {
      assert.equal(metadata.country(typed), country)
    })
  }

  for (const [typed, format] of [
    ['+442071838750', '+44 207 183 8750'],
    ['+97226709555', '+972 2670 9555'],
    ['+6565218000', '+65 6521 8000'],
    ['+74951234567', '+7 495 123 4567'],
    ['+3225138940', '+32 2513 8940'],
    ['+2904123', '+290 4123'],
  ] as const) {
    it(`${typed} is shown in groups, ${format}, until the metadata is loaded`, () => {
      assert.equal(formatNumber(typed, notLoaded), format)
    })
  }

  it('is refused once the metadata tells that it is too short', () => {
    assert.equal(
      cleanPhoneNumber('+44 20 71', () => metadata),
      false,
    )
  })

  it('is refused once the metadata tells that no country has its code', () => {
    assert.equal(
      cleanPhoneNumber('+999 123 4567', () => metadata),
      false,
    )
  })

  it('loses the trunk zero that its country does not want, once the metadata is loaded', () => {
    assert.equal(
      cleanPhoneNumber('+44 020 7183 8750', () => metadata),
      '+442071838750',
    )
  })

  it('is cleaned and formatted by its own rules when numbersReady resolved', async () => {
    await numbersReady()
    assert.equal(formatNumber('+442071838750', loadedNumberFormat), '+44 20 7183 8750')
    assert.equal(cleanPhoneNumber('+44 020 7183 8750', loadedNumberFormat), '+442071838750')
  })
})

describe('the country of a number', () => {
  for (const [text, country] of [
    ['1800CALFEDX', 'US'],
    ['9234567890', null],
    ['(212) 736-5000', 'US'],
    ['+1 416 392 2489', 'CA'],
    ['911', null],
    ['*69', null],
    ['john@domain.com', null],
    ['bob', null],
    ['', null],
  ] as const) {
    it(`of ${JSON.stringify(text)} is ${country}`, () => {
      assert.equal(metadata.country(text), country)
    })
  }
})

describe('a number while it is typed', () => {
  for (const [typed, shown] of [
    ['', ''],
    ['9', '9'],
    ['911', '911'],
    ['9234', '(923) 4'],
    ['9234567', '(923) 456-7'],
    ['9234567890', '(923) 456-7890'],
    ['1', '1'],
    ['1800', '1 800'],
    ['1800225', '1 (800) 225'],
    ['18002253333', '1 (800) 225-3333'],
    ['+44207183', '+44 20 7183'],
    ['+442071838750', '+44 20 7183 8750'],
    ['011442071838750', '011 44 20 7183 8750'],
    ['*69', '*69'],
    ['1800CALF', '1800CALF'],
    ['john@domain.com', 'john@domain.com'],
    ['12345678901234567890', '12345678901234567890'],
  ] as const) {
    it(`${JSON.stringify(typed)} is shown as ${JSON.stringify(shown)}`, () => {
      assert.equal(metadata.asYouType(typed), shown)
    })
  }

  it('does not bring back a bracket that was deleted', () => {
    assert.equal(metadata.asYouType('(923) '), '923')
    assert.equal(metadata.asYouType('1 (800'), '1 800')
  })

  it('looks the same when what is shown is typed on', () => {
    let shown = ''
    for (const digit of '18002253333') shown = metadata.asYouType(shown + digit)
    assert.equal(shown, '1 (800) 225-3333')
  })
})

describe('a hostile text', () => {
  const hostile = [
    '9'.repeat(1_000_000),
    '('.repeat(1_000_000),
    '+1'.repeat(500_000),
    ' '.repeat(1_000_000) + 'x',
    'a@'.repeat(500_000),
    '\ufdfa'.repeat(60),
  ]
  for (const text of hostile) {
    it(`${JSON.stringify(text.slice(0, 6))}… of ${text.length} characters is no number, and that is told`, () => {
      // An expression that tries everything anew from each place would not be done before the runner gives up.
      assert.equal(
        cleanPhoneNumber(text, () => metadata),
        false,
      )
      formatNumber(text, () => metadata)
      metadata.asYouType(text)
      metadata.country(text)
    })
  }
})
