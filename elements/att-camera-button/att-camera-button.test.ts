import '../define/phone-provider.ts'
import '../define/att-camera-button.ts'
import {
  buttonOf,
  callSnapshot,
  expect,
  forcedPhone,
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
    control.click()
    await settled(callee, ({ calls }) => calls[0]?.camera === false)
    await control.updateComplete
    expect(textOf(control)).to.equal('Camera off')
    control.click()
    await settled(callee, ({ calls }) => calls[0]?.camera === true)
  })

  it('says that an audio call has no camera', async () => {
    const control = await within<AttCameraButton>(forcedPhone({ calls: [callSnapshot()] }), tag)
    expect(buttonOf(control).title).to.equal('This is an audio call')
  })

  for (const camera of [true, false]) {
    it(`is accessible with the camera ${camera ? 'on' : 'off'}`, async () => {
      const phone = forcedPhone({ calls: [callSnapshot({ mediaType: 'video', camera })] })
      await expect(await within(phone, tag)).to.be.accessible()
    })
  }
})
