import { expect } from '@open-wc/testing'
import { eventually } from '../media/testing/eventually.ts'
import type { Phone } from './phone.ts'
import { endPhones, inCall, settled } from './testing/phones-in-call.ts'
import { ScreenChooser } from './testing/screen-chooser.ts'

const callOf = (phone: Phone) => phone.snapshot.calls[0]!
const pictureOf = (phone: Phone) => callOf(phone).localStream?.getVideoTracks()[0] ?? null

describe('sharing the screen', () => {
  let chooser: ScreenChooser

  beforeEach(() => {
    chooser = new ScreenChooser()
  })
  afterEach(async () => {
    await endPhones()
    chooser.restore()
  })

  it('shows it in place of the camera, as something to be read', async () => {
    const { caller } = await inCall('video')
    await caller.shareScreen(true)
    expect(callOf(caller)).to.include({ screen: true, camera: false })
    expect(pictureOf(caller)).to.equal(chooser.screens[0])
    expect(pictureOf(caller)?.contentHint).to.equal('detail')
  })

  it('gives the camera back when it ends', async () => {
    const { caller } = await inCall('video')
    await caller.shareScreen(true)
    await caller.shareScreen(false)
    expect(callOf(caller)).to.include({ screen: false, camera: true })
    expect(chooser.screens[0]?.readyState).to.equal('ended')
  })

  it('ends when the person stops it in the browser', async () => {
    const { caller } = await inCall('video')
    await caller.shareScreen(true)
    chooser.stop()
    await settled(caller, ({ calls }) => calls[0]?.screen === false && calls[0].camera)
  })

  it('leaves the camera off that was off before', async () => {
    const { caller } = await inCall('video')
    await caller.setCamera(false)
    await caller.shareScreen(true)
    await caller.shareScreen(false)
    expect(callOf(caller)).to.include({ screen: false, camera: false })
    expect(pictureOf(caller)).to.be.null
  })

  it('ends when the camera is turned on in its place', async () => {
    const { caller } = await inCall('video')
    await caller.shareScreen(true)
    await caller.setCamera(true)
    expect(callOf(caller)).to.include({ screen: false, camera: true })
    expect(pictureOf(caller)).to.not.equal(chooser.screens[0])
  })

  it('asks for video in an audio call, and opens no camera', async () => {
    const { caller, callee } = await inCall()
    const sharing = caller.shareScreen(true)
    await settled(callee, ({ calls }) => calls[0]?.asked === true)
    await callee.acceptModification()
    await sharing
    expect(callOf(caller)).to.include({ mediaType: 'video', screen: true, camera: false })
    expect(pictureOf(caller)).to.equal(chooser.screens[0])
    await eventually('the picture comes', () => callOf(callee).remoteStream?.getVideoTracks().length === 1)
  })

  it('shows nothing in an audio call whose other side refuses', async () => {
    const { caller, callee } = await inCall()
    const sharing = caller.shareScreen(true)
    await settled(callee, ({ calls }) => calls[0]?.asked === true)
    await callee.rejectModification()
    await sharing
    const { mediaType, screen } = callOf(caller)
    expect(screen).to.equal(mediaType === 'video')
  })

  it('is no error where the person chooses nothing', async () => {
    const { caller } = await inCall('video')
    chooser.refuse()
    const told = new Promise<string>((resolve) => caller.on('notification', ({ message }) => resolve(message)))
    await caller.shareScreen(true)
    expect(await told).to.equal('The screen is not shared')
    expect(callOf(caller)).to.include({ screen: false, camera: true })
  })

  it('ends with the call', async () => {
    const { caller } = await inCall('video')
    await caller.shareScreen(true)
    await caller.hangup()
    expect(chooser.screens[0]?.readyState).to.equal('ended')
  })

  it('is refused where the browser cannot', async () => {
    const { caller } = await inCall('video')
    chooser.missing()
    const error = await caller.shareScreen(true).catch((cause: unknown) => cause)
    expect(error).to.include({ code: '0035' })
  })

  it('is refused where the other side is being asked for something', async () => {
    const { caller, callee } = await inCall()
    const asking = caller.upgrade()
    await settled(callee, ({ calls }) => calls[0]?.asked === true)
    const error = await caller.shareScreen(true).catch((cause: unknown) => cause)
    expect(error).to.include({ code: '4603' })
    await callee.acceptModification()
    await asking
  })
})
