import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { allErrorTexts, apiError, sdkError } from './error-catalogue.ts'
import { apiCodes, sdkCodes } from './error-codes.fixture.ts'

const pinned = sdkCodes.flatMap(([meaning, codes]) =>
  codes.split(' ').map((pair) => {
    const [method = '', code = ''] = pair.split(':')
    return { code, method, meaning }
  }),
)

describe('the error catalogue', () => {
  it('holds each of the 158 codes of the original, the 3 of texts, the 5 of hand-overs, the 27 of places and the 31 of the network once, and no other', () => {
    const codes = allErrorTexts().map((text) => text.code)
    assert.equal(pinned.length, 158 + 3 + 5 + 27)
    assert.equal(apiCodes.length, 31)
    assert.deepEqual(codes.sort(), [...pinned.map(({ code }) => code), ...apiCodes.map(([, , code]) => code)].sort())
  })

  for (const { code, method, meaning } of pinned) {
    it(`gives ${code} the meaning ${meaning.source} in ${method}`, () => {
      const text = sdkError(code)
      assert.deepEqual([text.code, text.method], [code, method])
      assert.match(text.message, meaning)
    })
  }

  for (const [status, messageId, code, method] of apiCodes) {
    it(`gives HTTP ${status} ${messageId || 'alone'} the code ${code}`, () => {
      const text = apiError(status, messageId)
      assert.deepEqual([text.code, text.method], [code, method])
    })
  }

  it('tells of every error what happened, why and what to do, in words alone', () => {
    for (const text of allErrorTexts()) {
      for (const words of [text.message, text.cause, text.resolution]) {
        assert.match(words, /^[\w][^|~]{2,}$/, `${text.code}: ${words}`)
      }
    }
  })

  it('does not say the same of two codes of one method', () => {
    const said = allErrorTexts().map((text) => `${text.method} ${text.message}`)
    const twice = said.filter((words, index) => said.indexOf(words) !== index)
    assert.deepEqual(twice, ['any Credentials not recognised'])
  })

  it('names the method in what can fail in several methods', () => {
    assert.equal(sdkError('2200').message, 'dial failed')
    assert.equal(sdkError('4503').cause, 'The state of the call does not allow downgrade')
  })
})

describe('the lookup of a code', () => {
  it('answers 0001 and tells the code when the catalogue does not know it', () => {
    const text = sdkError('9999')
    assert.equal(text.code, '0001')
    assert.match(text.message, /9999/)
  })

  it('shortens an unknown code that is too long to be one', () => {
    assert.ok(sdkError('9'.repeat(100_000)).message.length < 100)
  })

  for (const code of ['', ' ', '2000 2050', '.*', 'constructor', 'Not logged in']) {
    it(`does not take ${JSON.stringify(code)} for a code`, () => {
      assert.equal(sdkError(code).code, '0001')
    })
  }
})

describe('the lookup of what the network answered', () => {
  it('goes by the status alone from 500 up', () => {
    assert.equal(apiError(503, 'SVC0001').code, '503')
  })

  it('counts a status of the 500s that is not listed as 500', () => {
    assert.equal(apiError(599).code, '500')
  })

  it('takes the status as text too', () => {
    assert.equal(apiError('400', 'SVC0002').code, '1002')
  })

  it('answers 404 for a 404 whose message id is not listed', () => {
    assert.equal(apiError(404, 'SVC9999').code, '404')
  })

  for (const [status, messageId] of [
    [400, 'SVC9999'],
    [403, ''],
    [401, 'POL0002'],
    [418, ''],
    [0, 'SVC0001'],
    [400, 'SVC0001|r'],
    [400, ''],
  ] as const) {
    it(`answers 1000 for ${status} with the message id ${JSON.stringify(messageId)}`, () => {
      assert.equal(apiError(status, messageId).code, '1000')
    })
  }
})
