import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { header, headerFields, headersOf, parameter, readMessage } from './sip-message.ts'

const text = [
  'SIP/2.0 401 Not You',
  'v: SIP/2.0/WSS a.invalid;branch=z9hG4bK1',
  't: <sip:alice@example.com>;tag=1',
  'CSeq: 7 REGISTER',
  'WWW-Authenticate: Digest realm="a, b",',
  ' nonce="n"',
  'X-List: one',
  'X-List: two',
  '',
  'body',
].join('\r\n')

describe('a SIP message', () => {
  it('tells status, reason and method of a response', () => {
    const message = readMessage(text)
    assert.deepEqual([message?.status, message?.reason, message?.method], [401, 'Not You', 'REGISTER'])
  })

  it('is read with compact names and folded lines', () => {
    const message = readMessage(text)
    assert(message)
    assert.equal(header(message, 'to'), '<sip:alice@example.com>;tag=1')
    assert.equal(parameter(header(message, 'www-authenticate'), 'nonce'), 'n')
  })

  it('has parameters whose values hold commas', () => {
    assert.equal(parameter('Digest realm="a, b", nonce="n"', 'realm'), 'a, b')
  })

  it('is none when it is a keep-alive', () => {
    assert.equal(readMessage('\r\n\r\n'), null)
  })

  it('shows a page its header fields, those of one name together', () => {
    assert.equal(headersOf(text)['X-List'], 'one, two')
  })
})

describe('header fields of a page', () => {
  it('become lines', () => {
    assert.deepEqual(headerFields({ 'X-Order': '4711' }), ['X-Order: 4711'])
  })

  for (const [name, value] of [
    ['X-Order', '1\r\nRoute: <sip:evil@example.com>'],
    ['X Order', '1'],
    ['Via', 'SIP/2.0/WSS a'],
    ['authorization', 'Bearer x'],
    ['Content-Length', '0'],
  ] as const) {
    it(`refuse ${JSON.stringify(`${name}: ${value}`)}`, () => {
      assert.throws(() => headerFields({ [name]: value }), TypeError)
    })
  }
})
