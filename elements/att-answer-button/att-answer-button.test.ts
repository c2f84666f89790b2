import '../define/phone-provider.ts'
import '../define/att-answer-button.ts'
import {
  buttonOf,
  callSnapshot,
  expect,
  forcedPhone,
  heard,
  html,
  rings,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttAnswerButton } from './att-answer-button.ts'

const tag = html`<att-answer-button></att-answer-button>`
const audioTag = html`<att-answer-button media-type="audio"></att-answer-button>`
const ringing = callSnapshot({
  index: 2,
  direction: 'incoming',
  progress: 'ringing',
  foreground: false,
  connectedAt: null,
})

describe('<att-answer-button>', () => {
  it('answers the call that rings', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await rings(caller, callee)
    const control = await within<AttAnswerButton>(callee, tag)
    const connected = heard(caller, 'call:connected')
    control.click()
    await connected
  })

  it('answers a video call with video', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await rings(caller, callee, 'video')
    const control = await within<AttAnswerButton>(callee, tag)
    const connected = heard(caller, 'call:connected')
    control.click()
    expect((await connected).mediaType).to.equal('video')
  })

  it('answers a video call with sound alone where it says audio', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await rings(caller, callee, 'video')
    const control = await within<AttAnswerButton>(callee, audioTag)
    expect(textOf(control)).to.equal('Audio')
    const connected = heard(caller, 'call:connected')
    control.click()
    expect((await connected).mediaType).to.equal('audio')
  })

  it('holds the call one is in, or ends it, as it says', async () => {
    const phone = forcedPhone({ calls: [callSnapshot(), ringing] })
    const control = await within<AttAnswerButton>(phone, tag)
    expect(textOf(control)).to.equal('Hold & answer')
    control.action = 'end'
    await control.updateComplete
    expect(textOf(control)).to.equal('End & answer')
    let action: unknown
    control.addEventListener('att-answer-request', (event) => {
      event.preventDefault()
      action = event.detail.action
    })
    control.click()
    expect(action).to.equal('end')
  })

  it('does not take the focus when a call comes in', async () => {
    const phone = forcedPhone()
    const control = await within<AttAnswerButton>(phone, tag)
    phone.show({ calls: [ringing] })
    await control.updateComplete
    expect(document.activeElement).to.equal(document.body)
  })

  it('does not answer by a key that was held down before', async () => {
    const control = await within<AttAnswerButton>(forcedPhone({ calls: [ringing] }), tag)
    const event = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true })
    buttonOf(control).dispatchEvent(event)
    expect(event.defaultPrevented).to.be.true
  })

  it('says that no call rings', async () => {
    expect(buttonOf(await within(forcedPhone(), tag)).title).to.equal('No call is ringing')
  })

  it('is accessible while a call rings', async () => {
    await expect(await within(forcedPhone({ calls: [ringing] }), tag)).to.be.accessible()
  })
})
