import { sendKeys } from '@web/test-runner-commands'
import '../define/att-phone.ts'
import { conferring, devices, error, held, phoneStates, ringing, twoCalls } from '../testing/phone-states.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  inCall,
  inTwoCalls,
  mounted,
  rings,
  settled,
  showing,
  signedIn,
  textOf,
} from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot } from '../../src/phone/snapshot.ts'
import type { AttPhone } from './att-phone.ts'

const show = (phone: Phone): Promise<AttPhone> =>
  fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!
const fieldOf = (element: AttPhone): HTMLInputElement =>
  find(element, 'att-dialpad').shadowRoot!.querySelector('input')!

/** Resolves when the phone shows the tags that only a call needs. */
async function callTags(element: AttPhone): Promise<void> {
  await Promise.all(
    ['att-call-list', 'att-incoming-call', 'att-transfer'].map((tag) => customElements.whenDefined(tag)),
  )
  do await drawn(element)
  while (find(element, '.control.transfer').title === 'One moment…')
}
describe('The whole phone', () => {
  it('dials what is typed, talks, sends a tone, and hangs up, by keyboard alone', async () => {
    const element = await mounted()
    const phone = element.phone!
    fieldOf(element).focus()
    await sendKeys({ type: 'echo' })
    const established = heard(phone, 'media:established')
    await sendKeys({ press: 'Enter' })
    await established
    await showing(element, 'connected')
    await press(element, 'Tab', '.keypad')
    await sendKeys({ press: 'Enter' })
    await element.updateComplete
    const sent = heard(phone, 'dtmf:tone-sent')
    await sendKeys({ press: '5' })
    expect((await sent).tone).to.equal('5')
    await press(element, 'Tab', 'att-hangup-button')
    await sendKeys({ press: 'Enter' })
    await showing(element, 'ready')
    expect(textOf(find(element, '[part=last-call]'))).to.match(/^echo\s*Call ended · 00:0\d$/)
  })

  describe('with a second call', () => {
    it('shows who rings without taking away what one is in', async () => {
      const { caller, callee: phone } = await inCall()
      const element = await show(phone)
      await callTags(element)
      const hangup = find(element, 'att-hangup-button')
      const before = hangup.getBoundingClientRect().y
      const second = await signedIn()
      await rings(second, phone)
      await showing(element, 'incoming')
      expect(find(element, 'att-incoming-call').checkVisibility()).to.be.true
      expect(textOf(find(element, 'att-call-view'))).to.contain(caller.snapshot.session.userId)
      expect(find(element, 'att-hangup-button') === hangup).to.be.true
      expect(hangup.getBoundingClientRect().y).to.be.closeTo(before, 24)
    })

    it('lists the one that waits, and switches to it', async () => {
      const { phone, first } = await inTwoCalls()
      const element = await show(phone)
      await callTags(element)
      const list = find(element, 'att-call-list')
      const resumed = heard(first, 'call:resumed')
      list.shadowRoot!.querySelector<HTMLButtonElement>('[part=switch]')!.click()
      await resumed
    })

    it('makes one conference of both, and shows who is in it', async () => {
      const { phone } = await inTwoCalls()
      const element = await show(phone)
      await callTags(element)
      find(element, 'att-call-list').shadowRoot!.querySelector<HTMLButtonElement>('[part=merge]')!.click()
      await settled(phone, ({ conference }) => conference?.participants.length === 2)
      await customElements.whenDefined('att-conference-panel')
      await drawn(element)
      expect(find(element, 'att-conference-panel').checkVisibility()).to.be.true
      expect(find(element, 'att-call-view').checkVisibility()).to.be.false
      expect(find(element, 'att-hangup-button').checkVisibility()).to.be.true
    })

    it('keeps the number one is typing when somebody calls meanwhile', async () => {
      const phone = forcedPhone({ calls: [callSnapshot()] })
      const element = await show(phone)
      element.style.inlineSize = '760px'
      await callTags(element)
      let tones = 0
      element.addEventListener('att-dtmf-request', () => tones++)
      find(element, '.control.add').click()
      await drawn(element)
      fieldOf(element).focus()
      await sendKeys({ type: '47' })
      phone.show({ calls: [callSnapshot(), { ...ringing, index: 2 }] })
      await drawn(element)
      await sendKeys({ type: '11' })
      expect(element.shadowRoot!.querySelector('att-dialpad')!.value).to.equal('4711')
      expect(tones).to.equal(0)
    })

    it('says who waits before the tag of the list is loaded', async () => {
      const element = await show(forcedPhone({ calls: twoCalls }))
      expect(find(element, 'att-call-list').textContent).to.match(/bob\s*On hold/)
    })

    it('adds it by keyboard alone', async () => {
      const { caller: phone } = await inCall()
      const element = await show(phone)
      await press(element, 'Tab', '.control.add')
      await sendKeys({ press: 'Enter' })
      await drawn(element)
      fieldOf(element).focus()
      await sendKeys({ type: 'noanswer' })
      await sendKeys({ press: 'Enter' })
      await settled(phone, ({ calls }) => calls[1]?.progress === 'ringing')
      await drawn(element)
      expect(find(element, 'att-dialpad').hasAttribute('add')).to.be.false
    })

    it('goes back to the controls, and to the one that was pressed', async () => {
      const element = await show(forcedPhone({ calls: [callSnapshot()] }))
      find(element, '.control.add').click()
      await drawn(element)
      find(element, '.back').click()
      await drawn(element)
      expect(element.shadowRoot!.activeElement?.matches('.control.add')).to.be.true
    })

    it('adds no third one, and says so', async () => {
      const element = await show(forcedPhone({ calls: twoCalls }))
      expect(find(element, '.control.add').title).to.equal('End one of your calls first')
    })
  })

  describe('transfers', () => {
    it('by the panel that its control opens and closes', async () => {
      const { caller: phone } = await inCall()
      const element = await show(phone)
      await callTags(element)
      const control = find(element, '.control.transfer')
      control.click()
      await drawn(element)
      expect(control.getAttribute('aria-pressed')).to.equal('true')
      expect(find(element, 'att-transfer').checkVisibility()).to.be.true
      control.click()
      await drawn(element)
      expect(element.shadowRoot!.querySelectorAll('att-transfer')).to.have.length(0)
    })

    it('telling of a failure once, in the panel', async () => {
      const phone = forcedPhone({ ...conferring, calls: [callSnapshot()] })
      const element = await show(phone)
      await callTags(element)
      find(element, '.control.transfer').click()
      phone.show({ error: error('4103', 'transfer') })
      await drawn(element)
      expect(element.shadowRoot!.querySelectorAll('[part=notice]')).to.have.length(0)
      expect(find(element, 'att-transfer').shadowRoot!.querySelectorAll('[part=trouble]')).to.have.length(1)
    })

    it('leaving digits typed into the panel there', async () => {
      const phone = forcedPhone({ ...conferring, calls: [callSnapshot()] })
      const element = await show(phone)
      element.style.inlineSize = '760px'
      await callTags(element)
      let tones = 0
      element.addEventListener('att-dtmf-request', () => tones++)
      find(element, '.control.transfer').click()
      await drawn(element)
      find(element, 'att-transfer').focus()
      await sendKeys({ type: '47' })
      expect(find(element, 'att-transfer').shadowRoot!.querySelector('input')!.value).to.equal('47')
      expect(tones).to.equal(0)
    })

    it('nothing where the network cannot, and says so', async () => {
      const element = await show(forcedPhone({ calls: [callSnapshot()] }))
      await callTags(element)
      expect(find(element, '.control.transfer').title).to.equal('You cannot transfer calls on this line')
    })
  })

  for (const panel of ['keypad', 'add', 'transfer']) {
    it(`is accessible, and not wider than 240 pixels, with ${panel} open`, async () => {
      const element = await show(forcedPhone({ ...conferring, calls: [callSnapshot()] }))
      element.style.inlineSize = '240px'
      await callTags(element)
      find(element, `.control.${panel}`).click()
      await drawn(element)
      expect(find(element, `.${panel}-open`).scrollWidth).to.be.at.most(240)
      await expect(element).to.be.accessible()
    })
  }

  it('shows the lesser controls of a video call when they are asked for', async () => {
    const element = await show(forcedPhone({ calls: [callSnapshot({ mediaType: 'video', camera: true })] }))
    expect(find(element, 'att-hold-button').checkVisibility()).to.be.false
    find(element, '.control.more').click()
    await drawn(element)
    expect(find(element, 'att-hold-button').checkVisibility()).to.be.true
    await expect(element).to.be.accessible()
  })

  describe('asks whether the other side may connect one with somebody else', () => {
    const carol = { address: 'carol@evil.example', uri: 'sip:carol@evil.example', displayName: 'Your Bank' }
    const asking = callSnapshot({ transferTo: carol })

    /** What the phone was told by who pressed the button at `position` with the keyboard. */
    async function pressing(position: number): Promise<readonly string[]> {
      const phone = forcedPhone({ calls: [asking] })
      const told: string[] = []
      phone.acceptTransfer = async () => void told.push('accept')
      phone.rejectTransfer = async () => void told.push('reject')
      const element = await show(phone)
      const button = element.shadowRoot!.querySelectorAll<HTMLElement>('[part=notice] button')[position]!
      button.focus()
      await sendKeys({ press: 'Enter' })
      return told
    }

    it('by a notice that screen readers speak, with the address and not the name that it was given', async () => {
      const element = await show(forcedPhone({ calls: [asking] }))
      const notice = find(element, '[part=notice]')
      expect(textOf(notice)).to.contain('bob wants to connect you to carol@evil.example.')
      expect(textOf(notice)).not.to.contain('Your Bank')
    })

    it('and takes a no', async () => expect(await pressing(0)).to.deep.equal(['reject']))
    it('and takes a yes', async () => expect(await pressing(1)).to.deep.equal(['accept']))

    it('also where the call that asks is not the one that is shown', async () => {
      const calls = [{ ...twoCalls[0]!, transferTo: carol }, twoCalls[1]!]
      expect(textOf(find(await show(forcedPhone({ calls })), '[part=notice]'))).to.contain('carol@evil.example')
    })

    it('is accessible, and not wider than 240 pixels', async () => {
      const element = await show(forcedPhone({ calls: [asking] }))
      element.style.inlineSize = '240px'
      await drawn(element)
      expect(find(element, '.phone').scrollWidth).to.be.at.most(240)
      await expect(element).to.be.accessible()
    })
  })

  it('takes further controls from the page', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const element = await fixture<AttPhone>(
      html`<att-phone manual .phone=${phone}><button slot="controls">Note</button></att-phone>`,
    )
    expect(element.filled).to.be.false
    expect(element.querySelector('button')!.checkVisibility()).to.be.true
  })

  it('takes digits typed anywhere on it', async () => {
    const element = await show(forcedPhone())
    find(element, '.phone').focus()
    await sendKeys({ press: '7' })
    expect(element.shadowRoot!.querySelector('att-dialpad')!.value).to.equal('7')
  })

  it('does not move the focus to what answers when a call comes in', async () => {
    const phone = forcedPhone()
    const element = await show(phone)
    find(element, 'att-dial-button:not([quiet])').focus()
    let answered = false
    element.addEventListener('att-answer-request', () => (answered = true))
    phone.show({ calls: [ringing] })
    await showing(element, 'incoming')
    await sendKeys({ press: 'Enter' })
    expect(answered).to.be.false
    const focused = element.shadowRoot!.activeElement!
    expect(focused).to.equal(find(element, '.phone'))
    expect(focused.getAttribute('aria-label')).to.equal('Incoming call from bob')
  })

  it('does not take a focus that is elsewhere', async () => {
    const phone = forcedPhone()
    const element = await show(phone)
    phone.show({ calls: [ringing] })
    await showing(element, 'incoming')
    expect(document.activeElement).to.equal(document.body)
  })

  it('keeps the same video in the page through a hold', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const element = await show(phone)
    const view = find(element, 'att-call-view')
    phone.show({ calls: [callSnapshot({ hold: held })] })
    await showing(element, 'held')
    expect(find(element, 'att-call-view')).to.equal(view)
  })

  it('says in sentences what went wrong, until it is dismissed', async () => {
    const element = await show(forcedPhone({ error: error('0020'), devices: { ...devices, microphone: 'denied' } }))
    expect(textOf(find(element, '[part=notice]'))).to.contain('Microphone blocked. Allow it next to the page address')
    find(element, '[part=notice] .ghost').click()
    await element.updateComplete
    expect(find(element, '[part=notice]')).to.be.null
  })

  it('keeps the buttons of a question on one line, and what the browser adds inside, when it is narrow', async () => {
    const asking = callSnapshot({ handOverAsked: true })
    for (const phone of [forcedPhone({ calls: [asking] }), forcedPhone({ error: error('0020') })]) {
      const element = await show(phone)
      element.style.inlineSize = '240px'
      await drawn(element)
      const notice = find(element, '[part=notice]')
      const { left, right } = notice.getBoundingClientRect()
      const buttons = [...notice.querySelectorAll('button, usermedia')].map((button) => button.getBoundingClientRect())
      expect(new Set(buttons.filter(({ width }) => width > 0).map(({ top }) => top))).to.have.lengthOf(1)
      for (const button of buttons.filter(({ width }) => width > 0)) {
        expect(button.left).to.be.at.least(left)
        expect(button.right).to.be.at.most(right)
      }
      expect(notice.scrollWidth).to.be.at.most(notice.clientWidth)
    }
  })

  for (const code of ['0020', '0021']) {
    it(`has the browser's own button to ask again where the microphone was denied, by ${code}`, async () => {
      const element = await show(forcedPhone({ error: error(code) }))
      const button = element.shadowRoot!.querySelector<HTMLElement>('[part=notice] usermedia')
      if (!('HTMLUserMediaElement' in globalThis)) {
        expect(button).to.be.null
        return
      }
      element.requestUpdate()
      await element.updateComplete
      expect(find(element, '[part=notice] usermedia')).to.equal(button)
      button!.dispatchEvent(new Event('stream'))
      await element.updateComplete
      expect(find(element, '[part=notice]')).to.be.null
    })
  }

  it('has no such button where asking again cannot help', async () => {
    const element = await show(forcedPhone({ error: error('0023') }))
    expect(textOf(find(element, '[part=notice]'))).to.contain('Calls need a secure page. Open the page by https')
    expect(find(element, '[part=notice] usermedia')).to.be.null
  })

  it('asks whether the other side may have video', async () => {
    const { caller, callee } = await inCall()
    const element = await show(callee)
    const asked = heard(callee, 'call:media-modification')
    void caller.upgrade()
    await asked
    await element.updateComplete
    const [no, yes] = element.shadowRoot!.querySelectorAll<HTMLElement>('[part=notice] .plain')
    expect([no, yes].map((button) => textOf(button!))).to.deep.equal(['Not now', 'Accept'])
    yes!.click()
    await settled(caller, ({ calls }) => calls[0]?.mediaType === 'video')
  })

  const barOf = (element: AttPhone): string[] => {
    const status = find(element, '[part=status]')
    return [textOf(status), status.className.replace('status', '').trim()]
  }
  const heads: readonly [string, Partial<CallSnapshot>, readonly [string, string]][] = [
    ['dialling', { progress: 'dialing', connectedAt: null }, ['Calling…', 'busy']],
    ['ringing there', { progress: 'ringing', connectedAt: null }, ['Ringing…', 'busy']],
    ['connecting', { progress: 'connecting', connectedAt: null }, ['Connecting…', 'busy']],
    ['rung', { direction: 'incoming', progress: 'ringing', connectedAt: null }, ['Incoming call', 'busy']],
    ['talking', {}, ['Connected', 'ok']],
    ['held', { hold: held }, ['On hold', '']],
    ['cut off', { link: 'lost' }, ['Reconnecting…', 'warn']],
    ['ending', { progress: 'ending' }, ['Ending…', '']],
  ]
  for (const [state, change, head] of heads) {
    it(`says in the bar how the call stands while it is ${state}, and its mark follows`, async () => {
      const element = await show(forcedPhone())
      expect(barOf(element)).to.deep.equal(['Ready', 'ok'])
      expect(barOf(await show(forcedPhone({ calls: [callSnapshot(change)] })))).to.deep.equal(head)
    })
  }

  it('has its keypad closed to a call on hold, and says why', async () => {
    const element = await show(forcedPhone({ calls: [callSnapshot({ hold: held })] }))
    expect(find(element, '.control.keypad').getAttribute('aria-disabled')).to.equal('true')
    expect(find(element, '.control.keypad').title).to.equal('The call is on hold')
  })

  it('shows in the bar who rings at this phone', async () => {
    const { session } = forcedPhone().snapshot
    const local = await show(forcedPhone({ session: { ...session, userId: '4711' } }))
    expect(textOf(find(local, '[part=who]'))).to.equal('Your number: 4711')
    const gateway = await show(
      forcedPhone({ session: { ...session, userId: 'alice@example.com', network: 'gateway' } }),
    )
    expect(textOf(find(gateway, '[part=who]'))).to.equal('alice@example.com')
  })

  it('offers to turn sound on where the browser keeps it silent', async () => {
    const phone = forcedPhone(phoneStates['rung in silence'])
    let unlocked = false
    phone.unlockOutput = async () => void (unlocked = true)
    const element = await show(phone)
    find(element, '[part=notice] .plain').click()
    expect(unlocked).to.be.true
  })

  it('looks the same on a page with hostile styles', async () => {
    const style = document.createElement('style')
    style.textContent = `* { all: revert; font-size: 40px !important; text-transform: uppercase !important;
      letter-spacing: 1em !important; line-height: 4 !important; color: red !important; text-align: right !important }
      button, input, p, h2 { display: none !important; border: 9px solid red !important }`
    document.head.append(style)
    try {
      const element = await show(forcedPhone({ calls: [callSnapshot()] }))
      const { fontSize, textTransform, letterSpacing, color } = getComputedStyle(find(element, '.phone'))
      expect([fontSize, textTransform, letterSpacing, color]).to.deep.equal([
        '16px',
        'none',
        'normal',
        'rgb(20, 22, 26)',
      ])
      expect(find(element, '.keypad').checkVisibility()).to.be.true
    } finally {
      style.remove()
    }
  })

  /** Presses a key until the focus is in what is looked for; at most a few times round. */
  async function press(element: AttPhone, key: string, selector: string): Promise<void> {
    for (let presses = 0; presses < 30; presses++) {
      if (element.shadowRoot!.activeElement?.matches(selector)) return
      await sendKeys({ press: key })
    }
    throw new Error(`${key} never reaches ${selector}`)
  }
})
