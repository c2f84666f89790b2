import '../define/att-phone.ts'
import { phoneStates } from '../testing/phone-states.ts'
import { expect, fixture, forcedPhone, html } from '../testing/phones.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { AttPhone } from './att-phone.ts'

/** A phone in a state, drawn, the tags in it as well. */
async function show(snapshot: Partial<PhoneSnapshot>, style = ''): Promise<AttPhone> {
  const phone = forcedPhone(snapshot)
  const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone} style=${style}></att-phone>`)
  await Promise.all(
    [...element.shadowRoot!.querySelectorAll('*')].map((tag) => 'updateComplete' in tag && tag.updateComplete),
  )
  return element
}

for (const [state, snapshot] of Object.entries(phoneStates))
  describe(`The whole phone while ${state}`, () => {
    for (const theme of ['light', 'dark'])
      it(`is accessible, ${theme}`, async () => {
        await expect(await show(snapshot, `color-scheme: ${theme}`)).to.be.accessible()
      })

    for (const direction of ['ltr', 'rtl'])
      it(`is not wider than 240 pixels, ${direction}`, async () => {
        const element = await show(snapshot, `inline-size: 240px; direction: ${direction}`)
        expect(element.shadowRoot!.querySelector('.phone')!.scrollWidth).to.be.at.most(240)
      })

    it('has targets of 44 pixels at the least, also where it is narrow', async () => {
      const element = await show(snapshot, 'inline-size: 240px')
      const roots = [element, ...element.shadowRoot!.querySelectorAll('*')].flatMap(
        ({ shadowRoot }) => shadowRoot ?? [],
      )
      const buttons = roots.flatMap((root) => [...root.querySelectorAll('button')])
      const seen = buttons.filter((button) => button.checkVisibility())
      expect(seen).not.to.be.empty
      for (const button of seen) {
        const { width, height } = button.getBoundingClientRect()
        expect(Math.min(width, height), `${button.className} ${button.textContent.trim()}`).to.be.at.least(44)
      }
    })
  })
