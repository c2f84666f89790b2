import type { BrowserWindow } from '../../e2e/harness.ts'

/** Types `echo` into the phone of the page and presses Enter, as the README says; resolves when it is connected. */
export async function callsEchoByHand(window: BrowserWindow): Promise<void> {
  const is = (what: string): Promise<unknown> =>
    window.until(what, (state) => document.querySelector('att-phone')?.getAttribute('state') === state, what)
  await is('ready')
  const field = await window.find('the number field', () => {
    const find = (place: Document | ShadowRoot): Element | null => {
      for (const element of place.querySelectorAll('*')) {
        if (element.matches('input')) return element
        const inside = element.shadowRoot && find(element.shadowRoot)
        if (inside) return inside
      }
      return null
    }
    return find(document)
  })
  await field.click()
  await field.type('echo')
  await window.page.keyboard.press('Enter')
  await is('connected')
}
