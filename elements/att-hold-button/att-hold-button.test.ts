import '../define/phone-provider.ts'
import '../define/att-hold-button.ts'
import { buttonOf, callSnapshot, expect, forcedPhone, heard, html, inCall, textOf, within } from '../testing/phones.ts'
import type { AttHoldButton } from './att-hold-button.ts'

const tag = html`<att-hold-button></att-hold-button>`
const held = { local: true, remote: false, explicit: true }

describe('<att-hold-button>', () => {
  it('holds the call, which the other side learns', async () => {
    const { caller, callee } = await inCall()
    const control = await within<AttHoldButton>(callee, tag)
    const heardThere = heard(caller, 'call:held')
    control.click()
    await heardThere
    expect(caller.snapshot.calls[0]?.hold.remote).to.be.true
  })

  it('takes a held call back', async () => {
    const { callee } = await inCall()
    await callee.hold()
    const control = await within<AttHoldButton>(callee, tag)
    expect([textOf(control), buttonOf(control).title]).to.deep.equal(['Hold', ''])
    expect(buttonOf(control).getAttribute('aria-pressed')).to.equal('true')
    const resumed = heard(callee, 'call:resumed')
    control.click()
    await resumed
    await control.updateComplete
    expect(textOf(control)).to.equal('Hold')
  })

  it('takes no second press before the network confirmed the first', async () => {
    const control = await within<AttHoldButton>(forcedPhone({ calls: [callSnapshot({ pending: 'hold' })] }), tag)
    let requests = 0
    control.addEventListener('att-hold-request', () => requests++)
    control.click()
    expect(requests).to.equal(0)
    expect(buttonOf(control).getAttribute('aria-busy')).to.equal('true')
  })

  it('is not pressed when only the other side holds', async () => {
    const hold = { local: false, remote: true, explicit: false }
    const control = await within<AttHoldButton>(forcedPhone({ calls: [callSnapshot({ hold })] }), tag)
    expect(buttonOf(control).getAttribute('aria-pressed')).to.equal('false')
  })

  it('is accessible while held', async () => {
    await expect(await within(forcedPhone({ calls: [callSnapshot({ hold: held })] }), tag)).to.be.accessible()
  })
})
