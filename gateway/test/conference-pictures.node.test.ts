import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { refusal, settled, wrongState, type Device } from '../../src/exchange/testing/switchboard.ts'
import { videoConferenceLimit } from '../src/conferences/conference.ts'
import { MixedConference, sendrecv, until } from './testing/mixed-conference.ts'

let mixed: MixedConference
afterEach(() => mixed.stop())

/** What a device hears of the picture it sends. */
async function sends(device: Device, call: string): Promise<readonly unknown[]> {
  const { modId: replied } = device.do(call, { op: 'send-picture', sdp: sendrecv })
  const { modId, sdp, reason } = await mixed.tells(device, 'picture-answer')
  assert.equal(modId, replied)
  return [sdp, reason]
}

describe('a conference with pictures', () => {
  beforeEach(async () => {
    mixed = await MixedConference.start({ pictures: true })
  })

  it('says so to who is invited', async () => {
    const bob = mixed.board.device('bob')
    mixed.conference.invite(bob.user)
    assert.equal((await mixed.tells(bob, 'invitation-received')).video, true)
  })

  it('is one of sound to a client of the original protocol', async () => {
    const bob = mixed.board.device('bob', { extensions: false })
    mixed.conference.invite(bob.user)
    assert.equal('video' in (await mixed.tells(bob, 'invitation-received')), false)
  })

  it('takes the picture of its host, and of who joined', async () => {
    const [bob, call] = await mixed.joined('bob')
    assert.deepEqual(await sends(mixed.host, mixed.id), [sendrecv, undefined])
    assert.deepEqual(await sends(bob, call), [sendrecv, undefined])
  })

  it('takes no picture of who has not joined yet', async () => {
    const bob = mixed.board.device('bob')
    mixed.conference.invite(bob.user)
    const { call } = await mixed.tells(bob, 'invitation-received')
    assert.throws(() => bob.do(call, { op: 'send-picture', sdp: sendrecv }), wrongState)
  })

  it('takes no picture of a client of the original protocol', async () => {
    const [bob, call] = await mixed.joined('bob', { extensions: false })
    assert.throws(() => bob.do(call, { op: 'send-picture', sdp: sendrecv }), wrongState)
  })

  it('goes on by sound where the media server takes no picture', async () => {
    const [bob, call] = await mixed.joined('bob')
    mixed.refuse()
    assert.deepEqual(await sends(bob, call), [undefined, 'The media server takes no picture'])
    assert.deepEqual(await bob.news(), ['picture-answer | The media server takes no picture'])
  })

  it('tells nobody of pictures who sends none', async () => {
    const [bob] = await mixed.joined('bob')
    await sends(mixed.host, mixed.id)
    mixed.janus.say({ janus: 'webrtcup', sender: 2 })
    await settled()
    assert.deepEqual(await bob.news(), [])
  })

  it('has room for fewer than one of sound', async () => {
    for (let n = 0; n < videoConferenceLimit; n++) mixed.conference.invite(mixed.board.device(`guest${n}`).user)
    assert.throws(() => mixed.conference.invite(mixed.board.device('late').user), refusal(400, 'SVC0020'))
  })
})

describe('a conference of sound', () => {
  beforeEach(async () => {
    mixed = await MixedConference.start()
  })

  it('takes no picture', () => {
    assert.throws(() => mixed.host.do(mixed.id, { op: 'send-picture', sdp: sendrecv }), wrongState)
  })
})

describe('media servers without the plugin for pictures', () => {
  beforeEach(async () => {
    mixed = await MixedConference.start()
    mixed.janus.refuse('attach', { code: 460, reason: 'No such plugin' })
    mixed.janus.cut()
    await until('Janus is lost', () => mixed.conferences.reachable === 0)
    await until('Janus is back', () => mixed.conferences.reachable === 1)
  })

  it('are told to nobody as such that pass on pictures', () => {
    assert.equal('videoParticipantLimit' in mixed.conferences.offered, false)
  })

  it('take no conference with pictures', () => {
    const { host, conferences } = mixed
    assert.throws(
      () => conferences.start(host.session, host.user, { offer: sendrecv, pictures: true }),
      refusal(503, ''),
    )
  })
})
