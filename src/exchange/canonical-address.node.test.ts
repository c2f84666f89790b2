import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { canonicalAddress } from './canonical-address.ts'
import { ExchangeError } from './protocol.ts'

describe('canonicalAddress', () => {
  for (const [input, uri] of [
    ['5551234567', 'tel:+15551234567'],
    ['15551234567', 'tel:+15551234567'],
    ['+15551234567', 'tel:+15551234567'],
    ['1 (555) 123-4567', 'tel:+15551234567'],
    ['555.123.4567', 'tel:+15551234567'],
    ['tel:+15551234567', 'tel:+15551234567'],
    ['tel:5551234567', 'tel:+15551234567'],
    ['tel:+1-555-123-4567;phone-context=x', 'tel:+15551234567'],
    ['+442071838750', 'tel:+442071838750'],
    ['011442071838750', 'tel:+442071838750'],
    ['911', 'tel:911'],
    ['tel:911', 'tel:911'],
    ['411', 'tel:411'],
    ['611', 'tel:611'],
    ['*69', 'tel:*69'],
    ['tel:*69', 'tel:*69'],
    ['#89', 'tel:#89'],
    ['1001', 'sip:1001@example.com'],
    ['tel:1001', 'tel:1001'],
    ['alice', 'sip:alice@example.com'],
    [' alice ', 'sip:alice@example.com'],
    ['alice@Other.org', 'sip:alice@other.org'],
    ['sip:alice@other.org', 'sip:alice@other.org'],
    ['SIP:alice@other.org', 'sip:alice@other.org'],
    ['sips:alice@other.org;transport=tls?subject=x', 'sip:alice@other.org'],
    ['sip:+15551234567@other.org', 'sip:+15551234567@other.org'],
    ['bob@10.0.0.1:5060', 'sip:bob@10.0.0.1:5060'],
  ] as const) {
    it(`makes ${uri} of ${JSON.stringify(input)}`, () => {
      assert.equal(canonicalAddress(input, 'example.com'), uri)
    })
  }

  for (const input of [
    '',
    '  ',
    'a b',
    '<alice>',
    'alice@',
    '@example.com',
    'sip:',
    'sip:alice',
    'tel:alice',
    'tel:',
    'alice@exa mple.com',
    'alice@-x.com',
    'alice\n@example.com',
    'a'.repeat(300),
  ]) {
    it(`refuses ${JSON.stringify(input.slice(0, 20))}`, () => {
      assert.throws(
        () => canonicalAddress(input, 'example.com'),
        (error) => error instanceof ExchangeError && error.status === 400 && error.messageId === 'SVC0004',
      )
    })
  }
})
