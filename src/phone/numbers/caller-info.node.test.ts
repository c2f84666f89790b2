import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { getCallerInfo } from './caller-info.ts'

describe('the caller of a URI', () => {
  for (const [uri, info] of [
    ['sip:bob@domain.com', { protocol: 'sip', callerId: 'bob', domain: 'domain.com', port: '' }],
    ['sip:+1111@icmn.api.att.com', { protocol: 'sip', callerId: '+1111', domain: 'icmn.api.att.com', port: '' }],
    ['tel:+19234567890', { protocol: 'tel', callerId: '+19234567890', domain: '', port: '' }],
    ['bob@domain.com', { callerId: 'bob', domain: 'domain.com' }],
    ['sip:bob@domain.com:5060', { protocol: 'sip', callerId: 'bob', domain: 'domain.com', port: '5060' }],
    [
      'sips:bob@domain.com:5061;transport=tls;user=phone',
      { protocol: 'sips', callerId: 'bob', domain: 'domain.com', port: '5061', transport: 'tls', user: 'phone' },
    ],
    ['bob', { callerId: 'bob' }],
    ['+19234567890', { callerId: '+19234567890' }],
    ['bob@domain.com:5060', { callerId: 'bob', domain: 'domain.com', port: '5060' }],
    ['SIP:Bob@Domain.com', { protocol: 'sip', callerId: 'Bob', domain: 'Domain.com', port: '' }],
    ['sip:domain.com', { protocol: 'sip', callerId: '', domain: 'domain.com', port: '' }],
    ['sip:bob:secret@domain.com', { protocol: 'sip', callerId: 'bob', domain: 'domain.com', port: '' }],
    ['sip:bob@[::1]:5060', { protocol: 'sip', callerId: 'bob', domain: '[::1]', port: '5060' }],
    ['sip:bob;day=tue@domain.com', { protocol: 'sip', callerId: 'bob;day=tue', domain: 'domain.com', port: '' }],
    ['sip:bob@domain.com;lr', { protocol: 'sip', callerId: 'bob', domain: 'domain.com', port: '', lr: '' }],
    ['sip:bob@domain.com?subject=x;y', { protocol: 'sip', callerId: 'bob', domain: 'domain.com', port: '' }],
    ['tel:911;phone-context=+1', { protocol: 'tel', callerId: '911', domain: '', port: '', 'phone-context': '+1' }],
    [
      'sip:bob@domain.com;callerId=eve;domain=evil.com',
      { protocol: 'sip', callerId: 'bob', domain: 'domain.com', port: '' },
    ],
  ] as const) {
    it(`${uri} is read`, () => {
      assert.deepEqual(getCallerInfo(uri), info)
    })
  }

  for (const uri of [undefined, null, '', '  ', 'sip:', 1001, {}, 'sip:' + 'a'.repeat(1_000_000)]) {
    it(`${JSON.stringify([uri]).slice(0, 20)} has none`, () => {
      assert.equal(getCallerInfo(uri), null)
    })
  }

  it('cannot reach the prototype by a parameter', () => {
    const info = getCallerInfo('sip:bob@domain.com;__proto__=x;constructor=y')
    assert.equal(Object.getPrototypeOf(info), Object.prototype)
    assert.equal(info?.['constructor'], 'y')
  })
})
