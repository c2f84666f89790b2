import '../define/phone-provider.ts'
import '../define/att-camera-button.ts'
import {
  buttonOf,
  callSnapshot,
  expect,
  forcedPhone,
  heard,
  html,
  inCall,
  settled,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttCameraButton } from './att-camera-button.ts'

const tag = html`<att-camera-button></att-camera-button>`

describe('<att-camera-button>', () => {
  it('turns the camera of a video call off and on', async () => {
    const { callee } = await inCall('video')
    const control = await within<AttCameraButton>(callee, tag)
    const said = (): readonly unknown[] => [textOf(control), buttonOf(control).getAttribute('aria-pressed')]
    expect(said()).to.deep.equal(['Camera off', 'false'])
    control.click()
    await settled(callee, ({ calls }) => calls[0]?.camera === false)
    await control.updateComplete
    expect(said()).to.deep.equal(['Camera off', 'true'])
    control.click()
    await settled(callee, ({ calls }) => calls[0]?.camera === true)
  })

  it('asks the other side of an audio call for video', async () => {
    const { caller, callee } = await inCall()
    const control = await within<AttCameraButton>(callee, tag)
    expect(textOf(control)).to.equal('Video')
    const asked = heard(caller, 'call:media-modification')
    control.click()
    expect((await asked).newMediaType).to.equal('video')
  })

  it('leaves asking to the page where the page wants it', async () => {
    const control = await within<AttCameraButton>(forcedPhone({ calls: [callSnapshot({ index: 3 })] }), tag)
    let index: number | null = null
    control.addEventListener('att-upgrade-request', (event) => {
      event.preventDefault()
      index = event.detail.index
    })
    control.click()
    expect(index).to.equal(3)
  })

  it('waits for the answer of the other side', async () => {
    const asking = callSnapshot({ pending: 'change', newMediaType: 'video' })
    const control = await within<AttCameraButton>(forcedPhone({ calls: [asking] }), tag)
    expect(buttonOf(control).getAttribute('aria-busy')).to.equal('true')
  })

  it('says that a network has no video', async () => {
    const { session } = forcedPhone().snapshot
    const without = { ...session, capabilities: { ...session.capabilities, video: false } }
    const control = await within<AttCameraButton>(forcedPhone({ session: without, calls: [callSnapshot()] }), tag)
    expect(buttonOf(control).title).to.equal('There is no video on this line')
  })

  it('is accessible in an audio call', async () => {
    await expect(await within(forcedPhone({ calls: [callSnapshot()] }), tag)).to.be.accessible()
  })

  for (const camera of [true, false]) {
    it(`is accessible with the camera ${camera ? 'on' : 'off'}`, async () => {
      const phone = forcedPhone({ calls: [callSnapshot({ mediaType: 'video', camera })] })
      await expect(await within(phone, tag)).to.be.accessible()
    })
  }
})
