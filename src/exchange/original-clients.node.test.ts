import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { connect, refusal, Switchboard, wrongState, type Device } from './testing/switchboard.ts'

let board: Switchboard
let a: Device
let b: Device

beforeEach(() => {
  board = new Switchboard()
  a = board.device('alice', { extensions: false })
  b = board.device('bob', { extensions: false })
})

describe('a client of the original protocol', () => {
  it('that hangs up hears a plain end, as the other side does', async () => {
    const call = await connect(a, b)
    a.do(call, { op: 'end', how: 'terminate' })
    assert.deepEqual(await a.news(), ['session-terminated'])
    assert.deepEqual(await b.news(), ['session-terminated'])
  })

  it('that cancels hears that the call was canceled', async () => {
    a.do(a.dial(b.user), { op: 'end', how: 'cancel' })
    assert.deepEqual(await a.news(), ['session-terminated | Call canceled'])
    assert.deepEqual(await b.news(), ['invitation-received', 'session-terminated | Call canceled'])
  })

  for (const how of ['reject', 'terminate'] as const) {
    it(`that declines by ${how} hears that the call was rejected`, async () => {
      b.do(a.dial(b.user), { op: 'end', how })
      assert.deepEqual(await b.news(), ['invitation-received', 'session-terminated | Call rejected'])
      assert.deepEqual(await a.news(), ['session-terminated | Call rejected'])
    })
  }

  it('that declines an invitation to a conference hears so, as of a conference', async () => {
    const { call = '' } = a.exchange.request(a.session, { op: 'dial', to: b.user, sdp: 'offer', focus: true })
    b.do(call, { op: 'end', how: 'reject' })
    await b.news()
    const host = board.device('host', { extensions: false })
    const invited = host.exchange.request(host.session, { op: 'dial', to: b.user, sdp: 'offer', focus: true })
    b.do(invited.call ?? '', { op: 'answer', sdp: 'answer' })
    await b.news()
    b.do(invited.call ?? '', { op: 'end', how: 'terminate' })
    await Promise.resolve()
    assert.deepEqual(
      b.heard.map(({ type, state, from }) => ({ type, state, from })),
      [{ type: 'conferences', state: 'session-terminated', from: host.user }],
    )
  })

  it('that signs out in a call hears nothing more', async () => {
    await connect(a, b)
    a.exchange.unregister(a.session)
    assert.deepEqual(await a.news(), [])
  })

  for (const [op, reason] of [
    ['accept-modification', 'success'],
    ['reject-modification', 'Call rejected'],
  ] as const) {
    it(`that answers a modification by ${op} hears its end, without a description`, async () => {
      const call = await connect(a, b)
      const { modId = '' } = a.do(call, { op: 'modify', kind: 'hold', sdp: 'offer' })
      b.do(call, { op, modId, sdp: 'answer' })
      await Promise.resolve()
      const end = { type: 'calls', call, state: 'mod-terminated', from: a.user, modId, reason }
      assert.deepEqual(b.heard.at(-1), end)
      assert.deepEqual(a.heard.at(-1), { ...end, from: b.user, sdp: 'answer' })
    })
  }

  it('that ends a call which the other side ended meanwhile is not told that there is none', async () => {
    const call = await connect(a, b)
    a.do(call, { op: 'end', how: 'terminate' })
    assert.deepEqual(b.do(call, { op: 'end', how: 'terminate' }), { state: 'session-terminated' })
    assert.deepEqual(await b.news(), ['session-terminated'])
  })

  it('that changes a call which ended meanwhile is not told that its session is over', async () => {
    const call = await connect(a, b)
    a.do(call, { op: 'end', how: 'terminate' })
    assert.throws(() => b.do(call, { op: 'modify', kind: 'hold', sdp: 'offer' }), wrongState)
  })

  it('that names a call it never had is told so', () => {
    assert.throws(() => a.do('none', { op: 'end', how: 'terminate' }), refusal(404, ''))
  })
})

describe('a client with extensions', () => {
  it('hears nothing of what it did itself', async () => {
    const [c, d] = [board.device('carol'), board.device('dave')]
    const call = await connect(c, d)
    const { modId = '' } = c.do(call, { op: 'modify', kind: 'hold', sdp: 'offer' })
    d.do(call, { op: 'accept-modification', modId, sdp: 'answer' })
    assert.deepEqual(await d.news(), ['mod-received'])
    d.do(call, { op: 'end', how: 'terminate' })
    assert.deepEqual(await d.news(), [])
  })
})
