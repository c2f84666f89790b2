import { expect } from '@open-wc/testing'
import { eventually } from './testing/eventually.ts'
import { defaultConnectionSettings, type ConnectionSettings } from './connection-settings.ts'
import { LocalMedia } from './local-media.ts'
import { PeerSession } from './peer-session.ts'
import { directionOf } from './sdp.ts'
import { mediaStatistics } from './statistics.ts'

const never = () => new AbortController().signal

/** On a slow machine the offer leaves before all candidates are found. */
function gathered(connection: RTCPeerConnection): Promise<void> {
  return new Promise((resolve) => {
    const look = () => connection.iceGatheringState === 'complete' && resolve()
    connection.addEventListener('icegatheringstatechange', look)
    look()
  })
}

describe('the peer connection of a leg', () => {
  const peers: PeerSession[] = []
  const medias: LocalMedia[] = []
  const streams = new Map<PeerSession, MediaStream>()

  afterEach(() => {
    for (const peer of peers.splice(0)) peer.close()
    for (const media of medias.splice(0)) media.close()
  })

  async function peerSession(settings: Partial<ConnectionSettings> = {}): Promise<PeerSession> {
    const media = new LocalMedia()
    medias.push(media)
    await media.capture('video', never())
    const stream = new MediaStream()
    const peer = new PeerSession(media, { ...defaultConnectionSettings, ...settings }, stream)
    peers.push(peer)
    streams.set(peer, stream)
    return peer
  }

  /** What comes from the other side, by kind. */
  const kindsOf = (peer: PeerSession) =>
    streams
      .get(peer)!
      .getTracks()
      .map(({ kind }) => kind)

  /** Two sides whose candidates reach each other. */
  async function pair(settings: Partial<ConnectionSettings> = {}): Promise<readonly [PeerSession, PeerSession]> {
    const [one, other] = await Promise.all([peerSession(settings), peerSession(settings)])
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      from.events.on('candidate', (candidate) => void to.addCandidates([candidate]))
    }
    return [one, other]
  }

  async function negotiate(one: PeerSession, other: PeerSession, restart = false): Promise<string> {
    const offer = await one.offer({ restart })
    await other.acceptOffer(offer)
    await one.acceptAnswer(await other.answer())
    return offer
  }

  async function talk(video = false): Promise<readonly [PeerSession, PeerSession]> {
    const sides = await pair()
    for (const side of sides) side.setVideo({ send: video, receive: video })
    await negotiate(...sides)
    return sides
  }

  const received = (peer: PeerSession, kind: 'audio' | 'video') =>
    eventually(
      `${kind} is received`,
      async () => (await mediaStatistics(peer.connection))[kind].received.packets,
      (packets) => packets > 5,
    )

  it('carries sound both ways', async () => {
    const [one, other] = await talk()
    await Promise.all([received(one, 'audio'), received(other, 'audio')])
  })

  it('carries pictures both ways where both sides want them', async () => {
    const [one, other] = await talk(true)
    await Promise.all([received(one, 'video'), received(other, 'video')])
    expect([one.mediaType, other.mediaType]).to.deep.equal(['video', 'video'])
  })

  it('offers no picture where none is wanted', async () => {
    const offer = await (await peerSession()).offer()
    expect(directionOf(offer, 'video')).to.be.null
  })

  for (const [wish, direction] of [
    [{ send: true, receive: true }, 'sendrecv'],
    [{ send: true, receive: false }, 'sendonly'],
    [{ send: false, receive: true }, 'recvonly'],
  ] as const) {
    it(`offers a picture as ${direction} where that is wanted`, async () => {
      const peer = await peerSession()
      peer.setVideo(wish)
      expect(directionOf(await peer.offer(), 'video')).to.equal(direction)
    })
  }

  it('names the codecs that both sides settled on', async () => {
    const [one, other] = await pair()
    expect(one.codecs).to.deep.equal([])
    one.setVideo({ send: true, receive: true })
    other.setVideo({ send: true, receive: true })
    await negotiate(one, other)
    expect(one.codecs).to.have.lengthOf(2).and.include('opus')
    expect(other.codecs).to.deep.equal(one.codecs)
  })

  it('prefers the codecs it was told to', async () => {
    const [one, other] = await pair({ codecs: ['pcmu'] })
    await negotiate(one, other)
    expect(one.codecs).to.deep.equal(['PCMU'])
  })

  it('says ok when the path is up', async () => {
    const [one, other] = await pair()
    const up = [one, other].map((side) => new Promise((resolve) => side.events.on('link', resolve)))
    await negotiate(one, other)
    expect(await Promise.all(up)).to.deep.equal(['ok', 'ok'])
  })

  it('offers nothing to hear or to be heard by while it is held', async () => {
    const [one] = await talk(true)
    one.setHeld(true)
    const offer = await one.offer()
    expect([directionOf(offer, 'audio'), directionOf(offer, 'video')]).to.deep.equal(['inactive', 'inactive'])
  })

  it('takes a picture out of the remote stream that is not sent any more', async () => {
    const [one, other] = await talk(true)
    expect(kindsOf(other)).to.have.members(['audio', 'video'])
    for (const side of [one, other]) side.setVideo({ send: false, receive: false })
    await negotiate(one, other)
    expect([kindsOf(one), kindsOf(other)]).to.deep.equal([['audio'], ['audio']])
  })

  it('puts a picture into the remote stream that is sent again', async () => {
    const [one, other] = await talk(true)
    for (const video of [false, true]) {
      for (const side of [one, other]) side.setVideo({ send: video, receive: video })
      await negotiate(one, other)
    }
    expect(kindsOf(one)).to.have.members(['audio', 'video'])
    expect(kindsOf(other)).to.have.members(['audio', 'video'])
  })

  it('adds a picture to a call with sound alone', async () => {
    const [one, other] = await talk()
    for (const side of [one, other]) side.setVideo({ send: true, receive: true })
    await negotiate(one, other)
    await Promise.all([received(one, 'video'), received(other, 'video')])
  })

  it('receives a picture without sending one', async () => {
    const [one, other] = await talk()
    one.setVideo({ send: true, receive: true })
    other.setVideo({ send: false, receive: true })
    await negotiate(one, other)
    await received(other, 'video')
    expect((await mediaStatistics(one.connection)).video.received.packets).to.equal(0)
    expect([one.receivesVideo, other.receivesVideo]).to.deep.equal([false, true])
  })

  it('forgets an offer of its own, and can make it again', async () => {
    const [one, other] = await talk()
    one.setVideo({ send: true, receive: true })
    await one.offer()
    one.setVideo({ send: false, receive: false })
    await one.rollback()
    expect([one.connection.signalingState, one.mediaType]).to.deep.equal(['stable', 'audio'])
    for (const side of [one, other]) side.setVideo({ send: true, receive: true })
    await negotiate(one, other)
    await Promise.all([received(one, 'video'), received(other, 'video')])
  })

  it('forgets the other side’s offer, and can take it again', async () => {
    const [one, other] = await talk()
    one.setVideo({ send: true, receive: true })
    await other.acceptOffer(await one.offer())
    expect(other.hasOffer).to.be.true
    await Promise.all([one.rollback(), other.rollback()])
    expect(other.hasOffer).to.be.false
    other.setVideo({ send: true, receive: true })
    await negotiate(one, other)
    await Promise.all([received(one, 'video'), received(other, 'video')])
  })

  it('goes on sending when a hold came to nothing', async () => {
    const [one, other] = await talk()
    await received(other, 'audio')
    one.setHeld(true)
    await one.offer()
    one.setHeld(false)
    await one.rollback()
    const { packets } = (await mediaStatistics(other.connection)).audio.received
    await eventually(
      'more sound is received',
      async () => (await mediaStatistics(other.connection)).audio.received.packets,
      (count) => count > packets + 20,
    )
  })

  it('takes the other side’s picture in place of one it asked for and did not get', async () => {
    const [one, other] = await talk()
    for (const side of [one, other]) side.setVideo({ send: true, receive: true })
    await one.offer()
    await one.rollback()
    await negotiate(other, one)
    await Promise.all([received(one, 'video'), received(other, 'video')])
    expect(one.connection.localDescription?.sdp.match(/^m=video/gm)).to.have.lengthOf(1)
  })

  it('finds a new path when it is asked to, and the sound goes on', async () => {
    const [one, other] = await talk()
    const ufrag = (text = '') => /^a=ice-ufrag:(.*)$/m.exec(text)?.[1]
    const before = ufrag(one.connection.currentLocalDescription?.sdp)
    const offer = await negotiate(one, other, true)
    expect(ufrag(offer)).not.to.equal(before)
    await received(other, 'audio')
  })

  it('keeps the path when it is not', async () => {
    const [one, other] = await talk()
    const ufrag = (text = '') => /^a=ice-ufrag:(.*)$/m.exec(text)?.[1]
    const before = ufrag(one.connection.currentLocalDescription?.sdp)
    expect(ufrag(await negotiate(one, other))).to.equal(before)
  })

  it('takes candidates that come before the description they belong to', async () => {
    const [one, other] = await Promise.all([peerSession(), peerSession()])
    const offer = await one.offer()
    await gathered(one.connection)
    const found = one.connection.localDescription?.sdp ?? ''
    const candidates = [...found.matchAll(/^a=(candidate:.*)$/gm)].map(([, candidate = '']) => ({
      candidate,
      sdpMid: '0',
    }))
    const bare = (text: string) => text.replace(/^a=candidate:.*\r?\n/gm, '')
    await other.addCandidates(candidates)
    await other.acceptOffer(bare(offer))
    await one.acceptAnswer(bare(await other.answer()))
    await received(other, 'audio')
  })

  it('takes candidates of a new path that are faster than its offer', async () => {
    const [one, other] = await talk()
    const offer = await one.offer({ restart: true })
    const usernameFragment = /^a=ice-ufrag:(.*?)\r?$/m.exec(offer)?.[1] ?? ''
    const candidate = 'candidate:7 1 udp 2122260223 192.0.2.7 7777 typ host'
    await other.addCandidates([{ candidate: `${candidate} ufrag ${usernameFragment}`, sdpMid: '0', usernameFragment }])
    await other.acceptOffer(offer)
    expect(other.connection.remoteDescription?.sdp).to.include('192.0.2.7 7777')
  })

  it('does not mind a candidate that fits nowhere', async () => {
    const [one, other] = await talk()
    await one.addCandidates([{ candidate: 'candidate:1 1 udp 1 192.0.2.1 1 typ host', sdpMid: '17' }])
    await received(other, 'audio')
  })

  it('lets no candidate out where none is allowed', async () => {
    const peer = await peerSession({ iceTransport: 'none' })
    const candidates: RTCIceCandidate[] = []
    peer.events.on('candidate', (candidate) => candidates.push(candidate))
    const gathered = new Promise((resolve) => {
      peer.connection.addEventListener('icegatheringstatechange', () => {
        if (peer.connection.iceGatheringState === 'complete') resolve(undefined)
      })
    })
    const offer = await peer.offer()
    if (peer.connection.iceGatheringState !== 'complete') await gathered
    expect(offer).not.to.include('a=candidate')
    expect(candidates).to.be.empty
  })

  it('rejects what is under way when it is closed', async () => {
    const [one, other] = await pair()
    const third = await peerSession()
    const offer = await one.offer()
    const steps = [other.acceptOffer(offer), third.offer(), one.rollback()]
    for (const peer of peers) peer.close()
    const outcomes = await Promise.allSettled(steps)
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected', 'rejected'])
  })

  it('fills another stream from now on when it is told to', async () => {
    const [one] = await talk(true)
    const stream = new MediaStream()
    one.moveTo(stream)
    expect(stream.getTracks().map(({ kind }) => kind)).to.have.members(['audio', 'video'])
    one.close()
    expect(stream.getTracks()).to.be.empty
  })

  it('is free, and its stream empty, when it is closed', async () => {
    const [one] = await talk()
    expect(kindsOf(one)).to.deep.equal(['audio'])
    one.close()
    expect(one.connection.signalingState).to.equal('closed')
    expect(kindsOf(one)).to.be.empty
  })

  it('stops no track of what it sent when it is closed', async () => {
    const [one] = await talk(true)
    one.close()
    expect(medias[0]?.stream.getTracks().map(({ readyState }) => readyState)).to.deep.equal(['live', 'live'])
  })
})
