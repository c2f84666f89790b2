import { sendKeys, sendMouse } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-answer-button.ts'
import { buttonOf, callSnapshot, drawn, expect, forcedPhone, html, within } from '../testing/phones.ts'
import type { AttAnswerButton } from '../att-answer-button/att-answer-button.ts'

const tag = html`<att-answer-button></att-answer-button>`
const ringing = callSnapshot({ direction: 'incoming', progress: 'ringing', foreground: false, connectedAt: null })

/** An answer button, how often it answered, and its middle. */
async function answering(): Promise<{
  phone: ReturnType<typeof forcedPhone>
  control: AttAnswerButton
  answers: () => number
  middle: [number, number]
}> {
  const phone = forcedPhone()
  const control = await within<AttAnswerButton>(phone, tag)
  let count = 0
  control.addEventListener('att-answer-request', (event) => {
    event.preventDefault()
    count++
  })
  const { x, y, width, height } = buttonOf(control).getBoundingClientRect()
  return { phone, control, answers: () => count, middle: [Math.round(x + width / 2), Math.round(y + height / 2)] }
}

/** The clock of the page, which stands still: a busy machine may take long for a key. */
let now = 0
const { performance } = globalThis

describe('A ring', () => {
  beforeEach(() => {
    now = performance.timeOrigin
    performance.now = () => now
  })
  afterEach(() => Reflect.deleteProperty(performance, 'now'))
  afterEach(async () => sendMouse({ type: 'move', position: [0, 0] }))

  for (const [key, name] of [
    ['Enter', 'Enter'],
    [' ', 'the space bar'],
  ] as const) {
    it(`is not answered by ${name} that was under way when it came`, async () => {
      const { phone, control, answers } = await answering()
      buttonOf(control).focus()
      phone.show({ calls: [ringing] })
      await drawn(control)
      await sendKeys({ press: key })
      expect(answers()).to.equal(0)
    })

    it(`is answered by ${name} after the focus was moved to the button`, async () => {
      const { phone, control, answers } = await answering()
      phone.show({ calls: [ringing] })
      await drawn(control)
      buttonOf(control).focus()
      await sendKeys({ press: key })
      expect(answers()).to.equal(1)
    })

    it(`is answered by ${name} once it has rung a while`, async () => {
      const { phone, control, answers } = await answering()
      buttonOf(control).focus()
      phone.show({ calls: [ringing] })
      await drawn(control)
      now += 520
      await sendKeys({ press: key })
      expect(answers()).to.equal(1)
    })
  }

  it('is not answered by a click that was under way where the button is', async () => {
    const { phone, control, answers, middle } = await answering()
    await sendMouse({ type: 'move', position: middle })
    phone.show({ calls: [ringing] })
    await drawn(control)
    await sendMouse({ type: 'down' })
    await sendMouse({ type: 'up' })
    expect(answers()).to.equal(0)
  })

  it('is answered by a click of a pointer that was moved to the button', async () => {
    const { phone, control, answers, middle } = await answering()
    phone.show({ calls: [ringing] })
    await drawn(control)
    await sendMouse({ type: 'click', position: middle })
    expect(answers()).to.equal(1)
  })

  it('is answered by the code of the page at once', async () => {
    const { phone, control, answers } = await answering()
    phone.show({ calls: [ringing] })
    await drawn(control)
    control.click()
    expect(answers()).to.equal(1)
  })

  it('of a second call begins anew', async () => {
    const { phone, control, answers } = await answering()
    phone.show({ calls: [ringing] })
    buttonOf(control).focus()
    await drawn(control)
    phone.show({ calls: [{ ...ringing, index: 2 }] })
    await drawn(control)
    await sendKeys({ press: 'Enter' })
    expect(answers()).to.equal(0)
  })
})
