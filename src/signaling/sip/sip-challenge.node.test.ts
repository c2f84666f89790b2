import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { SipChallenge } from './sip-challenge.ts'
import { readMessage } from './sip-message.ts'

function challenged(challenge: SipChallenge, ...lines: readonly string[]): string {
  const text = ['SIP/2.0 401 Unauthorized', 'CSeq: 1 REGISTER', ...lines, 'Content-Length: 0', '', ''].join('\r\n')
  const message = readMessage(text)
  assert(message)
  return challenge.incoming(message, text)
}

const withPassword = (): SipChallenge => {
  const challenge = new SipChallenge(() => 'md5')
  challenge.credentials = { password: 'Circle of Life' }
  return challenge
}

describe('a challenge', () => {
  it('by MD5 reaches the library as it is', () => {
    const line = 'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=MD5'
    assert(challenged(withPassword(), line).includes(line))
  })

  it('by SHA-256 reaches the library as one by MD5', () => {
    const seen = challenged(withPassword(), 'WWW-Authenticate: Digest realm="r", nonce="n", algorithm=SHA-256')
    assert.match(seen, /algorithm=MD5/)
  })

  it('by several schemes is answered by the topmost (RFC 8760, 2.4)', () => {
    const seen = challenged(
      withPassword(),
      'WWW-Authenticate: Digest realm="r", nonce="strong", algorithm=SHA-256',
      'WWW-Authenticate: Digest realm="r", nonce="weak", algorithm=MD5',
    )
    assert.deepEqual(seen.match(/nonce="\w+"/g), ['nonce="strong"'])
  })

  it('for a token is left alone without one', () => {
    const line = 'WWW-Authenticate: Bearer realm="r"'
    assert(challenged(withPassword(), line).includes(line))
  })
})

describe('an answer to a challenge', () => {
  it('by SHA-256 is that of RFC 7616, 3.9.1', async () => {
    const challenge = withPassword()
    const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v'
    challenged(
      challenge,
      `WWW-Authenticate: Digest realm="http-auth@example.org", nonce="${nonce}", qop="auth", algorithm=SHA-256`,
    )
    const answer = await challenge.outgoing(
      [
        'GET sip:example.org SIP/2.0',
        `Authorization: Digest algorithm=MD5, username="Mufasa", realm="http-auth@example.org", nonce="${nonce}", ` +
          'uri="/dir/index.html", response="0", qop=auth, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", nc=00000001',
        'CSeq: 1 GET',
        '',
        '',
      ].join('\r\n'),
    )
    assert.match(answer, /algorithm=SHA-256/)
    assert.match(answer, /response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"/)
  })

  it('for a token is the token', async () => {
    const challenge = new SipChallenge(() => 'md5')
    challenge.credentials = { token: 'secret-token' }
    const nonce = /nonce="([^"]+)"/.exec(challenged(challenge, 'WWW-Authenticate: Bearer realm="r"'))?.[1] ?? ''
    const answer = await challenge.outgoing(
      ['REGISTER sip:example.org SIP/2.0', `Authorization: Digest nonce="${nonce}", response="0"`, '', ''].join('\r\n'),
    )
    assert.match(answer, /^Authorization: Bearer secret-token\r$/m)
  })

  it('to nobody who asked stays in', () => {
    const text = 'INVITE sip:bob@example.org SIP/2.0\r\nProxy-Authorization: Digest nonce="other", response="0"\r\n\r\n'
    assert.equal(withPassword().outgoing(text), text)
  })
})
