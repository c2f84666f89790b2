import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { connect, refusal, settled, Switchboard, wrongState, type Device } from './testing/switchboard.ts'

let board: Switchboard
let a: Device
let b: Device
let call: string

beforeEach(async () => {
  board = new Switchboard()
  a = board.device('alice')
  b = board.device('bob')
  call = await connect(a, b)
})

describe('a call whose page is another one', () => {
  it('is told to the other side as the page goes', async () => {
    board.exchange.expect(a.session)
    assert.deepEqual(await b.news(), ['far-side-away'])
    assert.deepEqual(await a.news(), [])
  })

  it('asks the other side for a new connection, and brings its answer', async () => {
    assert.deepEqual(a.do(call, { op: 'renew', sdp: 'offer' }), {})
    await settled()
    const asked = { type: 'calls', call, state: 'session-modified', from: a.user, sdp: 'offer', detail: 'renewed' }
    assert.deepEqual(b.heard.splice(0), [asked])
    b.do(call, { op: 'rejoin', sdp: 'answer' })
    await settled()
    assert.deepEqual(a.heard.splice(0), [
      { type: 'calls', call, state: 'session-modified', from: b.user, sdp: 'answer' },
    ])
    a.do(call, { op: 'modify', kind: 'hold', sdp: 'hold' })
    assert.deepEqual(await b.news(), ['mod-received'])
    assert.equal(board.timers, 1)
  })

  it('passes candidates on both ways meanwhile', async () => {
    a.do(call, { op: 'renew', sdp: 'offer' })
    a.do(call, { op: 'candidates', sdpfrag: 'a' })
    b.do(call, { op: 'candidates', sdpfrag: 'b' })
    assert.deepEqual(await b.news(), ['session-modified | renewed', 'ice-candidates'])
    assert.deepEqual(await a.news(), ['ice-candidates'])
  })

  for (const asker of ['other side', 'page before'] as const)
    it(`drops what the ${asker} had asked for`, async () => {
      const [asks, hears] = asker === 'other side' ? [b, a] : [a, b]
      const { modId } = asks.do(call, { op: 'modify', kind: 'mod', sdp: 'x' })
      await hears.news()
      a.do(call, { op: 'renew', sdp: 'offer' })
      await settled()
      const [ended] = b.heard
      assert.deepEqual([ended?.state, ended?.modId], ['mod-terminated', modId])
    })

  it('counts the last offer where both pages are others', async () => {
    a.do(call, { op: 'renew', sdp: 'one' })
    b.do(call, { op: 'renew', sdp: 'two' })
    assert.throws(() => b.do(call, { op: 'rejoin', sdp: 'late' }), wrongState)
    assert.deepEqual(await a.news(), ['session-modified | renewed'])
    a.do(call, { op: 'rejoin', sdp: 'answer' })
    await settled()
    assert.equal(b.heard.at(-1)?.sdp, 'answer')
  })

  it('is asked for again by a page that comes after that', async () => {
    a.do(call, { op: 'renew', sdp: 'one' })
    a.do(call, { op: 'renew', sdp: 'two' })
    await settled()
    assert.deepEqual(
      b.heard.map(({ sdp }) => sdp),
      ['one', 'two'],
    )
    b.do(call, { op: 'rejoin', sdp: 'answer' })
    assert.deepEqual(await a.news(), ['session-modified'])
  })

  it('ends where the other side does not answer', async () => {
    a.do(call, { op: 'renew', sdp: 'offer' })
    board.pass(30_000)
    const end = 'session-terminated | The other side signed out or was lost | session-ended'
    assert.deepEqual(await a.news(), [end])
    assert.deepEqual(await b.news(), ['session-modified | renewed', end])
    assert.equal(board.timers, 0)
  })

  it('ends where one side hangs up meanwhile', async () => {
    a.do(call, { op: 'renew', sdp: 'offer' })
    b.do(call, { op: 'end', how: 'terminate' })
    assert.deepEqual(await a.news(), ['session-terminated'])
    assert.equal(board.timers, 0)
  })

  it('is refused to who has no such call', () => {
    const c = board.device('carol')
    assert.throws(() => c.do(call, { op: 'renew', sdp: 'offer' }), refusal(404, ''))
  })

  it('is refused while it rings', () => {
    const ringing = a.dial(b.user)
    assert.throws(() => a.do(ringing, { op: 'renew', sdp: 'offer' }), wrongState)
  })

  it('is refused with a client of the original protocol', async () => {
    const old = board.device('olga', { extensions: false })
    const other = await connect(a, old)
    assert.throws(() => a.do(other, { op: 'renew', sdp: 'offer' }), wrongState)
    a.do(other, { op: 'modify', kind: 'hold', sdp: 'x' })
    assert.deepEqual(await old.news(), ['mod-received'])
  })
})
