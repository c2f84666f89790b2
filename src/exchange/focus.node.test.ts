import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { FocusPurpose } from './protocol.ts'
import { connect, refusal, Switchboard, type Device } from './testing/switchboard.ts'

const bob = 'sip:bob@example.com'

let board: Switchboard
let a: Device
let b: Device

beforeEach(() => {
  board = new Switchboard()
  a = board.device('alice')
  b = board.device('bob')
})

function invite(): string {
  return board.exchange.request(a.session, { op: 'dial', to: bob, sdp: 'offer', focus: true }).call ?? ''
}

/** State and type of everything a device has heard since it was last asked. */
async function told(device: Device): Promise<readonly string[]> {
  await Promise.resolve()
  return device.heard.splice(0).map(({ state, type }) => `${state} ${type}`)
}

describe('a focus that dials', () => {
  it('invites to a conference', async () => {
    invite()
    assert.deepEqual(await told(b), ['invitation-received conferences'])
  })

  it('invites on every device of the invitee', async () => {
    const b2 = board.device('bob')
    invite()
    assert.deepEqual(await told(b2), ['invitation-received conferences'])
  })

  it('has calls itself, and the invitee a conference, to the end', async () => {
    const call = invite()
    b.do(call, { op: 'answer', sdp: 'answer' })
    const { modId = '' } = a.do(call, { op: 'modify', kind: 'hold', sdp: 'offer' })
    b.do(call, { op: 'accept-modification', modId, sdp: 'answer' })
    a.do(call, { op: 'end', how: 'terminate' })
    assert.deepEqual(await told(a), ['session-open calls', 'mod-terminated calls'])
    const atInvitee = ['invitation-received', 'session-open', 'mod-received', 'session-terminated']
    assert.deepEqual(
      await told(b),
      atInvitee.map((state) => `${state} conferences`),
    )
  })
})

describe('a focus that hands over', () => {
  const handOver = (focus: FocusPurpose): void =>
    void board.exchange.request(a.session, { op: 'dial', to: bob, sdp: 'offer', focus })

  const notHosting = refusal(400, 'SVC0003')

  for (const purpose of ['hand-over', 'hand-over-silenced'] as const) {
    it(`is refused where it hosts nothing, and nobody hears of it: ${purpose}`, async () => {
      assert.throws(() => handOver(purpose), notHosting)
      assert.deepEqual(await told(b), [])
    })

    it(`is refused to somebody who is in no call with it: ${purpose}`, async () => {
      await connect(a, board.device('carol'))
      await connect(a, board.device('dave'))
      assert.throws(() => handOver(purpose), notHosting)
      assert.deepEqual(await told(b), [])
    })

    it(`is refused within a call of two, which is no conference: ${purpose}`, async () => {
      await connect(a, b)
      assert.throws(() => handOver(purpose), notHosting)
    })

    it(`is refused to somebody who was invited and has not joined: ${purpose}`, async () => {
      await connect(a, board.device('carol'))
      invite()
      await told(b)
      assert.throws(() => handOver(purpose), notHosting)
    })

    it(`is refused once its conference has ended: ${purpose}`, async () => {
      const call = invite()
      b.do(call, { op: 'answer', sdp: 'answer' })
      a.do(call, { op: 'end', how: 'terminate' })
      assert.throws(() => handOver(purpose), notHosting)
    })

    it(`is refused to who only takes part in it: ${purpose}`, async () => {
      const call = invite()
      b.do(call, { op: 'answer', sdp: 'answer' })
      const dial = { op: 'dial', to: a.user, sdp: 'offer', focus: purpose } as const
      assert.throws(() => board.exchange.request(b.session, dial), notHosting)
    })

    it(`may do so where it merged calls: ${purpose}`, async () => {
      await connect(a, board.device('carol'))
      await connect(a, b)
      handOver(purpose)
      assert.deepEqual(await told(b), ['invitation-received conferences'])
    })

    it(`says so: ${purpose}`, async () => {
      b.do(invite(), { op: 'answer', sdp: 'answer' })
      await told(b)
      handOver(purpose)
      await Promise.resolve()
      assert.deepEqual(
        b.heard.map(({ type, focus }) => [type, focus]),
        [['conferences', purpose]],
      )
    })
  }

  it('says nothing to a client of the original protocol, which would ring', async () => {
    await connect(a, b)
    await connect(a, board.device('carol'))
    const original = board.device('bob', { extensions: false })
    handOver('hand-over')
    assert.deepEqual(await told(original), [])
  })

  it('is refused where there is no other', () => {
    const carol = board.device('carol', { extensions: false })
    const dial = { op: 'dial', to: carol.user, sdp: 'offer', focus: 'hand-over' } as const
    assert.throws(() => board.exchange.request(a.session, dial), refusal(501, ''))
  })
})

describe('a caller who dials otherwise', () => {
  it('calls', async () => {
    a.dial(bob)
    assert.deepEqual(await told(b), ['invitation-received calls'])
  })
})
