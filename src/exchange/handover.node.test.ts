import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { connect, refusal, settled, Switchboard, wrongState, type Device } from './testing/switchboard.ts'

let board: Switchboard
let a: Device
let b: Device
let c: Device

beforeEach(() => {
  board = new Switchboard()
  a = board.device('alice')
  b = board.device('bob')
  c = board.device('carol')
})

/** Whether a call between two devices is up: what one sends, the other hears. */
async function isUp(call: string, one: Device, otherCall: string, other: Device): Promise<boolean> {
  one.do(call, { op: 'modify', kind: 'hold', sdp: '' })
  await settled()
  return other.heard.some((event) => event.state === 'mod-received' && event.call === otherCall)
}

describe('transfer', () => {
  let toBob: string
  let toCarol: string

  beforeEach(async () => {
    toBob = await connect(a, b)
    toCarol = await connect(a, c)
    a.do(toBob, { op: 'transfer', target: toCarol })
  })

  it('asks one party for an offer, and the other for its answer', async () => {
    assert.deepEqual(await b.news(), ['session-modified'])
    b.do(toBob, { op: 'rejoin', sdp: 'offer' })
    await settled()
    const offered = { type: 'calls', call: toCarol, state: 'session-modified', from: b.user, sdp: 'offer' }
    assert.deepEqual(c.heard, [offered])
  })

  it('joins the parties and lets the transferrer go', async () => {
    b.do(toBob, { op: 'rejoin', sdp: 'offer' })
    c.do(toCarol, { op: 'rejoin', sdp: 'answer' })
    assert.deepEqual(await a.news(), [
      'transfer-initiated',
      'transfer-terminated | success',
      'session-terminated | transferred',
      'session-terminated | transferred',
    ])
    assert.equal(await isUp(toBob, b, toCarol, c), true)
    assert.throws(() => a.do(toBob, { op: 'end', how: 'terminate' }), refusal(404, ''))
  })

  it('that nobody answers leaves both calls as they were', async () => {
    board.pass(600_000)
    assert.equal((await a.news()).at(-1)?.split(' | ')[0], 'transfer-terminated')
    assert.equal(await isUp(toBob, a, toBob, b), true)
    assert.equal(await isUp(toCarol, a, toCarol, c), true)
  })

  it('that a party leaves ends its call alone', async () => {
    board.exchange.unregister(b.session)
    assert.equal(await isUp(toCarol, a, toCarol, c), true)
    assert.throws(() => a.do(toBob, { op: 'end', how: 'terminate' }), refusal(404, ''))
  })

  it('passes candidates between the parties', async () => {
    await c.news()
    b.do(toBob, { op: 'candidates', sdpfrag: 'fragment' })
    assert.deepEqual(await c.news(), ['ice-candidates'])
  })

  it('cannot be answered before it was offered', () => {
    assert.throws(() => c.do(toCarol, { op: 'rejoin', sdp: 'answer' }), wrongState)
  })
})

describe('move', () => {
  let call: string
  let b2: Device

  beforeEach(async () => {
    call = await connect(a, b)
    b2 = board.device('bob')
  })

  it('asks the far side for an offer, and rings the other devices with it', async () => {
    b.do(call, { op: 'move' })
    assert.deepEqual(await a.news(), ['session-modified'])
    a.do(call, { op: 'rejoin', sdp: 'offer' })
    await settled()
    assert.deepEqual([b2.heard[0]?.state, b2.heard[0]?.sdp], ['invitation-received', 'offer'])
  })

  it('hands the call to the device that answers', async () => {
    b.do(call, { op: 'move' })
    a.do(call, { op: 'rejoin', sdp: 'offer' })
    b2.do(call, { op: 'answer', sdp: 'answer' })
    assert.deepEqual(await b.news(), ['move-terminated | success', 'session-terminated | moved'])
    assert.equal(await isUp(call, a, call, b2), true)
  })

  for (const [what, fail] of [
    ['nobody answers', () => board.pass(600_000)],
    ['every device declines', () => b2.do(call, { op: 'end', how: 'reject' })],
    ['the only other device leaves', () => board.exchange.unregister(b2.session)],
  ] as const) {
    it(`leaves the call where it is when ${what}`, async () => {
      b.do(call, { op: 'move' })
      a.do(call, { op: 'rejoin', sdp: 'offer' })
      fail()
      assert.equal((await b.news()).at(-1)?.split(' | ')[0], 'move-terminated')
      assert.equal(await isUp(call, a, call, b), true)
    })
  }

  it('is refused without another device, and changes nothing', async () => {
    const alone = await connect(a, c)
    assert.throws(() => c.do(alone, { op: 'move' }))
    assert.equal(await isUp(alone, a, alone, c), true)
  })

  it('bounds the candidates that wait for a device', () => {
    b.do(call, { op: 'move' })
    const send = (): unknown => a.do(call, { op: 'candidates', sdpfrag: 'fragment' })
    for (let sent = 0; sent < 64; sent += 1) send()
    assert.throws(send, refusal(400, 'SVC0020'))
  })
})
