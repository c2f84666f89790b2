import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import {
  connect,
  refusal,
  settled,
  Switchboard,
  wrongState,
  type BareCommand,
  type Device,
} from './testing/switchboard.ts'

const bob = 'sip:bob@example.com'

let board: Switchboard
let a: Device
let b: Device

beforeEach(() => {
  board = new Switchboard()
  a = board.device('alice')
  b = board.device('bob')
})

describe('dial', () => {
  it('tells the caller the id and the state of the call', () => {
    const reply = board.exchange.request(a.session, { op: 'dial', to: bob, sdp: 'offer' })
    assert.equal(reply.state, 'invitation-sent')
    assert.ok(reply.call)
  })

  it('rings the callee with the offer and the caller, under the same id', async () => {
    const call = a.dial(bob)
    assert.deepEqual(await b.news(), ['invitation-received'])
    a.dial(bob)
    await settled()
    const [event] = b.heard
    assert.notEqual(event?.call, call)
    assert.equal(event?.from, 'sip:alice@example.com')
    assert.equal(event.sdp, 'offer')
  })

  it('delivers nothing before the request has returned', () => {
    a.dial(bob)
    assert.deepEqual(b.heard, [])
  })

  it('rings every device of the callee', async () => {
    const b2 = board.device('bob')
    a.dial(bob)
    assert.deepEqual([await b.news(), await b2.news()], [['invitation-received'], ['invitation-received']])
  })

  it("rings the caller's own other devices, not the one that calls", async () => {
    const a2 = board.device('alice')
    a.dial(a.user)
    assert.deepEqual([await a.news(), await a2.news()], [[], ['invitation-received']])
  })

  for (const [who, to] of [
    ['an unknown user', 'sip:nobody@example.com'],
    ['a user whose only device is the calling one', 'sip:alice@example.com'],
  ] as const) {
    it(`refuses ${who}, by name, with 404`, () => {
      assert.throws(
        () => a.dial(to),
        (error) => refusal(404, '')(error) && String(error).includes(to),
      )
    })
  }

  it('refuses a user who signed out', () => {
    board.exchange.unregister(b.session)
    assert.throws(() => a.dial(bob), refusal(404, ''))
  })

  it('refuses a session that has its fill of calls', () => {
    const small = new Switchboard({ calls: 1 })
    const caller = small.device('alice')
    small.device('bob')
    small.device('bob')
    caller.dial(bob)
    assert.throws(() => caller.dial(bob), refusal(400, 'SVC0020'))
  })

  it('refuses a callee all of whose devices have their fill of calls', () => {
    const small = new Switchboard({ calls: 1 })
    small.device('bob')
    small.device('alice').dial(bob)
    assert.throws(() => small.device('carol').dial(bob), refusal(400, 'SVC0020'))
  })
})

describe('ringing', () => {
  it('is heard by the caller once, however many devices ring', async () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    b.do(call, { op: 'ring' })
    b2.do(call, { op: 'ring' })
    assert.deepEqual(await a.news(), ['ringing'])
  })

  it('is not told to a caller without extensions', async () => {
    const original = board.device('carol', { extensions: false })
    b.do(original.dial(bob), { op: 'ring' })
    assert.deepEqual(await original.news(), [])
  })

  it('ends after the ring limit, for everyone', async () => {
    a.dial(bob)
    board.pass(180_000)
    assert.deepEqual(await a.news(), ['session-terminated | Call canceled | no-answer'])
    assert.deepEqual(await b.news(), ['invitation-received', 'session-terminated | Call canceled | no-answer'])
  })
})

describe('answer', () => {
  it('opens the call for both, with the answer for the caller', async () => {
    const call = a.dial(bob)
    assert.deepEqual(b.do(call, { op: 'answer', sdp: 'answer' }), { state: 'session-open' })
    await settled()
    assert.deepEqual(a.heard, [{ type: 'calls', call, state: 'session-open', from: bob, sdp: 'answer' }])
    assert.deepEqual((await b.news()).at(-1), 'session-open')
  })

  it('by one device cancels the others as answered elsewhere', async () => {
    const b2 = board.device('bob')
    b2.do(a.dial(bob), { op: 'answer', sdp: 'answer' })
    assert.deepEqual((await b.news()).at(-1), 'session-terminated | Call canceled | answered-elsewhere')
  })

  it('by a second device comes too late: the call is not there any more', () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    b2.do(call, { op: 'answer', sdp: 'answer' })
    assert.throws(() => b.do(call, { op: 'answer', sdp: 'answer' }), refusal(404, ''))
  })

  it('stops the ring limit', async () => {
    await connect(a, b)
    assert.equal(board.timers, 0)
  })
})

