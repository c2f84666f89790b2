import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { numRuns } from '../../base/testing/fuzz-runs.ts'
import { SipChallenge } from './sip-challenge.ts'
import { headersOf, readMessage } from './sip-message.ts'

const name = fc.constantFrom(
  'Via',
  'v',
  'WWW-Authenticate',
  'Proxy-Authenticate',
  'CSeq',
  'To',
  'Refer-To',
  'X',
  '',
  ' ',
)
const challenge = fc.constantFrom(
  'Digest realm="evil", nonce="n"',
  'Digest realm="example.com\\", nonce="n"',
  'Digest realm="example.com", nonce="n", algorithm=SHA-256, stale=true',
  'Digest realm=example.com nonce=n qop=auth-int',
  'Bearer realm="example.com"',
  'SIP/2.0/WSS a.invalid;branch=z9hG4bK1',
  'Digest ,,,=,"',
)
const value = fc.oneof(challenge, fc.string({ unit: 'binary', maxLength: 60 }))
const line = fc.tuple(name, fc.constantFrom(':', ' : ', '', ':\r\n '), value).map((parts) => parts.join(''))
const first = fc.oneof(
  fc.constantFrom('SIP/2.0 401 No', 'SIP/2.0 407 No', 'SIP/2.0 200 OK', 'SIP/2.0 999', 'REFER sip:a@b SIP/2.0'),
  fc.string({ unit: 'binary', maxLength: 40 }),
)
const message = fc
  .tuple(first, fc.array(line, { maxLength: 12 }), fc.constantFrom('\r\n', '\n', '\r'), fc.string({ maxLength: 80 }))
  .map(([start, lines, end, body]) => [start, ...lines].join(end) + end + end + body)

/** A client that signed in at a registrar of the realm example.com, and waits for the answer to an INVITE. */
function signedIn(): SipChallenge {
  const client = new SipChallenge((text) => String(text.length))
  client.credentials = { password: 'the-secret', token: 'the-token' }
  client.username = 'alice'
  client.connected('wss://example.com')
  void client.outgoing('REGISTER sip:example.com SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK0\r\n\r\n')
  const asked = [
    'SIP/2.0 401 No',
    'Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK0',
    'WWW-Authenticate: Digest realm="example.com", nonce="first"',
    '',
    '',
  ].join('\r\n')
  const response = readMessage(asked)
  assert(response)
  client.incoming(response, asked)
  void client.outgoing('INVITE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK1\r\n\r\n')
  return client
}

describe('messages that nobody of good will sends', () => {
  it('are read or not, and never throw', () => {
    fc.assert(
      fc.property(message, (text) => {
        readMessage(text)
        headersOf(text)
      }),
      { numRuns },
    )
  })

  it('get nothing out of what answers challenges, and teach it nothing', () => {
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 4 }), (texts) => {
        const client = signedIn()
        for (const text of texts) {
          const read = readMessage(text)
          const shown = read ? client.incoming(read, text) : text
          assert(!shown.includes('the-secret') && !shown.includes('the-token'))
        }
        // No matter what came, a realm of their own is a foreign one still.
        void client.outgoing('BYE sip:bob@example.com SIP/2.0\r\nVia: SIP/2.0/WSS a.invalid;branch=z9hG4bK9\r\n\r\n')
        const foreign = [
          'SIP/2.0 407 No',
          'Via: SIP/2.0/WSS a.invalid;branch=z9hG4bK9',
          'Proxy-Authenticate: Digest realm="evil", nonce="n"',
          '',
          '',
        ].join('\r\n')
        const response = readMessage(foreign)
        assert(response)
        assert.match(client.incoming(response, foreign), /foreign realm/)
      }),
      { numRuns },
    )
  })
})
