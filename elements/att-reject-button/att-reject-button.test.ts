import '../define/phone-provider.ts'
import '../define/att-reject-button.ts'
import { buttonOf, callSnapshot, expect, forcedPhone, heard, html, rings, signedIn, within } from '../testing/phones.ts'
import type { AttRejectButton } from './att-reject-button.ts'

const tag = html`<att-reject-button></att-reject-button>`

describe('<att-reject-button>', () => {
  it('declines the call that rings', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await rings(caller, callee)
    const control = await within<AttRejectButton>(callee, tag)
    const rejected = heard(caller, 'call:rejected')
    control.click()
    await rejected
  })

  it('says that no call rings', async () => {
    const control = await within(forcedPhone({ calls: [callSnapshot()] }), tag)
    expect(buttonOf(control).title).to.equal('No call is ringing')
  })

  it('is accessible while a call rings', async () => {
    const calls = [callSnapshot({ direction: 'incoming', progress: 'ringing', connectedAt: null })]
    await expect(await within(forcedPhone({ calls }), tag)).to.be.accessible()
  })
})
