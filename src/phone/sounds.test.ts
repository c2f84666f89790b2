import { expect } from '@open-wc/testing'
import { SoundRecorder } from '../media/sound-recorder.fixture.ts'
import type { CallSnapshot, PhoneSnapshot } from './snapshot.ts'
import { Sounds } from './sounds.ts'

const ring = [523, 659]
const ringback = [440, 480]
const busy = [480, 620]

let count = 0

function call(
  direction: CallSnapshot['direction'],
  progress: CallSnapshot['progress'],
  more: Partial<CallSnapshot> = {},
): CallSnapshot {
  return { index: ++count, direction, progress, earlyMedia: false, endedReason: null, ...more } as CallSnapshot
}

const phone = (calls: readonly CallSnapshot[], lastCall: CallSnapshot | null = null) =>
  ({ calls, lastCall }) as PhoneSnapshot
const ended = (endedReason: CallSnapshot['endedReason'], direction: CallSnapshot['direction'] = 'outgoing') =>
  call(direction, 'ended', { endedReason })

describe('the sounds of the phone', () => {
  let recorder: SoundRecorder
  let sounds: Sounds

  beforeEach(() => {
    recorder = new SoundRecorder()
    sounds = new Sounds(() => {})
  })
  afterEach(async () => {
    sounds.close()
    await recorder.closed()
    recorder.restore()
  })

  it('are none without a call', () => {
    sounds.follow(phone([]))
    expect(recorder.frequencies).to.be.empty
  })

  it('ring while a call comes in', () => {
    sounds.follow(phone([call('incoming', 'ringing')]))
    expect(recorder.frequencies).to.deep.equal(ring)
  })

  it('ring no more when it is answered', () => {
    const incoming = call('incoming', 'ringing')
    sounds.follow(phone([incoming]))
    sounds.follow(phone([{ ...incoming, progress: 'connecting' }]))
    expect(recorder.frequencies).to.be.empty
  })

  it('do not ring at somebody who talks', () => {
    sounds.follow(phone([call('outgoing', 'connected'), call('incoming', 'ringing')]))
    expect(recorder.frequencies).to.be.empty
  })

  it('are ringback while the other side is alerted', () => {
    sounds.follow(phone([call('outgoing', 'ringing')]))
    expect(recorder.frequencies).to.deep.equal(ringback)
  })

  it('are none before the other side is alerted', () => {
    sounds.follow(phone([call('outgoing', 'connecting')]))
    expect(recorder.frequencies).to.be.empty
  })

  it('leave ringback to a network that plays its own', () => {
    sounds.follow(phone([call('outgoing', 'ringing', { earlyMedia: true })]))
    expect(recorder.frequencies).to.be.empty
  })

  it('ring, and are no ringback, where both would be', () => {
    sounds.follow(phone([call('outgoing', 'ringing'), call('incoming', 'ringing')]))
    expect(recorder.frequencies).to.deep.equal(ring)
  })

  for (const reason of ['rejected', 'busy'] as const) {
    it(`are the busy tone after a call that ended as ${reason}`, () => {
      sounds.follow(phone([], ended(reason)))
      expect(recorder.frequencies).to.deep.equal(busy)
    })
  }

  for (const reason of ['hangup', 'remote-hangup', 'canceled', 'no-answer', 'failed'] as const) {
    it(`are none after a call that ended as ${reason}`, () => {
      sounds.follow(phone([], ended(reason)))
      expect(recorder.frequencies).to.be.empty
    })
  }

  it('are none after a call that the user rejected', () => {
    sounds.follow(phone([], ended('rejected', 'incoming')))
    expect(recorder.frequencies).to.be.empty
  })

  it('are none after a refused call while another goes on', () => {
    sounds.follow(phone([call('outgoing', 'connected')], ended('busy')))
    expect(recorder.frequencies).to.be.empty
  })

  it('are the busy tone for a while, once for a call', async () => {
    const refused = ended('busy')
    sounds.follow(phone([], refused))
    await recorder.closed()
    sounds.follow(phone([], refused))
    expect(recorder.frequencies).to.be.empty
  })

  it('are the busy tone no more when another call begins', () => {
    const refused = ended('busy')
    sounds.follow(phone([], refused))
    sounds.follow(phone([call('outgoing', 'dialing')], refused))
    expect(recorder.frequencies).to.be.empty
  })

  it('have the sound of a key in a call', () => {
    sounds.follow(phone([call('outgoing', 'connected')]))
    sounds.key('1')
    expect(recorder.frequencies).to.deep.equal([697, 1209])
  })

  it('are silent when they are closed', async () => {
    sounds.follow(phone([call('incoming', 'ringing')]))
    sounds.close()
    await recorder.closed()
    expect(recorder.frequencies).to.be.empty
  })
})
