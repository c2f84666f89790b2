import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-conference-panel.ts'
import { callSnapshot, expect, forcedPhone, html, textOf, within } from '../testing/phones.ts'
import type { AttConferencePanel } from './att-conference-panel.ts'

const tag = html`<att-conference-panel></att-conference-panel>`
const asking = callSnapshot({ callType: 'conference', direction: 'incoming', handOverAsked: true })

describe('<att-conference-panel> asks whether one hosts the conference from now on', () => {
  it('by a group that says who wants it', async () => {
    const panel = await within<AttConferencePanel>(forcedPhone({ calls: [asking] }), tag)
    const group = panel.shadowRoot!.querySelector('[part=question]')!
    expect(textOf(group)).to.contain('bob leaves and wants you to host the conference.')
    expect(group.getAttribute('role')).to.equal('group')
  })

  for (const [position, accept] of [false, true].entries())
    it(`and takes a ${accept ? 'yes' : 'no'} by the keyboard`, async () => {
      const phone = forcedPhone({ calls: [asking] })
      const told: boolean[] = []
      phone.acceptHandOver = async () => void told.push(true)
      phone.rejectHandOver = async () => void told.push(false)
      const panel = await within<AttConferencePanel>(phone, tag)
      panel.shadowRoot!.querySelectorAll<HTMLElement>('[part=question] button')[position]!.focus()
      await sendKeys({ press: 'Enter' })
      expect(told).to.deep.equal([accept])
    })
})
