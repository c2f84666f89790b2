import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dialled, dialledByUri, telUri } from './tel-uri.ts'

describe('what a link dials', () => {
  for (const [href, address] of [
    ['tel:+1-212-555-0143', '+12125550143'],
    [' TEL:+1(212)555.0143 ', '+12125550143'],
    ['tel:+12125550143;ext=7', '+12125550143'],
    ['tel:%2B12125550143', '+12125550143'],
    ['tel:*67', '*67'],
    ['tel:%23%23', '##'],
    ['sip:bob@example.com', 'bob@example.com'],
    ['sips:bob@example.com;transport=tls?subject=x', 'bob@example.com'],
    ['tel:', null],
    ['tel:bob', null],
    ['tel:%zz', null],
    ['tel:javascript:alert(1)', null],
    ['https://example.com', null],
    ['911', null],
  ] as const) {
    it(`${href} dials ${address ?? 'nobody'}`, () => assert.equal(dialledByUri(href), address))
  }
})

describe('what is meant by `to`', () => {
  for (const [to, address] of [
    ['tel:+1-212-555-0143', '+12125550143'],
    [' echo ', 'echo'],
    ['(212) 555-0143', '(212) 555-0143'],
  ] as const) {
    it(`${to} is ${address}`, () => assert.equal(dialled(to), address))
  }
})

describe('the link for a telephone', () => {
  for (const [to, href] of [
    ['+1 (800) 555-0199', 'tel:+18005550199'],
    ['*67#', 'tel:*67%23'],
    ['tel:911', 'tel:911'],
    ['sales@example.com', 'sip:sales@example.com'],
    ['zoé@example.com', 'sip:zo%C3%A9@example.com'],
    ['echo', null],
    ['javascript:alert(1)', null],
    ['javascript:alert(1)@example.com', null],
    ['a@b@c', null],
    ['', null],
  ] as const) {
    it(`of ${to || 'nothing'} is ${href ?? 'none'}`, () => assert.equal(telUri(to), href))
  }
})
