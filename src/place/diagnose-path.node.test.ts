import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { diagnosePath, type PathFacts } from './diagnose-path.ts'

const nothing: PathFacts = {
  servers: { stun: false, turnByUdp: false, turnByTcp: false },
  found: { reflexive: false, relayByUdp: false, relayByTcp: false },
  answered: false,
}
const all = { stun: true, turnByUdp: true, turnByTcp: true }

const rows: readonly (readonly [string, Partial<PathFacts>, 'udp-blocked' | 'no-media-path'])[] = [
  ['no server, no answer', {}, 'udp-blocked'],
  ['STUN and TURN by UDP that do not answer', { servers: { ...all, turnByTcp: false } }, 'udp-blocked'],
  [
    'a STUN server that answers',
    { servers: { ...all, turnByTcp: false }, found: { ...nothing.found, reflexive: true } },
    'no-media-path',
  ],
  ['a relay that answers by UDP', { servers: all, found: { ...nothing.found, relayByUdp: true } }, 'no-media-path'],
  ['a relay by TCP', { servers: all, found: { ...nothing.found, relayByTcp: true } }, 'no-media-path'],
  ['a check that was answered', { answered: true }, 'no-media-path'],
]

describe('why no sound gets through', () => {
  for (const [what, facts, cause] of rows) {
    it(`is "${cause}" with ${what}`, () => {
      assert.equal(diagnosePath({ ...nothing, ...facts }), cause)
    })
  }
})
