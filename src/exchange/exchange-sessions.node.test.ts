import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { connect, refusal, Switchboard, wrongState, type Device } from './testing/switchboard.ts'

const bob = 'sip:bob@example.com'

let board: Switchboard
let a: Device
let b: Device

beforeEach(() => {
  board = new Switchboard()
  a = board.device('alice')
  b = board.device('bob')
})

describe('unregister', () => {
  it('ends a call that is up, with detail session-ended', async () => {
    await connect(a, b)
    board.exchange.unregister(b.session)
    assert.deepEqual(await a.news(), ['session-terminated | The other side signed out or was lost | session-ended'])
  })

  it('of the caller cancels what rings', async () => {
    a.dial(bob)
    board.exchange.unregister(a.session)
    assert.equal((await b.news()).at(-1), 'session-terminated | Call canceled | session-ended')
  })

  it('of one ringing device leaves the others ringing', async () => {
    const b2 = board.device('bob')
    const call = a.dial(bob)
    board.exchange.unregister(b.session)
    b2.do(call, { op: 'answer', sdp: 'answer' })
    assert.deepEqual(await a.news(), ['session-open'])
  })

  it('of the last ringing device ends the call', async () => {
    a.dial(bob)
    board.exchange.unregister(b.session)
    assert.deepEqual(await a.news(), ['session-terminated | The other side signed out or was lost | session-ended'])
  })

  it('tells the session itself nothing more', async () => {
    a.dial(bob)
    board.exchange.unregister(b.session)
    assert.deepEqual(await b.news(), [])
  })

  it('leaves no timer and no session', async () => {
    await connect(a, b)
    a.dial(bob)
    for (const { session } of [a, b]) board.exchange.unregister(session)
    assert.deepEqual([board.timers, board.exchange.size], [0, 0])
  })
})

describe('endCalls', () => {
  it('tells both sides of every call why, no matter what its state is', async () => {
    const call = await connect(a, b)
    const ringing = b.dial(a.user)
    await a.news()
    board.exchange.endCalls('server-stopping')
    const end = 'session-terminated | The server is stopping | server-stopping'
    assert.deepEqual(
      [await a.news(), await b.news()],
      [
        [end, end],
        [end, end],
      ],
    )
    for (const id of [call, ringing]) {
      assert.throws(() => a.do(id, { op: 'end', how: 'terminate' }), refusal(404, ''))
    }
    assert.equal(board.timers, 0)
  })
})

describe('restore', () => {
  const restore = (device: Device, peer: Device): void =>
    board.exchange.restore(device.session, 'lost', { peer: peer.user })

  it('opens the call again once both sides came', async () => {
    restore(a, b)
    restore(b, a)
    a.do('lost', { op: 'modify', kind: 'mod', sdp: 'offer' })
    assert.deepEqual(await b.news(), ['mod-received'])
    assert.equal(a.heard.length, 0)
  })

  it('ends the one side when the other does not come within 10 s', async () => {
    restore(a, b)
    board.pass(10_000)
    assert.deepEqual(await a.news(), ['session-terminated | The other side did not come back | session-ended'])
    assert.throws(() => a.do('lost', { op: 'end', how: 'terminate' }), refusal(404, ''))
  })

  it('allows nothing but to end before the other side came', () => {
    restore(a, b)
    assert.throws(() => a.do('lost', { op: 'modify', kind: 'mod', sdp: '' }), wrongState)
    a.do('lost', { op: 'end', how: 'terminate' })
    assert.throws(() => a.do('lost', { op: 'end', how: 'terminate' }), refusal(404, ''))
  })

  it('ends the call of the side that comes after the other one ended it', async () => {
    restore(a, b)
    a.do('lost', { op: 'end', how: 'terminate' })
    restore(b, a)
    assert.deepEqual(await b.news(), ['session-terminated'])
    assert.equal(board.timers, 0)
  })

  it('ends the call of the side that comes after the other one was lost', async () => {
    restore(a, b)
    board.exchange.unregister(a.session)
    restore(b, a)
    assert.deepEqual(await b.news(), ['session-terminated | The other side signed out or was lost | session-ended'])
  })

  it('forgets after 10 s a call that the side ended which came first', () => {
    restore(a, b)
    a.do('lost', { op: 'end', how: 'terminate' })
    board.pass(10_000)
    assert.equal(board.timers, 0)
  })

  it('does not join parties that do not name each other', () => {
    const mallory = board.device('mallory')
    restore(a, b)
    assert.throws(() => restore(mallory, a), wrongState)
    restore(b, a)
    assert.ok(b.do('lost', { op: 'modify', kind: 'mod', sdp: '' }).modId)
  })

  it('refuses a call the session has already', async () => {
    const call = await connect(a, b)
    assert.throws(() => board.exchange.restore(a.session, call, { peer: bob }), wrongState)
  })
})
