import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { refusal, settled, wrongState, type Device } from '../../src/exchange/testing/switchboard.ts'
import { inactive, MixedConference, sendrecv } from './testing/mixed-conference.ts'

let mixed: MixedConference
let bob: Device
let carol: Device
/** Of Bob's leg. */
let id: string
let carolsId: string

beforeEach(async () => {
  mixed = await MixedConference.start()
  ;[bob, id] = await mixed.joined('bob')
  ;[carol, carolsId] = await mixed.joined('carol')
  bob.heard.length = 0
})
afterEach(() => mixed.stop())

describe('a conference that is handed over', () => {
  it('is told the new host, and the others whose it is', async () => {
    mixed.conference.handOver(bob.user)
    await settled()
    assert.deepEqual(
      [bob, carol].map(({ heard }) => heard.map(({ state, from }) => [state, from])),
      [[['hosting', bob.user]], [['host-changed', bob.user]]],
    )
  })

  it('is theirs by the leg they have, and no longer the former host’s', () => {
    const { conference } = mixed
    conference.handOver(bob.user)
    assert.equal(mixed.conferences.hosted(bob.session, id), conference)
    assert.throws(() => mixed.conference, refusal(404, ''))
  })

  it('has all the others in it', () => {
    const { conference } = mixed
    conference.handOver(bob.user)
    assert.deepEqual(
      conference.participants.map(({ uri, report }) => [uri, report.state]),
      [[carol.user, 'joined']],
    )
  })

  it('goes on when the former host leaves', async () => {
    mixed.conference.handOver(bob.user)
    mixed.host.do(mixed.id, { op: 'end', how: 'terminate' })
    await settled()
    assert.deepEqual(
      [bob, carol].map(({ heard }) => heard.some(({ state }) => state === 'session-terminated')),
      [false, false],
    )
  })

  it('tells the new host alone how the others are', async () => {
    mixed.conference.handOver(bob.user)
    carol.do(carolsId, { op: 'modify', kind: 'hold', sdp: inactive })
    await mixed.is(carol, 'held', bob)
    assert.deepEqual(mixed.host.heard, [])
  })

  it('ends for all with the new host, the former one included', async () => {
    mixed.conference.handOver(bob.user)
    bob.do(id, { op: 'end', how: 'terminate' })
    await mixed.tells(carol, 'session-terminated')
    await mixed.tells(mixed.host, 'session-terminated')
  })

  it('takes back the invitations that nobody answered', async () => {
    const dave = mixed.board.device('dave')
    mixed.conference.invite(dave.user)
    await mixed.tells(dave, 'invitation-received')
    mixed.conference.handOver(bob.user)
    assert.equal((await mixed.tells(dave, 'session-terminated')).reason, 'Call canceled')
  })

  it('is resumed where the former host held it', async () => {
    mixed.host.do(mixed.id, { op: 'modify', kind: 'hold', sdp: inactive })
    const { modId = '' } = await mixed.tells(carol, 'mod-received')
    carol.do(carolsId, { op: 'accept-modification', modId, sdp: inactive })
    carol.heard.length = 0
    mixed.conference.handOver(bob.user)
    assert.match((await mixed.tells(carol, 'mod-received')).sdp ?? '', /a=sendrecv/)
  })
})

describe('a conference is not handed over', () => {
  it('to somebody who is not in it', () => {
    assert.throws(() => mixed.conference.handOver('sip:nobody@example.com'), refusal(404, ''))
  })

  it('to somebody who has not joined', () => {
    const dave = mixed.board.device('dave')
    mixed.conference.invite(dave.user)
    assert.throws(() => mixed.conference.handOver(dave.user), wrongState)
  })

  it('to a client of the original protocol', async () => {
    const [dave] = await mixed.joined('dave', { extensions: false })
    assert.throws(() => mixed.conference.handOver(dave.user), refusal(501, ''))
  })

  it('to somebody for whom it is a call', async () => {
    const [dave, call] = await mixed.talking('dave')
    mixed.conference.adopt(call)
    dave.do(call, { op: 'rejoin', sdp: sendrecv })
    await mixed.is(dave, 'joined')
    assert.throws(() => mixed.conference.handOver(dave.user), refusal(501, ''))
  })
})
