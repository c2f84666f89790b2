import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { connect, Switchboard, type Device } from './testing/switchboard.ts'

describe('the switchboard', () => {
  const named = (board: Switchboard, user: string, displayName: string, extensions = true): Device =>
    board.device(user, { displayName, extensions })
  const names = ({ heard }: Device): readonly unknown[] => heard.map(({ state, fromName }) => [state, fromName])

  it('says the name of the caller to the callee, and of the callee to the caller', async () => {
    const board = new Switchboard()
    const a = named(board, 'alice', 'Alice Müller')
    const b = named(board, 'bob', 'Bob Kimura')
    const call = a.dial(b.user)
    await Promise.resolve()
    assert.deepEqual(names(b), [['invitation-received', 'Alice Müller']])
    b.do(call, { op: 'answer', sdp: 'answer' })
    await Promise.resolve()
    assert.deepEqual(names(a), [['session-open', 'Bob Kimura']])
  })

  it('says nothing more to a client of the original protocol', async () => {
    const board = new Switchboard()
    const b = named(board, 'bob', 'Bob', false)
    named(board, 'alice', 'Alice').dial(b.user)
    await Promise.resolve()
    assert.deepEqual(names(b), [['invitation-received', undefined]])
  })

  it('says the names of those whom a transfer brings together', async () => {
    const board = new Switchboard()
    const [a, b, c] = [named(board, 'alice', 'Alice'), named(board, 'bob', 'Bob'), named(board, 'carol', 'Carol')]
    const toBob = await connect(a, b)
    const toCarol = await connect(a, c)
    a.do(toBob, { op: 'transfer', target: toCarol })
    b.do(toBob, { op: 'rejoin', sdp: 'offer' })
    c.do(toCarol, { op: 'rejoin', sdp: 'answer' })
    await Promise.resolve()
    assert.deepEqual(names(b), [
      ['session-modified', 'Carol'],
      ['session-modified', 'Carol'],
    ])
    assert.deepEqual(names(c), [['session-modified', 'Bob']])
  })

  it('says the name of the other side to the device that a call moves to', async () => {
    const board = new Switchboard()
    const [a, b] = [named(board, 'alice', 'Alice'), named(board, 'bob', 'Bob')]
    const tablet = named(board, 'bob', 'Bob')
    const call = a.dial(b.user)
    b.do(call, { op: 'answer', sdp: 'answer' })
    await tablet.news()
    b.do(call, { op: 'move' })
    a.do(call, { op: 'rejoin', sdp: 'offer' })
    await Promise.resolve()
    assert.deepEqual(names(tablet), [['invitation-received', 'Alice']])
  })

  it('knows the name after another exchange took over', async () => {
    const board = new Switchboard()
    const [a, b] = [named(board, 'alice', 'Alice'), named(board, 'bob', 'Bob')]
    board.exchange.restore(a.session, 'old', { peer: b.user })
    board.exchange.restore(b.session, 'old', { peer: a.user })
    a.do('old', { op: 'modify', kind: 'hold', sdp: '' })
    await Promise.resolve()
    assert.deepEqual(names(b), [['mod-received', 'Alice']])
  })
})
