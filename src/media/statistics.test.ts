import { expect } from '@open-wc/testing'
import { eventually } from './testing/eventually.ts'
import { mediaStatistics } from './statistics.ts'

/** A connection that reports `reports`, for figures that a real one shows only on a bad network. */
function reporting(...reports: readonly object[]): RTCPeerConnection {
  const entries = reports.map((report, index) => [String(index), { id: String(index), ...report }])
  return { getStats: () => Promise.resolve(new Map(entries as [string, object][])) } as unknown as RTCPeerConnection
}

describe('the statistics of a connection', () => {
  const connections: RTCPeerConnection[] = []
  let stream: MediaStream | undefined

  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close()
    stream?.getTracks().forEach((track) => track.stop())
  })

  async function connect(): Promise<readonly [RTCPeerConnection, RTCPeerConnection]> {
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()]
    connections.push(one, other)
    one.addEventListener('icecandidate', ({ candidate }) => candidate && void other.addIceCandidate(candidate))
    other.addEventListener('icecandidate', ({ candidate }) => candidate && void one.addIceCandidate(candidate))
    stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
    for (const track of stream.getTracks()) one.addTrack(track, stream)
    await one.setLocalDescription()
    await other.setRemoteDescription(one.localDescription!)
    await other.setLocalDescription()
    await one.setRemoteDescription(other.localDescription!)
    return [one, other]
  }

  it('tell what is sent, and what is received', async () => {
    const [one, other] = await connect()
    await eventually(
      'sound is received',
      () => mediaStatistics(other),
      ({ audio }) => audio.received.packets > 5 && audio.received.bytes > 0,
    )
    await eventually(
      'pictures are received',
      () => mediaStatistics(other),
      ({ video }) => video.received.frames > 2,
    )
    const { audio, video } = await mediaStatistics(one)
    expect(audio.sent.packets).to.be.greaterThan(5)
    expect(video.sent.frames).to.be.greaterThan(2)
    expect([audio.received.packets, video.received.packets]).to.deep.equal([0, 0])
  })

  it('tell the round trip of the path', async () => {
    const [one] = await connect()
    const { roundTrip } = await eventually(
      'the round trip is measured',
      () => mediaStatistics(one),
      (found) => found.roundTrip !== null,
    )
    expect(roundTrip).to.be.within(0, 1000)
  })

  it('are nothing before there is a connection', async () => {
    const connection = new RTCPeerConnection()
    connections.push(connection)
    const { audio, roundTrip } = await mediaStatistics(connection)
    expect(audio.received).to.deep.equal({ packets: 0, bytes: 0, lost: 0, jitter: 0, energy: 0, frames: 0 })
    expect(roundTrip).to.be.null
  })

  it('sum the streams of one kind, and take the worst jitter in ms', async () => {
    const stream = {
      type: 'inbound-rtp',
      kind: 'audio',
      packetsReceived: 10,
      bytesReceived: 100,
      packetsLost: 1,
      jitter: 0.002,
    }
    const { audio } = await mediaStatistics(reporting(stream, { ...stream, jitter: 0.005 }))
    expect(audio.received).to.deep.equal({ packets: 20, bytes: 200, lost: 2, jitter: 5, energy: 0, frames: 0 })
  })

  it('take the energy of what is sent from its source', async () => {
    const sent = { type: 'outbound-rtp', kind: 'audio', mediaSourceId: '1', packetsSent: 3 }
    const { audio } = await mediaStatistics(reporting(sent, { type: 'media-source', totalAudioEnergy: 0.5 }))
    expect(audio.sent.energy).to.equal(0.5)
  })

  it('tell the round trip of the path in use alone', async () => {
    const pair = { type: 'candidate-pair', nominated: true, state: 'succeeded' }
    const reports = [
      { ...pair, state: 'failed', currentRoundTripTime: 9 },
      { ...pair, currentRoundTripTime: 0.02 },
    ]
    expect((await mediaStatistics(reporting(...reports))).roundTrip).to.equal(20)
  })
})
