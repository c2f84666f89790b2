import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { numRuns } from '../base/testing/fuzz-runs.ts'
import { readFragment } from './sdp-fragment.ts'

const text = fc.string({ unit: 'binary', maxLength: 80 })
const line = fc.oneof(
  fc
    .tuple(fc.constantFrom('a=mid:', 'a=ice-ufrag:', 'a=candidate:', 'm=audio', 'a=', ''), text)
    .map((parts) => parts.join('')),
  fc.constantFrom('a=candidate:1 1 udp 1 192.0.2.1 9 typ host', 'a=mid:0', 'a=end-of-candidates', 'a=candidate:'),
)
const fragment = fc.oneof(
  text,
  fc
    .tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\r\n', '\n', '\r'))
    .map(([lines, end]) => lines.join(end)),
)

describe('fragments of candidates that nobody of good will sends', () => {
  it('are read or not, never throw, and come to nothing but candidates', () => {
    fc.assert(
      fc.property(fragment, (hostile) => {
        const candidates = readFragment(hostile)
        assert(candidates.length <= hostile.split('a=candidate:').length - 1)
        for (const { candidate = '', sdpMid } of candidates) {
          assert(candidate.startsWith('candidate:') && !candidate.includes('\n'))
          assert.equal(typeof sdpMid, 'string')
        }
      }),
      { numRuns },
    )
  })

  it('say the same however often they are read', () => {
    fc.assert(
      fc.property(fragment, (hostile) => assert.deepEqual(readFragment(hostile), readFragment(hostile))),
      { numRuns },
    )
  })
})
