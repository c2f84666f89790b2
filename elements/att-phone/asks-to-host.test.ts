import { sendKeys } from '@web/test-runner-commands'
import '../define/att-phone.ts'
import { announcements } from '../testing/announcements.ts'
import { callSnapshot, drawn, expect, fixture, forcedPhone, html, textOf } from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { AttPhone } from './att-phone.ts'

const show = (phone: Phone): Promise<AttPhone> =>
  fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!

describe('<att-phone> asks whether one hosts the conference from now on', () => {
  const asking = callSnapshot({ callType: 'conference', direction: 'incoming', handOverAsked: true })

  /** What the phone was told by who pressed the button at `position` with the keyboard. */
  async function pressing(position: number): Promise<readonly string[]> {
    const phone = forcedPhone({ calls: [asking] })
    const told: string[] = []
    phone.acceptHandOver = async () => void told.push('accept')
    phone.rejectHandOver = async () => void told.push('reject')
    const element = await show(phone)
    const button = element.shadowRoot!.querySelectorAll<HTMLElement>('[part=notice] button')[position]!
    button.focus()
    await sendKeys({ press: 'Enter' })
    return told
  }

  it('by a notice that says who wants it', async () => {
    const element = await show(forcedPhone({ calls: [asking] }))
    expect(textOf(find(element, '[part=notice]'))).to.contain('bob leaves and wants you to host the conference.')
  })

  it('and takes a no', async () => expect(await pressing(0)).to.deep.equal(['reject']))
  it('and takes a yes', async () => expect(await pressing(1)).to.deep.equal(['accept']))

  it('also where the call that asks is not the one that is shown', async () => {
    const calls = [{ ...asking, foreground: false }, callSnapshot({ index: 2 })]
    expect(textOf(find(await show(forcedPhone({ calls })), '[part=notice]'))).to.contain('host the conference')
  })

  it('once to a screen reader', async () => {
    const phone = forcedPhone({ calls: [{ ...asking, handOverAsked: false }] })
    const element = await show(phone)
    const over = new AbortController()
    const told = announcements(over.signal)
    phone.show({ calls: [asking] })
    await drawn(element)
    phone.show({ calls: [{ ...asking, muted: true }] })
    await drawn(element)
    over.abort()
    expect(told.filter((text) => text.includes('host the conference'))).to.have.length(1)
  })

  it('is accessible, and not wider than 240 pixels', async () => {
    const element = await show(forcedPhone({ calls: [asking] }))
    element.style.inlineSize = '240px'
    await drawn(element)
    expect(find(element, '.phone').scrollWidth).to.be.at.most(240)
    await expect(element).to.be.accessible()
  })
})
