import { expect } from '@open-wc/testing'
import { sendTones } from './dtmf.ts'

const never = () => new AbortController().signal

describe('sending tones', () => {
  let connections: RTCPeerConnection[] = []
  let stream: MediaStream
  let dtmf: RTCDTMFSender
  let heard: string[] = []
  const listener = {
    sending: (tone: string) => heard.push(`sending ${tone}`),
    sent: (tone: string) => heard.push(`sent ${tone}`),
  }

  beforeEach(async () => {
    heard = []
    const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()]
    connections = [one, other]
    one.addEventListener('icecandidate', ({ candidate }) => candidate && void other.addIceCandidate(candidate))
    other.addEventListener('icecandidate', ({ candidate }) => candidate && void one.addIceCandidate(candidate))
    stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    const sender = one.addTrack(stream.getAudioTracks()[0]!, stream)
    dtmf = sender.dtmf!
    const up = new Promise((resolve) => {
      one.addEventListener('connectionstatechange', () => one.connectionState === 'connected' && resolve(undefined))
    })
    await one.setLocalDescription()
    await other.setRemoteDescription(one.localDescription!)
    await other.setLocalDescription()
    await one.setRemoteDescription(other.localDescription!)
    await up
  })
  afterEach(() => {
    for (const connection of connections) connection.close()
    stream.getTracks().forEach((track) => track.stop())
  })

  it('tells of each before and after, in order', async () => {
    await sendTones(dtmf, '1#', 50, listener, never())
    expect(heard).to.deep.equal(['sending 1', 'sent 1', 'sending #', 'sent #'])
  })

  it('keeps at least the least silence between two', async () => {
    const gaps: (number | undefined)[] = []
    const native = dtmf.insertDTMF.bind(dtmf)
    dtmf.insertDTMF = (tones, duration, gap) => {
      gaps.push(gap)
      native(tones, duration, gap)
    }
    await sendTones(dtmf, '1', 0, listener, never())
    await sendTones(dtmf, '2', 80, listener, never())
    expect(gaps).to.deep.equal([50, 80])
  })

  it('sends none when it is aborted before', async () => {
    const reason = new Error('Hung up')
    const error = await sendTones(dtmf, '1', 50, listener, AbortSignal.abort(reason)).catch((cause: unknown) => cause)
    expect(error).to.equal(reason)
    expect(heard).to.be.empty
  })

  it('stops between two when it is aborted', async () => {
    const hungUp = new AbortController()
    const reason = new Error('Hung up')
    const stopping = {
      ...listener,
      sending: (tone: string) => {
        listener.sending(tone)
        hungUp.abort(reason)
      },
    }
    const error = await sendTones(dtmf, '12', 50, stopping, hungUp.signal).catch((cause: unknown) => cause)
    expect(error).to.equal(reason)
    expect(heard).to.deep.equal(['sending 1'])
  })

  it('fails when the call has ended', async () => {
    connections[0]?.close()
    const error = await sendTones(dtmf, '1', 50, listener, never()).catch((cause: unknown) => cause)
    expect((error as DOMException).name).to.equal('InvalidStateError')
  })
})
