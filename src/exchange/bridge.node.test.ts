import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { connect, refusal, settled, Switchboard, type BareCommand, type Device } from './testing/switchboard.ts'

let board: Switchboard
let a: Device
let b: Device

beforeEach(() => {
  board = new Switchboard()
  a = board.device('alice')
  b = board.device('bob')
})

describe('modification', () => {
  const ask: BareCommand = { op: 'modify', kind: 'mod', sdp: 'new offer' }

  it('reaches the other side with its id and offer', async () => {
    const call = await connect(a, b)
    const { modId, state } = a.do(call, ask)
    await settled()
    assert.equal(state, 'modification-pending')
    assert.deepEqual(b.heard, [{ type: 'calls', call, state: 'mod-received', from: a.user, modId, sdp: 'new offer' }])
  })

  for (const [op, reason] of [
    ['accept-modification', 'success'],
    ['reject-modification', 'Call rejected'],
  ] as const) {
    it(`that is settled by ${op} ends for the asker as ${reason}, with the answer`, async () => {
      const call = await connect(a, b)
      const { modId = '' } = b.do(call, ask)
      a.do(call, { op, modId, sdp: 'new answer' })
      await settled()
      const end = { type: 'calls', call, state: 'mod-terminated', from: a.user, modId, reason, sdp: 'new answer' }
      assert.deepEqual(b.heard, [end])
    })
  }

  it('of a side whose page has gone ends the call, for nobody can answer', async () => {
    let away = false
    const leaving = board.device('carol', { isAway: () => away })
    const call = await connect(a, leaving)
    away = true
    assert.equal(a.do(call, ask).state, 'modification-pending')
    assert.deepEqual(await a.news(), ['session-terminated | The other side signed out or was lost | session-ended'])
    assert.deepEqual(await leaving.news(), [])
    assert.throws(() => a.do(call, ask), refusal(404, ''))
    assert.deepEqual(a.do(call, { op: 'candidates', sdpfrag: 'late' }), {})
  })

  it('is refused while one is open, from either side, and the open one stands', async () => {
    const call = await connect(a, b)
    const { modId = '' } = a.do(call, ask)
    assert.throws(() => b.do(call, ask), refusal(409, 'SVC8501'))
    assert.throws(() => a.do(call, ask), refusal(409, 'SVC8501'))
    b.do(call, { op: 'accept-modification', modId, sdp: '' })
    assert.deepEqual(await a.news(), ['mod-terminated | success'])
  })

  it('may follow a settled one', async () => {
    const call = await connect(a, b)
    const { modId = '' } = a.do(call, ask)
    b.do(call, { op: 'reject-modification', modId, sdp: '' })
    assert.ok(b.do(call, ask).modId)
  })

  for (const [kind, limit] of [
    ['mod', 120_000],
    ['hold', 30_000],
    ['resume', 30_000],
  ] as const) {
    it(`of kind ${kind} that nobody answers ends after ${limit} ms, for both sides`, async () => {
      const call = await connect(a, b)
      a.do(call, { op: 'modify', kind, sdp: 'offer' })
      await b.news()
      board.pass(limit - 1)
      assert.deepEqual(await a.news(), [])
      board.pass(1)
      assert.deepEqual(await a.news(), ['mod-terminated | The other side did not answer in time'])
      assert.deepEqual(await b.news(), ['mod-terminated | The other side did not answer in time'])
      assert.ok(b.do(call, ask).modId)
    })
  }

  it('may be withdrawn by its asker; the other side hears of it', async () => {
    const call = await connect(a, b)
    const { modId = '' } = a.do(call, ask)
    a.do(call, { op: 'reject-modification', modId, sdp: '' })
    assert.deepEqual(await b.news(), ['mod-received', 'mod-terminated | Call canceled'])
    assert.ok(b.do(call, ask).modId)
  })
})
