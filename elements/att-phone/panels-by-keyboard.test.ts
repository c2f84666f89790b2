import { sendKeys } from '@web/test-runner-commands'
import '../define/att-phone.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  html,
  inCall,
  inTwoCalls,
  settled,
} from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { AttPhone } from './att-phone.ts'

const { session } = forcedPhone().snapshot
const conferring = {
  session: { ...session, capabilities: { ...session.capabilities, conference: true, transfer: true } },
}
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!

/** The phone with the tags that only a call needs. */
async function show(phone: Phone): Promise<AttPhone> {
  const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
  await import('./call-tags.ts')
  do await drawn(element)
  while (find(element, '.control.transfer').title === 'One moment…')
  return element
}

/** As on a device that is worked by touch or by keys: opening something by pointer moves no focus there. */
async function withoutFinePointer(run: () => Promise<void>): Promise<void> {
  const real = window.matchMedia.bind(window)
  window.matchMedia = (text) => real(text === '(pointer: fine)' ? 'not all' : text)
  try {
    await run()
  } finally {
    window.matchMedia = real
  }
}

describe('What opens beside a call, by keyboard,', () => {
  it('transfers to the name that is typed, which does no harm to the call', async () => {
    const { caller: phone } = await inCall()
    const element = await show(phone)
    await withoutFinePointer(async () => {
      find(element, '.control.transfer').focus()
      await sendKeys({ press: 'Enter' })
      await drawn(element)
      await sendKeys({ type: 'emma.hardt' })
    })
    expect(find(element, 'att-transfer').shadowRoot!.querySelector('input')!.value).to.equal('emma.hardt')
    expect(phone.snapshot.calls[0]).to.include({ progress: 'connected', muted: false, pending: null })
    expect(phone.snapshot.calls[0]!.hold.local).to.be.false
  })

  for (const [panel, tag] of [
    ['keypad', 'att-dialpad'],
    ['add', 'att-dialpad'],
    ['transfer', 'att-transfer'],
  ] as const) {
    for (const key of ['Enter', ' '] as const) {
      it(`takes the focus when ${panel} is worked by ${key === ' ' ? 'Space' : key}, and back when it is closed`, async () => {
        const element = await show(forcedPhone({ ...conferring, calls: [callSnapshot()] }))
        await withoutFinePointer(async () => {
          find(element, `.control.${panel}`).focus()
          await sendKeys({ press: key })
          await drawn(element)
          const inside = find(element, tag)
          expect(element.shadowRoot!.activeElement?.localName).to.equal(tag)
          expect(inside.shadowRoot!.activeElement?.localName).to.equal('input')
          find(element, panel === 'add' ? '.back' : `.control.${panel}`).focus()
          await sendKeys({ press: key })
          await drawn(element)
          expect(element.shadowRoot!.activeElement?.matches(`.control.${panel}`)).to.be.true
        })
      })
    }
  }

  it('moves the focus to the invitation when somebody is added to a conference by keyboard', async () => {
    const { phone } = await inTwoCalls()
    const element = await show(phone)
    find(element, 'att-call-list').shadowRoot!.querySelector<HTMLButtonElement>('[part=merge]')!.click()
    await settled(phone, ({ conference }) => conference?.participants.length === 2)
    await customElements.whenDefined('att-conference-panel')
    await drawn(element)
    find(element, 'att-conference-panel').focus()
    expect(find(element, 'att-conference-panel').shadowRoot!.activeElement?.localName).to.equal('input')
  })
})
