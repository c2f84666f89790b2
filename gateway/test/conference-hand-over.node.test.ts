import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { refusal, settled, wrongState, type Device } from '../../src/exchange/testing/switchboard.ts'
import { handOverLimit } from '../src/conferences/conference.ts'
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

/** Bob is asked to be the host, and agrees. */
function handOver(): void {
  mixed.conference.handOver(bob.user)
  bob.do(id, { op: 'accept-hand-over' })
}

describe('a conference whose host asks somebody to be the host', () => {
  const told = ({ heard }: Device): readonly (readonly unknown[])[] =>
    heard.map(({ state, from, reason, detail }) => [state, from, reason, detail])

  it('asks them alone, and stays as it is meanwhile', async () => {
    const { conference, host } = mixed
    conference.handOver(bob.user)
    await settled()
    assert.deepEqual(told(bob), [['hand-over-requested', host.user, undefined, undefined]])
    assert.deepEqual(carol.heard, [])
    assert.equal(mixed.conference, conference)
  })

  it('stays with its host when they decline, who is told', async () => {
    const { conference, host } = mixed
    conference.handOver(bob.user)
    bob.do(id, { op: 'reject-hand-over' })
    await settled()
    assert.deepEqual(told(host), [['hand-over-terminated', bob.user, 'Call rejected', undefined]])
    assert.equal(mixed.conference, conference)
    assert.deepEqual(carol.heard, [])
    assert.throws(() => mixed.conferences.hosted(bob.session, id), refusal(404, ''))
  })

  it('stays with its host when they do not answer in time, and both are told', async (t) => {
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const { conference, host } = mixed
    conference.handOver(bob.user)
    t.mock.timers.tick(handOverLimit)
    t.mock.timers.reset()
    await settled()
    assert.deepEqual(told(host), [['hand-over-terminated', bob.user, 'Call canceled', 'no-answer']])
    assert.deepEqual(told(bob).at(-1), ['hand-over-terminated', host.user, 'Call canceled', 'no-answer'])
    assert.throws(() => bob.do(id, { op: 'accept-hand-over' }), wrongState)
    assert.equal(mixed.conference, conference)
  })

  it('stays with its host when they leave, who is told', async () => {
    mixed.conference.handOver(bob.user)
    bob.do(id, { op: 'end', how: 'terminate' })
    await settled()
    assert(
      told(mixed.host).some(
        ([state, from, reason]) => state === 'hand-over-terminated' && from === bob.user && reason === 'Call canceled',
      ),
    )
  })

  it('is told that they agreed', async () => {
    handOver()
    await settled()
    assert.deepEqual(told(mixed.host), [['hand-over-terminated', bob.user, 'success', undefined]])
  })

  it('asks one at a time', () => {
    mixed.conference.handOver(bob.user)
    assert.throws(() => mixed.conference.handOver(carol.user), wrongState)
  })

  it('may ask again when they have declined', async () => {
    mixed.conference.handOver(bob.user)
    bob.do(id, { op: 'reject-hand-over' })
    mixed.conference.handOver(carol.user)
    await settled()
    assert.deepEqual(told(carol), [['hand-over-requested', mixed.host.user, undefined, undefined]])
  })

  for (const op of ['accept-hand-over', 'reject-hand-over'] as const) {
    it(`takes no answer of who was not asked: ${op}`, () => {
      assert.throws(() => carol.do(carolsId, { op }), wrongState)
      mixed.conference.handOver(bob.user)
      assert.throws(() => carol.do(carolsId, { op }), wrongState)
      assert.throws(() => mixed.host.do(mixed.id, { op }), wrongState)
    })

    it(`takes none in a call: ${op}`, async () => {
      const [dave, call] = await mixed.talking('dave')
      assert.throws(() => dave.do(call, { op }), wrongState)
    })
  }
})

describe('a conference that is handed over', () => {
  it('is told the new host, and the others whose it is', async () => {
    handOver()
    await settled()
    assert.deepEqual(
      [bob, carol].map(({ heard }) => heard.map(({ state, from }) => [state, from])),
      [
        [
          ['hand-over-requested', mixed.host.user],
          ['hosting', bob.user],
        ],
        [['host-changed', bob.user]],
      ],
    )
  })

  it('is theirs by the leg they have, and no longer the former host’s', () => {
    const { conference } = mixed
    handOver()
    assert.equal(mixed.conferences.hosted(bob.session, id), conference)
    assert.throws(() => mixed.conference, refusal(404, ''))
  })

  it('has all the others in it', () => {
    const { conference } = mixed
    handOver()
    assert.deepEqual(
      conference.participants.map(({ uri, report }) => [uri, report.state]),
      [[carol.user, 'joined']],
    )
  })

  it('goes on when the former host leaves', async () => {
    handOver()
    mixed.host.do(mixed.id, { op: 'end', how: 'terminate' })
    await settled()
    assert.deepEqual(
      [bob, carol].map(({ heard }) => heard.some(({ state }) => state === 'session-terminated')),
      [false, false],
    )
  })

  it('tells the new host alone how the others are', async () => {
    handOver()
    carol.do(carolsId, { op: 'modify', kind: 'hold', sdp: inactive })
    await mixed.is(carol, 'held', bob)
    assert.deepEqual(
      mixed.host.heard.map(({ state }) => state),
      ['hand-over-terminated'],
    )
  })

  it('ends for all with the new host, the former one included', async () => {
    handOver()
    bob.do(id, { op: 'end', how: 'terminate' })
    await mixed.tells(carol, 'session-terminated')
    await mixed.tells(mixed.host, 'session-terminated')
  })

  it('takes back the invitations that nobody answered', async () => {
    const dave = mixed.board.device('dave')
    mixed.conference.invite(dave.user)
    await mixed.tells(dave, 'invitation-received')
    handOver()
    assert.equal((await mixed.tells(dave, 'session-terminated')).reason, 'Call canceled')
  })

  it('is resumed where the former host held it', async () => {
    mixed.host.do(mixed.id, { op: 'modify', kind: 'hold', sdp: inactive })
    const { modId = '' } = await mixed.tells(carol, 'mod-received')
    carol.do(carolsId, { op: 'accept-modification', modId, sdp: inactive })
    carol.heard.length = 0
    handOver()
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
