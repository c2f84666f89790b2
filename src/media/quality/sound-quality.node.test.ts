import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { SoundConditions } from './sound-quality.ts'
import { SoundHistory } from './sound-quality.ts'
import { readSound, type SoundSample } from './sound-sample.ts'

const live = { readyState: 'live', muted: false } as const
const open: SoundConditions = {
  hold: { local: false, remote: false },
  muted: false,
  microphone: live,
  outputBlocked: false,
}

interface Flow {
  readonly sent?: Partial<SoundSample['sent']>
  readonly received?: Partial<SoundSample['received']>
  readonly roundTrip?: number | null
}

/** A second of a call that goes well, and what is otherwise in it. */
function sample(second: number, { sent, received, roundTrip = 20 }: Flow = {}): SoundSample {
  const packets = second * 50
  return {
    at: second * 1000,
    sent: { packets, lost: 0, jitter: 2, energy: second * 1e-3, codec: 'opus', ...sent },
    received: {
      packets,
      lost: 0,
      discarded: 0,
      jitter: 3,
      buffered: second * 50 * 960 * 0.04,
      emitted: second * 50 * 960,
      energy: second * 1e-3,
      codec: 'opus',
      ...received,
    },
    roundTrip,
  }
}

/** Seven seconds of a call, each as `flow` says. */
function history(flow: (second: number) => Flow = () => ({}), seconds = 7): SoundHistory {
  const made = new SoundHistory()
  for (let second = 0; second < seconds; second++) made.add(sample(second, flow(second)))
  return made
}

describe('the quality of a call', () => {
  it('is unknown before anything was read', () => {
    const { sent, received, roundTrip } = new SoundHistory().quality(open)
    assert.deepEqual([sent.mos, received.mos, roundTrip], [null, null, null])
  })

  it('is as good as the codec allows without loss', () => {
    const { sent, received } = history().quality(open)
    assert.ok((sent.mos ?? 0) > 4.3)
    assert.ok((received.mos ?? 0) > 4.3)
  })

  it('counts the packets that were lost of those that were due', () => {
    const { received } = history((second) => ({ received: { packets: second * 45, lost: second * 5 } })).quality(open)
    assert.equal(received.loss, 0.1)
  })

  it('counts what came too late as lost', () => {
    const { received } = history((second) => ({ received: { discarded: second * 5 } })).quality(open)
    assert.equal(received.loss, 0.1)
  })

  it('takes the loss of what is sent from what the far side reports', () => {
    const { sent } = history((second) => ({ sent: { lost: second * 10 } })).quality(open)
    assert.equal(sent.loss, 0.2)
  })

  it('forgets a loss after six seconds', () => {
    const { received } = history((second) => ({ received: { lost: Math.min(second, 1) * 20 } }), 9).quality(open)
    assert.equal(received.loss, 0)
  })

  it('is worse the longer the way and the wait are', () => {
    const near = history().quality(open)
    const far = history(() => ({ roundTrip: 600 })).quality(open)
    const late = history((second) => ({ received: { buffered: second * 50 * 960 * 0.4 } })).quality(open)
    assert.ok((far.received.mos ?? 5) < (near.received.mos ?? 0))
    assert.ok((late.received.mos ?? 5) < (near.received.mos ?? 0))
  })

  it('of what is sent is unknown where the far side reports nothing', () => {
    const { sent } = history(() => ({ sent: { lost: null, jitter: null } })).quality(open)
    assert.deepEqual([sent.loss, sent.mos], [null, null])
  })
})