describe('reject', () => {
  it('is heard by the caller', async () => {
    b.do(a.dial(bob), { op: 'end', how: 'reject' })
    assert.deepEqual(await a.news(), ['session-terminated | Call rejected'])
  })

  it('on one device declines on all of them', async () => {
    const b2 = board.device('bob')
    b.do(a.dial(bob), { op: 'end', how: 'reject' })
    assert.deepEqual((await b2.news()).at(-1), 'session-terminated | Call canceled')
    assert.deepEqual(await a.news(), ['session-terminated | Call rejected'])
  })

  it('as busy leaves the other devices ringing', async () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    b.do(call, { op: 'end', how: 'reject', detail: 'busy' })
    assert.deepEqual(await a.news(), [])
    b2.do(call, { op: 'answer', sdp: 'answer' })
    assert.deepEqual(await a.news(), ['session-open'])
  })

  it('as busy by all devices is busy to the caller', async () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    b.do(call, { op: 'end', how: 'reject', detail: 'busy' })
    b2.do(call, { op: 'end', how: 'reject', detail: 'busy' })
    assert.deepEqual(await a.news(), ['session-terminated | Call rejected | busy'])
  })

  it('as busy by all devices that did not leave is busy to the caller', async () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    b.do(call, { op: 'end', how: 'reject', detail: 'busy' })
    board.exchange.unregister(b2.session)
    assert.deepEqual(await a.news(), ['session-terminated | Call rejected | busy'])
  })
})

describe('cancel', () => {
  it('is heard by every ringing device, with its detail', async () => {
    const b2 = board.device('bob')
    a.do(a.dial(bob), { op: 'end', how: 'cancel', detail: 'no-answer' })
    for (const device of [b, b2]) {
      assert.equal((await device.news()).at(-1), 'session-terminated | Call canceled | no-answer')
    }
  })

  it('is what hanging up an unanswered call means', async () => {
    a.do(a.dial(bob), { op: 'end', how: 'terminate' })
    assert.equal((await b.news()).at(-1), 'session-terminated | Call canceled')
  })

  it('that crosses the answer ends the call as hanging up does', async () => {
    a.do(await connect(a, b), { op: 'end', how: 'cancel' })
    assert.deepEqual(await b.news(), ['session-terminated'])
  })
})

describe('terminate', () => {
  for (const side of ['caller', 'callee'] as const) {
    it(`by the ${side} is a normal end to the other side`, async () => {
      const call = await connect(a, b)
      const [ending, other] = side === 'caller' ? [a, b] : [b, a]
      ending.do(call, { op: 'end', how: 'terminate' })
      assert.deepEqual([await ending.news(), await other.news()], [[], ['session-terminated']])
    })
  }

  it('leaves nothing of the call', async () => {
    const call = await connect(a, b)
    a.do(call, { op: 'modify', kind: 'mod', sdp: 'offer' })
    a.do(call, { op: 'end', how: 'terminate' })
    for (const device of [a, b]) {
      assert.throws(() => device.do(call, { op: 'end', how: 'terminate' }), refusal(404, ''))
    }
    assert.equal(board.timers, 0)
  })
})

