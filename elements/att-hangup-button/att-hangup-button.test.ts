import '../define/phone-provider.ts'
import '../define/att-hangup-button.ts'
import {
  buttonOf,
  callSnapshot,
  expect,
  forcedPhone,
  heard,
  html,
  inCall,
  rings,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttHangupButton } from './att-hangup-button.ts'

const tag = html`<att-hangup-button></att-hangup-button>`

describe('<att-hangup-button>', () => {
  it('ends a connected call for both', async () => {
    const { caller, callee } = await inCall()
    const control = await within<AttHangupButton>(caller, tag)
    const ended = heard(callee, 'call:disconnected')
    control.click()
    await ended
  })

  it('takes back a call that was not answered', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await rings(caller, callee)
    const control = await within<AttHangupButton>(caller, tag)
    expect(textOf(control)).to.equal('Cancel')
    const canceled = heard(callee, 'call:canceled')
    control.click()
    await canceled
  })

  it('does not end the call it is in when another one rings', async () => {
    const calls = [
      callSnapshot({ index: 1 }),
      callSnapshot({ index: 2, direction: 'incoming', progress: 'ringing', foreground: false, connectedAt: null }),
    ]
    const control = await within<AttHangupButton>(forcedPhone({ calls }), tag)
    let index = 0
    control.addEventListener('att-hangup-request', (event) => {
      event.preventDefault()
      index = event.detail.index
    })
    control.click()
    expect(index).to.equal(1)
  })

  it('says that there is no call', async () => {
    expect(buttonOf(await within(forcedPhone(), tag)).title).to.equal('There is no call')
  })

  it('stays in the page, and the call with it, when it is moved', async () => {
    const { caller } = await inCall()
    const control = await within<AttHangupButton>(caller, tag)
    const place = document.createElement('div')
    control.before(place)
    place.append(control)
    await control.updateComplete
    expect(control.phone).to.equal(caller)
    expect(caller.snapshot.calls).to.have.length(1)
  })

  it('is accessible with and without a call', async () => {
    await expect(await within(forcedPhone(), tag)).to.be.accessible()
    await expect(await within(forcedPhone({ calls: [callSnapshot()] }), tag)).to.be.accessible()
  })
})
