import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { numRuns } from '../../base/testing/fuzz-runs.ts'
import { ExchangeError } from '../../exchange/protocol.ts'
import { connect, Switchboard, type Device } from '../../exchange/testing/switchboard.ts'
import { readMessage } from './local-protocol.ts'

const anything = fc.oneof(
  fc.anything({ maxDepth: 2 }),
  fc.constantFrom('', 'sip:bob@example.com', '__proto__', null, 1),
)
const field = <T>(good: fc.Arbitrary<T>): fc.Arbitrary<unknown> => fc.oneof({ weight: 5, arbitrary: good }, anything)
const ops = [
  ...[
    'dial',
    'ring',
    'answer',
    'modify',
    'accept-modification',
    'reject-modification',
    'move',
    'transfer',
    'of-tomorrow',
  ],
  ...['candidates', 'rejoin', 'mute', 'unmute', 'end', 'send-picture', 'receive-pictures', 'constructor', '__proto__'],
]
const command = fc.record(
  {
    op: field(fc.constantFrom(...ops)),
    call: field(fc.constantFrom('id4', 'id1', 'nothing')),
    to: field(fc.constantFrom('sip:bob@example.com', 'sip:mallory@example.com')),
    sdp: field(fc.string()),
    sdpfrag: field(fc.string()),
    modId: field(fc.string()),
    target: field(fc.constantFrom('id4', 'nothing')),
    kind: field(fc.constantFrom('hold', 'resume', 'mod')),
    how: field(fc.constantFrom('cancel', 'reject', 'terminate')),
    focus: field(fc.constantFrom(true, 'hand-over')),
    detail: anything,
  },
  { requiredKeys: ['op'] },
)
const restored = fc.array(field(fc.record({ call: field(fc.string()), peer: field(fc.string()) })), { maxLength: 2 })
const request = field(
  fc.record(
    {
      op: field(fc.constantFrom('register', 'unregister', 'command')),
      user: anything,
      calls: field(restored),
      command: field(command),
    },
    { requiredKeys: ['op'] },
  ),
)
const message = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        kind: field(fc.constantFrom('up', 'request', 'reply', 'refusal', 'event')),
        client: field(fc.string()),
        number: field(fc.nat()),
        epoch: anything,
        request,
        reply: anything,
        status: anything,
        messageId: anything,
        text: anything,
        event: anything,
      },
      { requiredKeys: ['kind'] },
    ),
  },
  anything,
)
const asked = command.map((each) => ({
  kind: 'request',
  client: 'm',
  number: 1,
  request: { op: 'command', command: each },
}))

/** A call of Alice and Bob that is up, and Mallory, who is in none. */
async function board(): Promise<readonly [call: string, alice: Device, bob: Device, mallory: Device]> {
  const switchboard = new Switchboard()
  const [alice, bob, mallory] = ['alice', 'bob', 'mallory'].map((name) => switchboard.device(name))
  assert(alice && bob && mallory)
  return [await connect(alice, bob), alice, bob, mallory]
}

describe('messages between tabs that no tab of good will writes', () => {
  it('are read or not, and never throw', () => {
    fc.assert(
      fc.property(fc.oneof(message, asked), (hostile) => void readMessage(hostile)),
      { numRuns },
    )
  })

  it('are refused by the exchange in its words, or carried out, and leave calls of others alone', async () => {
    const [call, alice, bob, mallory] = await board()
    let refused = 0
    await fc.assert(
      fc.asyncProperty(asked, async (hostile) => {
        const read = readMessage(hostile)
        if (read?.kind !== 'request' || read.request.op !== 'command') return
        try {
          mallory.exchange.request(mallory.session, read.request.command)
        } catch (error) {
          assert(error instanceof ExchangeError, String(error))
          refused += 1
        }
        await Promise.resolve()
        for (const { call: told } of [...alice.heard.splice(0), ...bob.heard.splice(0)]) assert.notEqual(told, call)
      }),
      { numRuns },
    )
    assert(refused > numRuns / 100)
    // It is up still.
    bob.do(call, { op: 'modify', kind: 'hold', sdp: 'offer' })
    assert.deepEqual(await alice.news(), ['mod-received'])
  })
})
