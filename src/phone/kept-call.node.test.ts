import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readKept, type Kept } from './kept-call.ts'

const call = (): Kept['calls'][number] => ({
  record: { dialog: 1 },
  direction: 'outgoing',
  remote: { address: 'bob@example.com', uri: 'sip:bob@example.com' },
  mediaType: 'audio',
  muted: false,
  hold: { local: false, remote: true, explicit: false },
  connectedAt: Date.now() - 60_000,
  foreground: true,
})

const kept = (change: object = {}): Kept => ({
  version: 1,
  userId: 'alice',
  sessionId: 'b8a0c6de-7d3c-4b9b-9d7e-3f0a2a4f1c55',
  at: Date.now(),
  calls: [call()],
  ...change,
})

describe('what a page wrote down of its calls', () => {
  it('is read as it was written', () => {
    const written = kept()
    assert.deepEqual(readKept(JSON.stringify(written)), written)
  })

  for (const [what, value] of [
    ['is no JSON', '{'],
    ['is no object', '7'],
    ['is of another version', kept({ version: 2 })],
    ['has no user', kept({ userId: undefined })],
    ['has a session that is none', kept({ sessionId: 'a\r\nb' })],
    ['is too old', kept({ at: Date.now() - 31_000 })],
    ['comes from the future', kept({ at: Date.now() + 60_000 })],
    ['has calls that are none', kept({ calls: {} })],
    ['has more calls than a phone has', kept({ calls: [call(), call(), call()] })],
    ['has a call without a party', kept({ calls: [{ ...call(), remote: { address: 7 } }] })],
    ['has a party of endless length', kept({ calls: [{ ...call(), remote: { address: 'x'.repeat(9999), uri: '' } }] })],
    ['has a call that is to begin later', kept({ calls: [{ ...call(), connectedAt: Date.now() + 60_000 }] })],
    ['has a call without a direction', kept({ calls: [{ ...call(), direction: 'sideways' }] })],
    ['has a hold that is none', kept({ calls: [{ ...call(), hold: { local: 'yes' } }] })],
    ['has a call without a record', kept({ calls: [{ ...call(), record: null }] })],
    ['has one call of two that is none', kept({ calls: [call(), null] })],
  ] as const)
    it(`is not taken where it ${what}`, () => {
      assert.equal(readKept(typeof value === 'string' ? value : JSON.stringify(value)), null)
    })

  it('brings nothing along that nobody asked for', () => {
    const written = kept({ token: 'secret', calls: [{ ...call(), remote: { ...call().remote, evil: true } }] })
    assert.deepEqual(
      readKept(JSON.stringify(written)),
      kept({ at: written.at, calls: [{ ...call(), connectedAt: written.calls[0]?.connectedAt }] }),
    )
  })
})
