import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { numRuns } from '../../base/testing/fuzz-runs.ts'
import { readBatch } from './event-batch.ts'

const anything = fc.oneof(fc.anything({ maxDepth: 2 }), fc.constantFrom('', '%', 'calls', '/c/1', '__proto__', null))
const field = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ weight: 4, arbitrary: good }, anything)
const eventObject = fc.record(
  {
    type: field(fc.constantFrom('calls', 'conferences')),
    resourceURL: field(fc.constantFrom('/RTC/v1/sessions/s/calls/c', '/calls/%E0%A4%A', '/calls/', 'c%2Fd')),
    state: field(fc.constantFrom('invitation-received', 'session-open', 'participant-changed', 'of-tomorrow')),
    from: field(fc.constant('sip:bob@example.com')),
    sdp: field(fc.string({ unit: 'binary' })),
    sdpfrag: field(fc.string({ unit: 'binary' })),
    modId: anything,
    focus: anything,
    participant: field(fc.constant({ state: 'joined' })),
    pictures: field(fc.array(fc.oneof(fc.constant({ mid: '0', from: 'sip:a@b' }), anything), { maxLength: 3 })),
  },
  { requiredKeys: [] },
)
const entry = fc.oneof({ weight: 4, arbitrary: fc.record({ eventObject }) }, anything)
const eventList = field(fc.array(entry, { maxLength: 5 }))
const body = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ id: field(fc.nat()), events: field(fc.record({ eventList })) }, { requiredKeys: [] }),
  },
  anything,
)

describe('messages of a gateway that no gateway of good will sends', () => {
  it('are read or not, never throw, and come to whole events alone', () => {
    fc.assert(
      fc.property(body, (hostile) => {
        const batch = readBatch(hostile)
        if (!batch) return
        assert(batch.id === undefined || (Number.isSafeInteger(batch.id) && batch.id >= 0))
        for (const { type, call, state, from, sdp, sdpfrag, modId, focus, participant, pictures } of batch.events) {
          assert(type === 'calls' || type === 'conferences')
          assert(call !== '' && typeof call === 'string' && typeof state === 'string')
          for (const text of [from, sdp, sdpfrag, modId, focus]) assert(text === undefined || typeof text === 'string')
          assert(participant === undefined || typeof participant.state === 'string')
          for (const { mid, from: of } of pictures ?? []) assert(typeof mid === 'string' && typeof of === 'string')
        }
      }),
      { numRuns },
    )
  })

  it('take no good event along that came with them', () => {
    const good = { eventObject: { type: 'calls', resourceURL: '/RTC/v1/sessions/s/calls/c', state: 'ringing' } }
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 4 }), fc.array(entry, { maxLength: 4 }), (before, after) => {
        const batch = readBatch({ id: 1, events: { eventList: [...before, good, ...after] } })
        assert(batch?.events.some(({ call, state }) => call === 'c' && state === 'ringing'))
      }),
      { numRuns },
    )
  })
})
