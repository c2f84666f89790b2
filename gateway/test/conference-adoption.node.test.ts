import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { refusal, settled, wrongState, type Device } from '../../src/exchange/testing/switchboard.ts'
import { inactive, MixedConference, sendrecv } from './testing/mixed-conference.ts'

let mixed: MixedConference

beforeEach(async () => {
  mixed = await MixedConference.start()
})
afterEach(() => mixed.stop())

/** Whether the call between the host and somebody is up: what the one asks, the other hears. */
async function isUp(call: string, device: Device): Promise<boolean> {
  mixed.host.do(call, { op: 'modify', kind: 'hold', sdp: inactive })
  await settled()
  return device.heard.some((event) => event.state === 'mod-received' && event.call === call)
}

const isOver = (call: string, device: Device): void =>
  assert.throws(() => device.do(call, { op: 'end', how: 'terminate' }), refusal(404, ''))

describe('the far side of a call that is to come into a conference', () => {
  let bob: Device
  let call: string

  beforeEach(async () => {
    ;[bob, call] = await mixed.talking('bob')
    mixed.conference.adopt(call)
  })

  it('is asked for a new connection, and told nothing else', async () => {
    assert.deepEqual(await bob.news(), ['session-modified'])
  })

  it('is one of those invited until it has one', async () => {
    await mixed.is(bob, 'invited')
  })

  it('has one, and is told that a server mixes', async () => {
    bob.heard.length = 0
    bob.do(call, { op: 'rejoin', sdp: sendrecv })
    await mixed.tells(bob, 'mixed')
    assert.deepEqual(
      bob.heard.map(({ state, sdp }) => [state, sdp]),
      [
        ['session-modified', sendrecv],
        ['mixed', undefined],
      ],
    )
  })

  it('is in, and the call is over for the host, as one that goes on', async () => {
    bob.do(call, { op: 'rejoin', sdp: sendrecv })
    await mixed.is(bob, 'joined')
    const { detail } = await mixed.tells(mixed.host, 'session-terminated', call)
    assert.equal(detail, 'merged')
  })

  it('is on hold where it held the call', async () => {
    bob.do(call, { op: 'rejoin', sdp: inactive })
    await mixed.is(bob, 'held')
  })

  it('keeps the call where the media server fails', async () => {
    mixed.refuse()
    bob.do(call, { op: 'rejoin', sdp: sendrecv })
    await mixed.is(bob, 'left')
    assert.ok(await isUp(call, bob))
  })

  it('keeps the call where the conference ends first', async () => {
    mixed.host.do(mixed.id, { op: 'end', how: 'terminate' })
    assert.equal((await bob.news()).at(-1), 'session-modified | The conference has ended')
    assert.ok(await isUp(call, bob))
  })

  it('may leave the call, which is over then', async () => {
    bob.do(call, { op: 'end', how: 'terminate' })
    await mixed.is(bob, 'left')
    isOver(call, mixed.host)
  })

  it('may be lost, and the call with it', async () => {
    mixed.board.exchange.unregister(bob.session)
    await mixed.is(bob, 'left')
    isOver(call, mixed.host)
  })

  it('is left where the host hangs up', async () => {
    mixed.host.do(call, { op: 'end', how: 'terminate' })
    await mixed.is(bob, 'left')
    isOver(call, bob)
  })

  it('is hung up on where the host takes it out', async () => {
    mixed.conference.remove(bob.user)
    await mixed.tells(mixed.host, 'session-terminated', call)
    isOver(call, bob)
  })

  it('leaves no room for a change of the call', () => {
    assert.throws(() => mixed.host.do(call, { op: 'modify', kind: 'hold', sdp: inactive }), refusal(409, 'SVC8501'))
  })

  it('cannot come twice', () => {
    assert.throws(() => mixed.conference.adopt(call), wrongState)
  })

  it('leaves nothing when the exchange stops', async () => {
    mixed.board.exchange.endCalls('server-stopping')
    await settled()
    isOver(call, bob)
    isOver(call, mixed.host)
  })
})

describe('a client of the original protocol whose call is to become a part of a conference', () => {
  let bob: Device
  let call: string
  let modId: string

  beforeEach(async () => {
    ;[bob, call] = await mixed.talking('bob', { extensions: false })
    mixed.conference.adopt(call)
    modId = (await mixed.tells(bob, 'mod-received')).modId ?? ''
  })

  it('comes by accepting the modification', async () => {
    bob.do(call, { op: 'accept-modification', modId, sdp: sendrecv })
    await mixed.is(bob, 'joined')
    assert.equal((await mixed.tells(mixed.host, 'session-terminated', call)).detail, 'merged')
  })

  it('keeps the call by refusing it', async () => {
    bob.do(call, { op: 'reject-modification', modId, sdp: '' })
    await mixed.is(bob, 'left')
    bob.heard.length = 0
    assert.ok(await isUp(call, bob))
  })

  it('loses it where the media server fails after that', async () => {
    mixed.refuse()
    bob.do(call, { op: 'accept-modification', modId, sdp: sendrecv })
    await mixed.tells(bob, 'session-terminated')
    isOver(call, mixed.host)
  })
})

describe('a call that is to become a part of a conference', () => {
  it('is as it was where its far side has no new connection in time', async (t) => {
    const [bob, call] = await mixed.talking('bob')
    t.mock.timers.enable({ apis: ['setTimeout'] })
    mixed.conference.adopt(call)
    t.mock.timers.tick(10_000)
    t.mock.timers.reset()
    const { reason } = await mixed.tells(mixed.host, 'mod-terminated')
    assert.match(reason ?? '', /in time/)
    assert.ok(await isUp(call, bob))
  })

  it('has to be there', () => {
    assert.throws(() => mixed.conference.adopt('none'), refusal(404, ''))
  })

  it('has to be up', () => {
    const bob = mixed.board.device('bob')
    const call = mixed.host.dial(bob.user)
    assert.throws(() => mixed.conference.adopt(call), wrongState)
  })

  it('is not to be under change', async () => {
    const [bob, call] = await mixed.talking('bob')
    bob.do(call, { op: 'modify', kind: 'hold', sdp: inactive })
    assert.throws(() => mixed.conference.adopt(call), refusal(409, 'SVC8501'))
  })

  it('is not to be with somebody who takes part already', async () => {
    const [bob] = await mixed.joined('bob')
    const call = bob.dial(mixed.host.user)
    mixed.host.do(call, { op: 'answer', sdp: sendrecv })
    assert.throws(() => mixed.conference.adopt(call), wrongState)
    assert.ok(await isUp(call, bob))
  })
})

describe('a call whose far side has a browser that keeps the far side it has', () => {
  it('does not come into a conference, and is up still', async () => {
    const [bob, call] = await mixed.talking('bob', { extensions: false, fixedFarSide: true })
    assert.throws(() => mixed.conference.adopt(call), refusal(501, ''))
    assert.equal(await isUp(call, bob), true)
  })
})
