import '../define/att-phone.ts'
import { PhoneError } from '../../src/phone/phone-error.ts'
import { sdkError } from '../../src/phone/error-catalogue.ts'
import { callSnapshot, drawn, expect, fixture, forcedPhone, html } from '../testing/phones.ts'
import type { AttPhone } from './att-phone.ts'

const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!
const styleOf = (element: AttPhone, selector: string): CSSStyleDeclaration => getComputedStyle(find(element, selector))

describe('A compact phone', () => {
  it('is lower than another one, also in a call, and its targets stay large enough', async () => {
    const phone = forcedPhone()
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
    for (const calls of [[], [callSnapshot()]]) {
      phone.show({ calls })
      element.density = null
      await drawn(element)
      const { height } = element.getBoundingClientRect()
      element.density = 'compact'
      await drawn(element)
      expect(element.getBoundingClientRect().height).to.be.below(height - 60)
      for (const button of element.shadowRoot!.querySelectorAll('button')) {
        const box = button.getBoundingClientRect()
        if (button.checkVisibility()) expect(Math.min(box.width, box.height), button.className).to.be.at.least(44)
      }
    }
    await expect(element).to.be.accessible()
  })

  it('is one by its attribute, in letters of any case, and by no other word', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual density="Compact"></att-phone>`)
    expect(element.density).to.equal('compact')
    expect(getComputedStyle(element).getPropertyValue('--att-density')).to.equal('0.8')
    element.setAttribute('density', 'tiny')
    expect(element.density).to.equal(null)
  })

  it('takes what the page sets instead', async () => {
    const element = await fixture<AttPhone>(
      html`<att-phone manual density="compact" style="--att-density: 0.9"></att-phone>`,
    )
    expect(getComputedStyle(element).getPropertyValue('--att-density').trim()).to.equal('0.9')
  })
})

describe('The page chooses', () => {
  it('light or dark by color-scheme, for a part of it, too', async () => {
    const box = await fixture<HTMLElement>(
      html`<div style="color-scheme: dark"><att-phone manual .phone=${forcedPhone()}></att-phone></div>`,
    )
    const element = box.querySelector('att-phone')!
    expect(styleOf(element, '.phone').backgroundColor).to.equal('rgb(22, 24, 29)')
    box.style.colorScheme = 'light'
    expect(styleOf(element, '.phone').backgroundColor).to.equal('rgb(255, 255, 255)')
  })

  it('the shadows of the phone and of what lies over it', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()], error: new PhoneError(sdkError('2202'), 'dial') })
    const element = await fixture<AttPhone>(
      html`<att-phone manual style="--att-shadow: none; --att-notice-shadow: 0 0 1px red" .phone=${phone}></att-phone>`,
    )
    expect(styleOf(element, '.phone').boxShadow).to.equal('none')
    expect(styleOf(element, '.notice').boxShadow).to.contain('rgb(255, 0, 0)')
  })
})
