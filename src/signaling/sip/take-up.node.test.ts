import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readLegRecord } from './take-up.ts'

const dialog = {
  incoming: false,
  callId: 'a84b4c76e66710',
  fromTag: '1928301774',
  toTag: 'a6c85cf',
  local: '<sip:alice@example.com>',
  remote: '"Bob" <sip:bob@example.com>',
  target: 'sip:bob@192.0.2.4;transport=ws',
  routes: ['<sip:proxy.example.com;lr>'],
  sent: 4711,
  heard: null,
  expires: 1800,
  refresher: true,
}

const record = {
  dialog,
  party: { address: 'bob@example.com', uri: 'sip:bob@example.com' },
  mediaType: 'audio',
  sections: [{ kind: 'audio', wanted: 'sendrecv' }],
  held: false,
  remoteHeld: false,
}

describe('the record of a call over SIP', () => {
  it('is read as it was written', () => {
    assert.deepEqual(readLegRecord(JSON.parse(JSON.stringify(record))), record)
  })

  for (const [what, change] of [
    ['a Call-ID that ends its header field', { dialog: { ...dialog, callId: 'a\r\nVia: evil' } }],
    ['a tag with a parameter', { dialog: { ...dialog, toTag: 'a;evil=1' } }],
    ['a route that ends its header field', { dialog: { ...dialog, routes: ['<sip:a>\r\nEvil: 1'] } }],
    ['routes without end', { dialog: { ...dialog, routes: Array.from({ length: 99 }, () => '<sip:a;lr>') } }],
    ['a target of another kind', { dialog: { ...dialog, target: 7 } }],
    ['a sequence number without room', { dialog: { ...dialog, sent: 2 ** 31 } }],
    ['a broken sequence number', { dialog: { ...dialog, heard: 1.5 } }],
    ['no dialog', { dialog: null }],
    ['another medium', { mediaType: 'smell' }],
    ['a section of another kind', { sections: [{ kind: 'application', wanted: 'sendrecv' }] }],
    ['no party', { party: 'bob' }],
    ['a hold that is none', { held: 'yes' }],
  ] as const)
    it(`with ${what} is not read`, () => {
      assert.throws(() => readLegRecord({ ...record, ...change }), TypeError)
    })

  for (const value of [null, 7, 'record', []])
    it(`that is ${JSON.stringify(value)} is not read`, () => {
      assert.throws(() => readLegRecord(value), TypeError)
    })
})
