import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { endOf, redirectionOf } from './sip-reason.ts'

const response = (status: number, words: string, headers: Readonly<Record<string, string>> = {}) => ({
  originator: 'remote',
  cause: '',
  message: {
    status_code: status,
    reason_phrase: words,
    getHeader: (name: string) => headers[name],
    getHeaders: (name: string) => [headers[name] ?? []].flat(),
  },
})

const request = (...reasons: readonly string[]) => ({
  originator: 'remote',
  cause: '',
  message: { getHeader: () => reasons[0], getHeaders: () => reasons },
})

describe('the end of a call over SIP', () => {
  it('by an answer that nobody acknowledged is a loss, and no missed call', () => {
    const { reason } = endOf({ originator: 'remote', message: null, cause: 'No ACK' }, false)
    assert.equal(reason, 'lost')
  })

  for (const [status, reason] of [
    [408, 'no-answer'],
    [480, 'unavailable'],
    [486, 'busy'],
    [487, 'canceled'],
    [600, 'busy'],
    [603, 'rejected'],
    [607, 'rejected'],
    [608, 'rejected'],
    [404, 'failed'],
    [503, 'failed'],
  ] as const) {
    it(`by ${status} is ${reason}, in the network's words`, () => {
      const { reason: found, message } = endOf(response(status, 'Their Words'), false)
      assert.deepEqual([found, message], [reason, 'Their Words'])
    })
  }

  it('by 488 is an error of the media', () => {
    assert.equal(endOf(response(488, 'No'), false).error?.kind, 'media')
  })

  it('by a cancel that says so is an answer elsewhere (RFC 3326)', () => {
    const { reason } = endOf(request('SIP;cause=200;text="Call completed elsewhere"'), false)
    assert.equal(reason, 'answered-elsewhere')
  })

  for (const reasons of [
    ['Q.850;cause=26'],
    ['Q.850;cause=26;text="Answered, elsewhere"', 'SIP;cause=200;text="Call completed elsewhere"'],
    ['Q.850;cause=16, SIP;cause=200'],
    ['Q.850 ; cause=16', 'X;cause=9', 'sip ;text="a;cause=1,b" ; cause=200'],
    ['SIP;cause=487', 'Q.850;cause=26'],
  ])
    it(`by a cancel with ${reasons.join(' and ')} is an answer elsewhere`, () => {
      assert.equal(endOf(request(...reasons), false).reason, 'answered-elsewhere')
    })

  for (const reasons of [
    ['Q.850;cause=200'],
    ['SIP;cause=26'],
    ['SIP;text="cause=200"'],
    ['X;cause=200, Q.850;cause=2'],
  ])
    it(`by a cancel with ${reasons.join(' and ')} is a cancel`, () => {
      assert.equal(endOf(request(...reasons), false).reason, 'canceled')
    })

  it('by 503 tells when to try again', () => {
    const end = endOf(response(503, 'Overloaded', { 'Retry-After': '120 (in maintenance);duration=60' }), false)
    assert.equal(end.error?.details.retryAfter, 120)
  })

  it('by a BYE that says so is an answer elsewhere: this device was a moment late', () => {
    const { reason } = endOf(request('SIP;cause=200;text="Call completed elsewhere"'), true)
    assert.equal(reason, 'answered-elsewhere')
  })

  it('by a cancel of a caller who waited long enough is no answer', () => {
    assert.equal(endOf(request('SIP ;cause=408 ;text="Nobody answered in time"'), false).reason, 'no-answer')
  })

  it('by a cause that is not of SIP is what it would be without', () => {
    assert.equal(endOf(request('Q.850;cause=200'), false).reason, 'canceled')
  })

  it('by a cancel without a word is a cancel', () => {
    assert.equal(endOf(request(), false).reason, 'canceled')
  })

  it('by a lost connection is a failure to reach the network', () => {
    const { reason, error } = endOf({ originator: 'local', cause: 'Connection Error' }, false)
    assert.deepEqual([reason, error?.kind], ['failed', 'unreachable'])
  })
})

describe('a redirection', () => {
  it('leads to the addresses it names', () => {
    const contact = '"Bob" <sip:bob@example.com;user=phone>;q=0.7, <sip:other@example.com>'
    assert.deepEqual(redirectionOf(response(302, 'Moved', { Contact: contact })), [
      'sip:other@example.com',
      'sip:bob@example.com;user=phone',
    ])
  })

  it('leads nowhere when it names no SIP address', () => {
    assert.deepEqual(redirectionOf(response(302, 'Moved', { Contact: '<mailto:bob@example.com>' })), [])
  })

  it('is no other answer', () => {
    assert.deepEqual(redirectionOf(response(486, 'Busy', { Contact: '<sip:bob@example.com>' })), [])
  })

  it('to several addresses goes by their weight (RFC 3261, 20.10)', () => {
    const contact = '<sip:c@example.com>;q=0.1, "B, q=1" <sip:b@example.com;q=9>;q=0.50, <sip:a@example.com>'
    assert.deepEqual(redirectionOf(response(302, 'Moved', { Contact: contact })), [
      'sip:a@example.com',
      'sip:b@example.com;q=9',
      'sip:c@example.com',
    ])
  })

  it('brings the address alone, without header fields and method (RFC 3261, 19.1.5)', () => {
    const contact = '<sip:bob@example.com;method=REFER;user=phone?Replaces=1%3Bto-tag%3Da&Route=%3Csip:evil%3E>'
    assert.deepEqual(redirectionOf(response(302, 'Moved', { Contact: contact })), ['sip:bob@example.com;user=phone'])
  })
})
