import '../define/att-phone.ts'
import { sdkError } from '../../src/phone/error-catalogue.ts'
import { PhoneError } from '../../src/phone/phone-error.ts'
import { callSnapshot, drawn, expect, fixture, forcedPhone, html, signedIn } from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { AttPhone } from './att-phone.ts'

const show = (phone: Phone): Promise<AttPhone> =>
  fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!

describe('The dial row', () => {
  const typed = async (text: string): Promise<AttPhone> => {
    const element = await show(await signedIn())
    const pad = element.shadowRoot!.querySelector('att-dialpad')!
    pad.value = text
    await drawn(pad)
    await drawn(element)
    return element
  }

  it('has the call in the middle, and larger', async () => {
    const element = await typed('18005550199')
    const [other, main, erase] = [...find(element, '.row.dial').children].map((child) => child.getBoundingClientRect())
    expect(main!.width).to.be.above(other!.width)
    const phone = element.getBoundingClientRect()
    expect(Math.abs(main!.left + main!.width / 2 - (phone.left + phone.width / 2))).to.be.below(2)
    expect([other!.right <= main!.left, main!.right <= erase!.left]).to.deep.equal([true, true])
  })

  it('takes away the last digit, by one button of that name', async () => {
    const element = await typed('12')
    expect(find(element, 'att-dialpad').shadowRoot!.querySelector('.ghost')).to.equal(null)
    const erase = find(element, '[part=backspace-button]')
    expect(getComputedStyle(erase).visibility).to.equal('visible')
    erase.click()
    expect(element.shadowRoot!.querySelector('att-dialpad')!.value).to.equal('1')
    erase.click()
    await drawn(element.shadowRoot!.querySelector('att-dialpad')!)
    expect(getComputedStyle(erase).visibility).to.equal('hidden')
  })

  it('and the number stay free when a notice comes', async () => {
    const phone = forcedPhone()
    const element = await show(phone)
    phone.show({ error: new PhoneError(sdkError('2202'), 'dial') })
    await drawn(element)
    const notice = find(element, '[part=notice]').getBoundingClientRect()
    const free = (box: DOMRect): boolean => box.bottom <= notice.top || box.top >= notice.bottom
    expect(free(find(element, '.row.dial').getBoundingClientRect())).to.equal(true)
    const field = find(element, 'att-dialpad').shadowRoot!.querySelector('input')!
    expect(free(field.getBoundingClientRect())).to.equal(true)
  })
})

describe('The controls of a call', () => {
  it('stay where they are when a notice comes', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const element = await show(phone)
    const places = (): readonly number[] => [
      find(element, '.controls').getBoundingClientRect().top,
      find(element, '.row.end').getBoundingClientRect().top,
      element.getBoundingClientRect().height,
    ]
    const before = places()
    phone.show({ error: new PhoneError(sdkError('2202'), 'dial') })
    await drawn(element)
    expect(find(element, '[part=notice]')).not.to.equal(null)
    expect(places()).to.deep.equal(before)
  })
})
