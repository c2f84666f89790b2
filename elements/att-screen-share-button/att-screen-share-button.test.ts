import '../define/phone-provider.ts'
import '../define/att-screen-share-button.ts'
import { sendKeys } from '@web/test-runner-commands'
import { eventually } from '../../src/media/testing/eventually.ts'
import {
  buttonOf,
  callSnapshot,
  expect,
  forcedPhone,
  html,
  inCall,
  oneEvent,
  settled,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttScreenShareButton } from './att-screen-share-button.ts'

const tag = html`<att-screen-share-button></att-screen-share-button>`

/** Puts a person who chooses a screen in place of the browser's own window; `null` a browser that has none. */
function chooser(getDisplayMedia: (() => Promise<MediaStream>) | null): void {
  Object.defineProperty(navigator.mediaDevices, 'getDisplayMedia', {
    configurable: true,
    value: getDisplayMedia ?? undefined,
  })
}

const screen = (): Promise<MediaStream> => {
  const canvas = document.createElement('canvas')
  canvas.getContext('2d')?.fillRect(0, 0, 10, 10)
  return Promise.resolve(canvas.captureStream(10))
}

describe('<att-screen-share-button>', () => {
  beforeEach(() => chooser(screen))
  afterEach(() => Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia'))

  it('shares the screen of a video call, and ends that', async () => {
    const { callee } = await inCall('video')
    const control = await within<AttScreenShareButton>(callee, tag)
    expect([textOf(control), buttonOf(control).getAttribute('aria-pressed')]).to.deep.equal(['Share screen', 'false'])
    control.click()
    await settled(callee, ({ calls }) => calls[0]?.screen === true)
    await control.updateComplete
    expect([textOf(control), buttonOf(control).getAttribute('aria-pressed')]).to.deep.equal(['Share screen', 'true'])
    control.click()
    await settled(callee, ({ calls }) => calls[0]?.screen === false && calls[0].camera)
  })

  it('shares the screen of this machine by the keyboard, and the other side sees it', async function () {
    // Firefox has no fake screen, and a headless one no other.
    if (navigator.userAgent.includes('Firefox')) this.skip()
    Reflect.deleteProperty(navigator.mediaDevices, 'getDisplayMedia')
    const { caller, callee } = await inCall('video')
    const control = await within<AttScreenShareButton>(callee, tag)
    buttonOf(control).focus()
    await sendKeys({ press: 'Enter' })
    await settled(callee, ({ calls }) => calls[0]?.screen === true)
    const screen = callee.snapshot.calls[0]!.localStream!.getVideoTracks()[0]!
    expect([screen.contentHint, screen.getSettings().displaySurface]).to.deep.equal(['detail', 'monitor'])
    const received = async (): Promise<number> => (await caller.getStatistics())?.video.received.frames ?? 0
    const before = await received()
    await eventually('its pictures come over', received, (frames) => frames > before + 5)
  })

  it('leaves it to a page that objects', async () => {
    const phone = forcedPhone({ calls: [callSnapshot({ mediaType: 'video', camera: true })] })
    const control = await within<AttScreenShareButton>(phone, tag)
    let chosen = 0
    chooser(() => {
      chosen++
      return screen()
    })
    control.addEventListener('att-screen-share-request', (event) => event.preventDefault())
    const asked = oneEvent(control, 'att-screen-share-request')
    control.click()
    expect((await asked).detail).to.deep.equal({ index: 1, on: true })
    expect(chosen).to.equal(0)
  })

  it('says that this browser cannot', async () => {
    chooser(null)
    const control = await within(forcedPhone({ calls: [callSnapshot({ mediaType: 'video' })] }), tag)
    expect(buttonOf(control).title).to.equal('This browser cannot share the screen')
    expect(buttonOf(control).getAttribute('aria-disabled')).to.equal('true')
  })

  for (const [name, change, reason] of [
    ['there is no call', null, 'There is no call'],
    ['the call is not up', { progress: 'ringing' }, 'Wait until the call is connected'],
    ['an audio call is held', { hold: { local: true, remote: false, explicit: true } }, 'The call is on hold'],
    ['a change is pending', { pending: 'change' }, 'One moment…'],
  ] as const) {
    it(`says why it cannot while ${name}`, async () => {
      const phone = forcedPhone({ calls: change ? [callSnapshot(change)] : [] })
      expect(buttonOf(await within(phone, tag)).title).to.equal(reason)
    })
  }

  it('says that this network has no video', async () => {
    const { session } = forcedPhone().snapshot
    const capabilities = { ...session.capabilities, video: false }
    const phone = forcedPhone({ calls: [callSnapshot()], session: { ...session, capabilities } })
    expect(buttonOf(await within(phone, tag)).title).to.equal('There is no video on this line')
  })

  for (const [name, change] of [
    ['nothing shared', { mediaType: 'video', camera: true }],
    ['the screen shared', { mediaType: 'video', screen: true }],
    ['an audio call on hold', { hold: { local: true, remote: false, explicit: true } }],
  ] as const) {
    it(`is accessible with ${name}`, async () => {
      await expect(await within(forcedPhone({ calls: [callSnapshot(change)] }), tag)).to.be.accessible()
    })
  }
})