describe('candidates', () => {
  it('of the caller reach every ringing device', async () => {
    const b2 = board.device('bob')
    a.do(a.dial(bob), { op: 'candidates', sdpfrag: 'fragment' })
    for (const device of [b, b2]) assert.deepEqual((await device.news()).at(-1), 'ice-candidates')
  })

  it('of a device wait until it answered, and follow its answer', async () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    b2.do(call, { op: 'candidates', sdpfrag: 'of b2' })
    b.do(call, { op: 'candidates', sdpfrag: 'of b' })
    assert.deepEqual(await a.news(), [])
    b.do(call, { op: 'answer', sdp: 'answer' })
    await settled()
    assert.deepEqual(
      a.heard.map(({ state, sdpfrag }) => [state, sdpfrag]),
      [
        ['session-open', undefined],
        ['ice-candidates', 'of b'],
      ],
    )
  })

  it('of either side reach the other when the call is up', async () => {
    const call = await connect(a, b)
    a.do(call, { op: 'candidates', sdpfrag: 'fragment' })
    b.do(call, { op: 'candidates', sdpfrag: 'fragment' })
    assert.deepEqual([await a.news(), await b.news()], [['ice-candidates'], ['ice-candidates']])
  })

  it('are not told to a session without extensions', async () => {
    const original = board.device('carol', { extensions: false })
    a.do(a.dial(original.user), { op: 'candidates', sdpfrag: 'fragment' })
    assert.deepEqual(await original.news(), ['invitation-received'])
  })

  it('are bounded before the answer', () => {
    const call = a.dial(bob)
    const send = (): unknown => b.do(call, { op: 'candidates', sdpfrag: 'fragment' })
    for (let sent = 0; sent < 64; sent += 1) send()
    assert.throws(send, refusal(400, 'SVC0020'))
  })
})

describe('a request in the wrong state', () => {
  interface Case {
    readonly name: string
    readonly by: 'caller' | 'callee'
    readonly command: BareCommand
  }
  const answer: BareCommand = { op: 'answer', sdp: 'answer' }
  const ringing: readonly Case[] = [
    { name: 'the caller answers', by: 'caller', command: answer },
    { name: 'the caller rings', by: 'caller', command: { op: 'ring' } },
    { name: 'the caller rejects', by: 'caller', command: { op: 'end', how: 'reject' } },
    { name: 'the callee cancels', by: 'callee', command: { op: 'end', how: 'cancel' } },
    { name: 'the caller holds', by: 'caller', command: { op: 'modify', kind: 'hold', sdp: '' } },
    {
      name: 'the callee accepts a modification',
      by: 'callee',
      command: { op: 'accept-modification', modId: 'x', sdp: '' },
    },
  ]
  const up: readonly Case[] = [
    { name: 'the callee answers again', by: 'callee', command: answer },
    { name: 'the caller answers', by: 'caller', command: answer },
    { name: 'the callee rings', by: 'callee', command: { op: 'ring' } },
    { name: 'the callee rejects', by: 'callee', command: { op: 'end', how: 'reject' } },
    {
      name: 'a modification nobody asked for is accepted',
      by: 'callee',
      command: { op: 'accept-modification', modId: 'x', sdp: '' },
    },
    {
      name: 'a modification nobody asked for is rejected',
      by: 'callee',
      command: { op: 'reject-modification', modId: 'x', sdp: '' },
    },
  ]

  for (const { name, by, command } of ringing) {
    it(`is refused, and the call still rings: ${name}`, async () => {
      const call = a.dial(bob)
      assert.throws(() => (by === 'caller' ? a : b).do(call, command), wrongState)
      b.do(call, answer)
      assert.deepEqual(await a.news(), ['session-open'])
    })
  }

  for (const { name, by, command } of up) {
    it(`is refused, and the call is still up: ${name}`, async () => {
      const call = await connect(a, b)
      assert.throws(() => (by === 'caller' ? a : b).do(call, command), wrongState)
      assert.deepEqual([await a.news(), await b.news()], [[], []])
      assert.ok(a.do(call, { op: 'modify', kind: 'hold', sdp: '' }).modId)
    })
  }

  it('is refused when the asker settles its own modification, or the id is another', async () => {
    const call = await connect(a, b)
    const { modId = '' } = a.do(call, { op: 'modify', kind: 'mod', sdp: '' })
    assert.throws(() => a.do(call, { op: 'accept-modification', modId, sdp: '' }), wrongState)
    assert.throws(() => b.do(call, { op: 'accept-modification', modId: 'other', sdp: '' }), wrongState)
    assert.deepEqual(await a.news(), [])
  })

  it("is refused with 404 for another session's call, even of the same user", async () => {
    const call = await connect(a, b)
    const a2 = board.device('alice')
    assert.throws(() => a2.do(call, { op: 'end', how: 'terminate' }), refusal(404, ''))
  })

  it('is refused with 404 for an unknown session, in the words that mean it expired', () => {
    assert.throws(
      () => board.exchange.request('nobody', { op: 'dial', to: bob, sdp: '' }),
      (error) => refusal(404, '')(error) && String(error).includes('The requested session resource was not found'),
    )
  })
})
