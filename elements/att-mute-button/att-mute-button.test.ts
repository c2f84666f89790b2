import '../define/phone-provider.ts'
import '../define/att-mute-button.ts'
import { buttonOf, callSnapshot, expect, forcedPhone, heard, html, inCall, textOf, within } from '../testing/phones.ts'
import type { AttMuteButton } from './att-mute-button.ts'

const tag = html`<att-mute-button></att-mute-button>`

describe('<att-mute-button>', () => {
  it('mutes the call, and shows it once the engine says so', async () => {
    const { callee } = await inCall()
    const control = await within<AttMuteButton>(callee, tag)
    const muted = heard(callee, 'call:muted')
    control.click()
    await muted
    await control.updateComplete
    expect([textOf(control), buttonOf(control).title]).to.deep.equal(['Mute', ''])
    expect(buttonOf(control).getAttribute('aria-pressed')).to.equal('true')
    expect(control.matches(':state(pressed)')).to.be.true
  })

  it('unmutes a muted call', async () => {
    const { callee } = await inCall()
    await callee.mute()
    const control = await within<AttMuteButton>(callee, tag)
    const unmuted = heard(callee, 'call:unmuted')
    control.click()
    await unmuted
    expect(callee.snapshot.calls[0]?.muted).to.be.false
  })

  it('leaves the call alone when the page prevents its request', async () => {
    const { callee } = await inCall()
    const control = await within<AttMuteButton>(callee, tag)
    let detail: unknown
    control.addEventListener('att-mute-request', (event) => {
      event.preventDefault()
      detail = event.detail
    })
    control.click()
    expect(detail).to.deep.equal({ index: 1 })
    expect(callee.snapshot.calls[0]?.muted).to.be.false
  })

  it('says why it cannot be used without a call', async () => {
    const control = await within<AttMuteButton>(forcedPhone(), tag)
    expect(buttonOf(control).getAttribute('aria-disabled')).to.equal('true')
    expect(buttonOf(control).title).to.equal('There is no call')
  })

  it('says to wait while nobody can be heard', async () => {
    const control = await within<AttMuteButton>(forcedPhone({ calls: [callSnapshot({ progress: 'ending' })] }), tag)
    expect(buttonOf(control).title).to.equal('Wait until the call is connected')
  })

  for (const [state, muted] of Object.entries({ open: false, muted: true })) {
    it(`is accessible while ${state}`, async () => {
      const control = await within<AttMuteButton>(forcedPhone({ calls: [callSnapshot({ muted })] }), tag)
      await expect(control).to.be.accessible()
    })
  }
})
