import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { connect, refusal, Switchboard, type Device } from './testing/switchboard.ts'

const tooMany = refusal(400, 'SVC0020')

/** A callee, and as many guests as it has places. */
function reception(calls = 8): { board: Switchboard; sales: Device; guests: Device[] } {
  const board = new Switchboard({ calls })
  const sales = board.device('sales')
  const guests = Array.from({ length: calls }, (_, index) => board.device(`guest${String(index)}`, { guest: true }))
  return { board, sales, guests }
}

describe('a guest', () => {
  it('has one call at a time', async () => {
    const {
      sales,
      guests: [guest],
    } = reception()
    const call = guest!.dial(sales.user)
    assert.throws(() => guest!.dial(sales.user), tooMany)
    assert.deepEqual(await sales.news(), ['invitation-received'])
    guest!.do(call, { op: 'end', how: 'cancel' })
    assert.ok(guest!.dial(sales.user))
  })

  it('has one call on all of its devices together', async () => {
    const {
      board,
      sales,
      guests: [guest],
    } = reception()
    const other = board.device('guest0', { guest: true })
    await connect(guest!, sales)
    assert.throws(() => other.dial(sales.user), tooMany)
  })

  it('rings for 60 seconds, where a user rings for longer', async () => {
    const {
      board,
      sales,
      guests: [guest],
    } = reception()
    const user = board.device('alice')
    guest!.dial(sales.user)
    user.dial(sales.user)
    board.pass(59_999)
    assert.deepEqual(await guest!.news(), [])
    board.pass(1)
    assert.deepEqual(await guest!.news(), ['session-terminated | Call canceled | no-answer'])
    assert.deepEqual(await user.news(), [])
  })

  it('that was answered stays longer than it may ring', async () => {
    const {
      board,
      sales,
      guests: [guest],
    } = reception()
    await connect(guest!, sales)
    board.pass(61_000)
    assert.deepEqual(await guest!.news(), [])
  })
})

describe('guests together', () => {
  it('take half of the places of a callee at the most, ringing or answered', async () => {
    const { board, sales, guests } = reception()
    for (const guest of guests.slice(0, 2)) await connect(guest, sales)
    for (const guest of guests.slice(2, 4)) guest.dial(sales.user)
    for (const guest of guests.slice(4)) assert.throws(() => guest.dial(sales.user), tooMany)
    for (const name of ['a', 'b', 'c', 'd']) assert.ok(board.device(name).dial(sales.user))
  })

  it('have a place again when one of them has left', async () => {
    const { board, sales, guests } = reception()
    for (const guest of guests.slice(0, 4)) guest.dial(sales.user)
    board.exchange.unregister(guests[0]!.session)
    assert.ok(guests[4]!.dial(sales.user))
    assert.throws(() => guests[5]!.dial(sales.user), tooMany)
  })

  it('ring those devices of the callee that have places for them', async () => {
    const { board, sales, guests } = reception()
    for (const guest of guests.slice(0, 4)) guest.dial(sales.user)
    const second = board.device('sales')
    assert.ok(guests[4]!.dial(sales.user))
    assert.deepEqual(await second.news(), ['invitation-received'])
  })

  it('keep no places that users have not: calls of users do not count', () => {
    const { board, sales, guests } = reception()
    for (const name of ['a', 'b', 'c', 'd']) board.device(name).dial(sales.user)
    for (const guest of guests.slice(0, 4)) assert.ok(guest.dial(sales.user))
    assert.throws(() => guests[4]!.dial(sales.user), tooMany)
  })
})
