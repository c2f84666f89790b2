import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-dialpad.ts'
import { numberEntryOf } from '../base/number-entry.ts'
import {
  callSnapshot,
  drawn,
  expect,
  forcedPhone,
  heard,
  html,
  inCall,
  oneEvent,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttDialpad } from './att-dialpad.ts'

const tag = html`<att-dialpad></att-dialpad>`

const fieldOf = (pad: AttDialpad): HTMLInputElement => pad.shadowRoot!.querySelector('input')!
const keyOf = (pad: AttDialpad, digit: string): HTMLButtonElement =>
  [...pad.shadowRoot!.querySelectorAll<HTMLButtonElement>('.key')].find((key) => textOf(key).startsWith(digit))!

async function typed(pad: AttDialpad, text: string): Promise<void> {
  fieldOf(pad).focus()
  for (const key of text) await sendKeys({ press: key })
  await pad.updateComplete
}

/** Firefox gives a page no way to fill the clipboard of an event, so the event gets one that it can read. */
function paste(target: EventTarget, text: string): void {
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true })
  Object.defineProperty(event, 'clipboardData', { value: { getData: () => text } })
  target.dispatchEvent(event)
}

describe('<att-dialpad>', () => {
  it('types by clicks on its keys', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    for (const digit of ['4', '7', '∗', '#']) keyOf(pad, digit).click()
    await pad.updateComplete
    expect(fieldOf(pad).value).to.equal('47*#')
  })

  it('types by the keyboard from any of its keys', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    keyOf(pad, '1').focus()
    for (const key of ['5', '#', 'Backspace', '6']) await sendKeys({ press: key })
    expect(pad.value).to.equal('56')
  })

  it('takes names as they are typed', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    await typed(pad, 'echo')
    expect(pad.value).to.equal('echo')
  })

  it('spaces a number as it grows, and names its country', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    await typed(pad, '18002253333')
    while (pad.value !== '1 (800) 225-3333') await oneEvent(pad, 'att-number-change')
    await pad.updateComplete
    expect(pad.shadowRoot!.querySelector('.hint')!.textContent).to.equal('United States')
  })

  it('leaves an extension unspaced', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    await typed(pad, '4711')
    expect(pad.value).to.equal('4711')
  })

  it('takes a pasted link as the number in it', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    paste(keyOf(pad, '1'), ' tel:4711\n')
    expect(pad.value).to.equal('4711')
  })

  it('puts what is pasted where the caret stands', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    await typed(pad, 'bo')
    fieldOf(pad).setSelectionRange(1, 1)
    paste(fieldOf(pad), 'x')
    expect(pad.value).to.equal('bxo')
    expect(fieldOf(pad).selectionStart).to.equal(2)
  })

  it('gives a plus when 0 is held', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    const changed = oneEvent(pad, 'att-number-change')
    keyOf(pad, '0').dispatchEvent(new PointerEvent('pointerdown'))
    await changed
    keyOf(pad, '0').dispatchEvent(new PointerEvent('pointerup'))
    keyOf(pad, '0').click()
    expect(pad.value).to.equal('+')
  })

  it('deletes digit by digit with its button, and returns to the field when it is empty', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    pad.value = '47'
    // Once for the store to tell of it, once for the tag to render.
    await Promise.resolve()
    await pad.updateComplete
    const remove = pad.shadowRoot!.querySelector<HTMLButtonElement>('.ghost')!
    remove.click()
    expect(pad.value).to.equal('4')
    remove.click()
    expect(pad.shadowRoot!.activeElement).to.equal(fieldOf(pad))
  })

  it('dials on Enter in the field', async () => {
    const phone = await signedIn()
    const pad = await within<AttDialpad>(phone, tag)
    await typed(pad, 'echo')
    const connected = heard(phone, 'call:connected')
    await sendKeys({ press: 'Enter' })
    await connected
  })

  it('empties the field for an own call and remembers the number', async () => {
    const phone = await signedIn()
    const pad = await within<AttDialpad>(phone, tag)
    await typed(pad, 'echo')
    const connected = heard(phone, 'call:connected')
    await sendKeys({ press: 'Enter' })
    await connected
    expect(numberEntryOf(phone).snapshot).to.deep.equal({ value: '', last: 'echo' })
  })

  it('keeps what is typed when somebody else calls', async () => {
    const phone = forcedPhone()
    const pad = await within<AttDialpad>(phone, tag)
    await typed(pad, '47')
    phone.show({ calls: [callSnapshot({ direction: 'incoming', progress: 'ringing' })] })
    await pad.updateComplete
    expect(pad.value).to.equal('47')
  })

  it('sends tones during a call and shows what it sent', async () => {
    const { caller } = await inCall()
    const pad = await within<AttDialpad>(caller, tag)
    const sent = heard(caller, 'dtmf:tone-sent')
    keyOf(pad, '5').click()
    expect((await sent).tone).to.equal('5')
    await pad.updateComplete
    expect(fieldOf(pad).value).to.equal('5')
    expect(fieldOf(pad).readOnly).to.be.true
  })

  it('lets the page send tones in its own way', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const pad = await within<AttDialpad>(phone, tag)
    pad.addEventListener('att-dtmf-request', (event) => event.preventDefault())
    keyOf(pad, '5').click()
    await pad.updateComplete
    expect(fieldOf(pad).value).to.equal('')
  })

  it('takes the number of a second call, rather than sending tones, where it says so', async () => {
    const { caller: phone, callee } = await inCall()
    const pad = await within<AttDialpad>(phone, html`<att-dialpad add></att-dialpad>`)
    expect(pad.matches(':state(dtmf)')).to.be.false
    await typed(pad, 'noanswer')
    const held = heard(callee, 'call:held')
    await sendKeys({ press: 'Enter' })
    await held
  })

  it('is one tab stop, with arrows from key to key', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    keyOf(pad, '1').focus()
    await sendKeys({ press: 'ArrowDown' })
    await sendKeys({ press: 'ArrowRight' })
    expect(pad.shadowRoot!.activeElement).to.equal(keyOf(pad, '5'))
    expect(pad.shadowRoot!.querySelectorAll('.key[tabindex="0"]')).to.have.length(1)
  })

  it('has keys of at least 44 by 44 pixels', async () => {
    const pad = await within<AttDialpad>(forcedPhone(), tag)
    pad.style.inlineSize = '200px'
    const { width, height } = keyOf(pad, '5').getBoundingClientRect()
    expect(Math.min(width, height)).to.be.at.least(44)
  })

  for (const [state, calls] of Object.entries({ idle: [], 'in a call': [callSnapshot()] })) {
    it(`is accessible while ${state}`, async () => {
      await expect(await within(forcedPhone({ calls }), tag)).to.be.accessible()
    })
  }

  for (const side of ['local', 'remote'] as const) {
    it(`sends no tone while the ${side} side holds the call, and says so`, async () => {
      const hold = { local: false, remote: false, explicit: false, [side]: true }
      const phone = forcedPhone({ calls: [callSnapshot({ hold })] })
      const pad = await within<AttDialpad>(phone, tag)
      let tones = 0
      pad.addEventListener('att-dtmf-request', () => tones++)
      keyOf(pad, '5').click()
      await typed(pad, '7')
      expect([tones, fieldOf(pad).value]).to.deep.equal([0, ''])
      expect(keyOf(pad, '5').getAttribute('aria-disabled')).to.equal('true')
      expect(keyOf(pad, '5').title).to.equal('The call is on hold')
      await expect(pad).to.be.accessible()
      phone.show({ calls: [callSnapshot()] })
      await drawn(pad)
      expect(keyOf(pad, '5').hasAttribute('aria-disabled')).to.be.false
    })
  }
})
