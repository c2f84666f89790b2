import { expect } from '@open-wc/testing'
import { blankCamera } from './blank-camera.ts'
import { LocalMedia } from './local-media.ts'

const never = () => new AbortController().signal

const once = <E extends Event>(target: EventTarget, name: string) =>
  new Promise<E>((resolve) => target.addEventListener(name, (event) => resolve(event as E), { once: true }))

describe('what a call sends', () => {
  let media: LocalMedia
  let connection: RTCPeerConnection

  beforeEach(() => {
    media = new LocalMedia()
    connection = new RTCPeerConnection()
  })
  afterEach(() => {
    media.close()
    connection.close()
  })

  const senderOf = (kind: 'audio' | 'video') => connection.addTransceiver(kind).sender

  it('is nothing before it is captured', () => {
    expect([media.track('audio'), media.track('video')]).to.deep.equal([null, null])
  })

  it('is a microphone for sound', async () => {
    await media.capture('audio', never())
    expect(media.track('audio')?.readyState).to.equal('live')
    expect(media.track('video')).to.be.null
  })

  it('is microphone and camera for a picture', async () => {
    await media.capture('video', never())
    expect(media.stream.getTracks()).to.have.members([media.track('audio'), media.track('video')])
  })

  it('keeps a microphone that is open when a picture is wanted too', async () => {
    await media.capture('audio', never())
    const microphone = media.track('audio')
    await media.capture('video', never())
    expect(media.track('audio')).to.equal(microphone)
    expect(microphone?.readyState).to.equal('live')
  })

  it('goes out by a sender that was bound before there was a track', async () => {
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    expect(sender.track).to.be.null
    await media.capture('audio', never())
    expect(sender.track).to.equal(media.track('audio'))
  })

  it('goes out by a sender that is bound later', async () => {
    await media.capture('audio', never())
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    expect(sender.track).to.equal(media.track('audio'))
  })

  it('goes out by no sender of the other kind', async () => {
    const sender = senderOf('video')
    await media.bind(sender, 'video', never())
    await media.capture('audio', never())
    expect(sender.track).to.be.null
  })

  it('goes out no more by a sender that was let go', async () => {
    const sender = senderOf('audio')
    const bound = new AbortController()
    await media.bind(sender, 'audio', bound.signal)
    bound.abort()
    await media.capture('audio', never())
    expect(sender.track).to.be.null
  })

  it('does not mind a sender whose connection has closed', async () => {
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    connection.close()
    await media.capture('audio', never())
    expect(media.track('audio')).not.to.be.null
  })

  it('may be another microphone: the former is stopped, and the senders have the new one', async () => {
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    await media.capture('audio', never())
    const former = media.track('audio')
    const other = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0]!
    await media.set(other)
    expect(former?.readyState).to.equal('ended')
    expect(sender.track).to.equal(other)
    expect(media.stream.getTracks()).to.deep.equal([other])
  })

  it('is nothing while it is held, and the devices stay open', async () => {
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    await media.capture('audio', never())
    await media.setHeld(true)
    expect(sender.track).to.be.null
    expect(media.track('audio')?.readyState).to.equal('live')
  })

  it('is what it was when it is held no more', async () => {
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    await media.capture('audio', never())
    await media.setHeld(true)
    await media.setHeld(false)
    expect(sender.track).to.equal(media.track('audio'))
  })

  it('is nothing of a device that opens while it is held', async () => {
    const sender = senderOf('audio')
    await media.bind(sender, 'audio', never())
    await media.setHeld(true)
    await media.capture('audio', never())
    expect(sender.track).to.be.null
  })

  it('is silence while it is muted, and the picture goes on', async () => {
    await media.capture('video', never())
    media.setMuted(true)
    expect(media.muted).to.be.true
    expect([media.track('audio')?.enabled, media.track('video')?.enabled]).to.deep.equal([false, true])
    media.setMuted(false)
    expect(media.track('audio')?.enabled).to.be.true
  })

  it('stays muted with a microphone that opens later', async () => {
    media.setMuted(true)
    await media.capture('audio', never())
    expect(media.track('audio')?.enabled).to.be.false
  })

  it('loses a kind that is released: its device is closed', async () => {
    const sender = senderOf('video')
    await media.bind(sender, 'video', never())
    await media.capture('video', never())
    const camera = media.track('video')
    await media.release('video')
    expect(camera?.readyState).to.equal('ended')
    expect([media.track('video'), sender.track]).to.deep.equal([null, null])
    expect(media.track('audio')?.readyState).to.equal('live')
  })

  it('is black in place of a camera that stops at once', async () => {
    const sender = senderOf('video')
    await media.bind(sender, 'video', never())
    await media.capture('video', never())
    const camera = media.track('video')
    const blanking = blankCamera(media)
    expect(camera?.readyState).to.equal('ended')
    await blanking
    expect([media.track('video'), media.stream.getVideoTracks()]).to.deep.equal([null, []])
    expect(sender.track?.readyState).to.equal('live')
    const black = sender.track
    await media.capture('video', never())
    expect(sender.track).to.equal(media.track('video'))
    expect(black?.readyState).to.equal('ended')
  })

  it('is black for somebody who comes when the camera is off for long', async () => {
    await media.capture('video', never())
    await blankCamera(media)
    const far = new RTCPeerConnection()
    const coming = once<RTCTrackEvent>(far, 'track')
    await media.bind(senderOf('video'), 'video', never())
    connection.onicecandidate = ({ candidate }) => void far.addIceCandidate(candidate ?? undefined)
    far.onicecandidate = ({ candidate }) => void connection.addIceCandidate(candidate ?? undefined)
    await connection.setLocalDescription()
    await far.setRemoteDescription(connection.localDescription!)
    await far.setLocalDescription()
    await connection.setRemoteDescription(far.localDescription!)
    const { track } = await coming
    // What is drawn when the track is given to the sender alone is gone before the connection is there.
    await once(track, 'unmute')
    const screen = Object.assign(document.createElement('video'), { muted: true, srcObject: new MediaStream([track]) })
    await once(screen, 'loadeddata')
    const context = document.createElement('canvas').getContext('2d')!
    context.drawImage(screen, 0, 0, 1, 1)
    expect(Math.max(...context.getImageData(0, 0, 1, 1).data.slice(0, 3))).to.be.lessThan(30)
    far.close()
  })

  it('is nothing while it is held, a black picture included', async () => {
    const sender = senderOf('video')
    await media.bind(sender, 'video', never())
    await media.capture('video', never())
    await blankCamera(media)
    await media.setHeld(true)
    expect(sender.track).to.be.null
    await media.setHeld(false)
    expect(sender.track).to.not.be.null
  })

  it('sends no black picture after its end', async () => {
    const sender = senderOf('video')
    await media.bind(sender, 'video', never())
    await media.capture('video', never())
    await blankCamera(media)
    const black = sender.track
    media.close()
    expect(black?.readyState).to.equal('ended')
  })

  it('needs no camera to be black', async () => {
    await blankCamera(media)
    expect(media.track('video')).to.be.null
  })

  it('ends with every device closed', async () => {
    await media.capture('video', never())
    const tracks = media.stream.getTracks()
    media.close()
    expect(tracks.map(({ readyState }) => readyState)).to.deep.equal(['ended', 'ended'])
    expect(media.stream.getTracks()).to.be.empty
  })

  it('opens nothing after its end', async () => {
    media.close()
    const error = await media.capture('audio', never()).catch((cause: unknown) => cause)
    expect(error).to.have.property('name', 'AbortError')
    expect(media.track('audio')).to.be.null
  })

  it('stops a track that is given to it after its end', async () => {
    media.close()
    const track = (await navigator.mediaDevices.getUserMedia({ audio: true })).getAudioTracks()[0]!
    await media.set(track)
    expect(track.readyState).to.equal('ended')
  })
})