describe('why nothing is heard', () => {
  const silence = (flow: (second: number) => Flow, conditions: Partial<SoundConditions> = {}) => {
    const { sent, received } = history(flow).quality({ ...open, ...conditions })
    return { sent: sent.silence, received: received.silence }
  }
  const well = () => ({})

  it('is nothing in a call that goes well', () => {
    assert.deepEqual(silence(well), { sent: null, received: null })
  })

  it('is this side, where it holds, in both directions', () => {
    const held = silence(well, { hold: { local: true, remote: true } })
    assert.deepEqual(held, { sent: 'held', received: 'held' })
  })

  it('is the other side, where it holds, in both directions', () => {
    const held = silence(well, { hold: { local: false, remote: true } })
    assert.deepEqual(held, { sent: 'held-by-remote', received: 'held-by-remote' })
  })

  it('is the mute of this side', () => {
    assert.equal(silence(well, { muted: true }).sent, 'muted')
  })

  it('is that there is no microphone, or no more', () => {
    assert.equal(silence(well, { microphone: null }).sent, 'no-microphone')
    assert.equal(silence(well, { microphone: { readyState: 'ended', muted: false } }).sent, 'no-microphone')
  })

  it('is a microphone that the system mutes', () => {
    assert.equal(silence(well, { microphone: { readyState: 'live', muted: true } }).sent, 'microphone-silent')
  })

  it('is a microphone that gives zeros', () => {
    assert.equal(silence(() => ({ sent: { energy: 0.5 } })).sent, 'microphone-silent')
  })

  it('is not a microphone in a quiet room', () => {
    assert.equal(silence((second) => ({ sent: { energy: second * 1e-8 } })).sent, null)
  })

  it('is not the microphone where the browser does not tell of its energy', () => {
    assert.equal(silence(() => ({ sent: { energy: null } })).sent, null)
  })

  it('is that nothing is sent', () => {
    assert.equal(silence(() => ({ sent: { packets: 200 } })).sent, 'nothing-sent')
  })

  it('is that nothing comes', () => {
    assert.equal(silence(() => ({ received: { packets: 200 } })).received, 'nothing-received')
  })

  it('is that what comes is silence', () => {
    assert.equal(silence(() => ({ received: { energy: 0.5 } })).received, 'received-silence')
  })

  it('is the browser that keeps the page silent, before what comes', () => {
    const blocked = silence(() => ({ received: { packets: 0 } }), { outputBlocked: true })
    assert.equal(blocked.received, 'output-blocked')
  })

  it('is said only after four seconds: people pause', () => {
    const { received } = history(() => ({ received: { energy: 0.5 } }), 4).quality(open)
    assert.equal(received.silence, null)
  })

  it('leaves no score: nothing that is not heard is good', () => {
    const { sent, received } = history().quality({ ...open, muted: true })
    assert.equal(sent.mos, null)
    assert.notEqual(received.mos, null)
  })
})

describe('a reading', () => {
  const report = (type: string, fields: object): RTCStats => ({ id: type, timestamp: 0, type, ...fields }) as RTCStats

  it('of a connection without sound is empty', () => {
    const { sent, received, roundTrip } = readSound([], 5)
    assert.deepEqual([sent.packets, sent.codec, received.packets, roundTrip], [0, null, 0, null])
  })

  it('takes the round trip of the path in use, in ms', () => {
    const path = report('candidate-pair', { nominated: true, state: 'succeeded', currentRoundTripTime: 0.03 })
    assert.equal(readSound([path], 0).roundTrip, 30)
  })

  it("takes that of the far side's report where the path has none", () => {
    const remote = report('remote-inbound-rtp', { kind: 'audio', roundTripTime: 0.05 })
    assert.equal(readSound([remote], 0).roundTrip, 50)
  })

  it('leaves pictures out', () => {
    assert.equal(readSound([report('inbound-rtp', { kind: 'video', packetsReceived: 9 })], 0).received.packets, 0)
  })

  it('names the codec as the description does', () => {
    const stats = [
      report('outbound-rtp', { kind: 'audio', codecId: 'codec' }),
      report('codec', { mimeType: 'audio/PCMU' }),
    ]
    assert.equal(readSound(stats, 0).sent.codec, 'PCMU')
  })
})
