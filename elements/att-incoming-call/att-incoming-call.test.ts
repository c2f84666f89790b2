import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-incoming-call.ts'
import { foreignElements, hostileParty, hostileTexts } from '../testing/hostile-texts.ts'
import { announcements } from '../testing/announcements.ts'
import {
  buttonOf,
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  inCall,
  rings,
  settled,
  showing,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttIncomingCall } from './att-incoming-call.ts'
import type { AttAnswerButton } from '../att-answer-button/att-answer-button.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

const tag = html`<att-incoming-call></att-incoming-call>`
const bob = { address: 'bob@example.com', uri: 'sip:bob@example.com', displayName: 'Bob Kimura' }
const ringing = callSnapshot({
  index: 2,
  remote: bob,
  direction: 'incoming',
  progress: 'ringing',
  foreground: false,
  connectedAt: null,
})
const carol = callSnapshot({ remote: { address: 'carol@example.com', uri: 'sip:carol@example.com' } })

const partOf = (element: AttIncomingCall, part: string): HTMLElement | null =>
  element.shadowRoot!.querySelector(`[part=${part}]`)
const press = (element: AttIncomingCall, part: string): void => partOf(element, part)!.click()
const show = (...calls: readonly CallSnapshot[]): Promise<AttIncomingCall> =>
  within<AttIncomingCall>(forcedPhone({ calls }), tag)

/** A tag of a phone that somebody calls. */
async function called(mediaType: 'audio' | 'video' = 'audio'): Promise<{
  caller: Phone
  callee: Phone
  element: AttIncomingCall
}> {
  const [caller, callee] = await Promise.all([signedIn(), signedIn()])
  const element = await within<AttIncomingCall>(callee, tag)
  await rings(caller, callee, mediaType)
  await showing(element, 'incoming')
  return { caller, callee, element }
}

/** A tag of a phone that is in a call with `first` when somebody else calls. */
async function calledInCall(): Promise<{ first: Phone; second: Phone; phone: Phone; element: AttIncomingCall }> {
  const [{ caller: first, callee: phone }, second] = await Promise.all([inCall(), signedIn()])
  const element = await within<AttIncomingCall>(phone, tag)
  await rings(second, phone)
  await showing(element, 'incoming')
  return { first, second, phone, element }
}

describe('<att-incoming-call>', () => {
  describe('says', () => {
    it('who calls, from what address, and that it is a call', async () => {
      const element = await show(ringing)
      expect(['name', 'number', 'status'].map((part) => textOf(partOf(element, part)!))).to.deep.equal([
        'Bob Kimura',
        'bob@example.com',
        'Incoming call',
      ])
    })

    it('the number beside the name, as people write it', async () => {
      const remote = { address: '+18005550199@pbx.example', uri: 'sip:+18005550199@pbx.example', displayName: 'Bob' }
      expect(textOf(partOf(await show({ ...ringing, remote }), 'number')!)).to.equal('1 (800) 555-0199')
    })

    it('the number once where there is no name', async () => {
      const element = await show({ ...ringing, remote: { address: '+18005550199', uri: 'tel:+18005550199' } })
      expect(textOf(partOf(element, 'name')!)).to.equal('1 (800) 555-0199')
      expect(partOf(element, 'number')).to.be.null
    })

    it('that the exchange vouches for who calls, once, in what describes the dialog', async () => {
      const element = await show({ ...ringing, remote: { ...bob, vouchedBy: 'exchange' } })
      expect(textOf(element).split('Confirmed by your exchange')).to.have.length(2)
      const dialog = partOf(element, 'dialog')!
      const description = (dialog.getRootNode() as ShadowRoot).getElementById(dialog.getAttribute('aria-describedby')!)
      expect(textOf(description!)).to.contain('Confirmed by your exchange')
      await expect(element).to.be.accessible()
    })

    it('nothing of an exchange between two tabs', async () => {
      const { element } = await called()
      expect(partOf(element, 'facts')).to.be.null
    })

    it('whom answering puts on hold', async () => {
      expect(textOf(partOf(await show(carol, ringing), 'waiting')!)).to.equal('Answering puts carol on hold.')
    })

    it('nothing while no call rings', async () => {
      const element = await show(carol)
      expect(textOf(element)).to.equal('')
      expect(element.matches(':state(ringing)')).to.be.false
    })

    it('to a screen reader once who calls, no matter which of the tags speaks', async () => {
      await fixture(html`<att-incoming-call></att-incoming-call>`)
      const over = new AbortController()
      const told = announcements(over.signal)
      await called()
      over.abort()
      expect(told).to.have.length(1)
      expect(told[0]).to.match(/^!Incoming call from /)
    })

    it('its name as a dialog that is not modal', async () => {
      const dialog = partOf(await show(ringing), 'dialog')!
      expect(dialog.getAttribute('role')).to.equal('dialog')
      expect(dialog.hasAttribute('aria-modal')).to.be.false
      const labels = dialog.getAttribute('aria-labelledby')!.split(' ')
      const root = dialog.getRootNode() as ShadowRoot
      expect(labels.map((id) => textOf(root.getElementById(id)!)).join(' ')).to.equal('Incoming call Bob Kimura')
    })
  })

  describe('answers', () => {
    it('a call', async () => {
      const { caller, element } = await called()
      const connected = heard(caller, 'call:connected')
      press(element, 'answer')
      await connected
    })

    it('a video call with video', async () => {
      const { caller, element } = await called('video')
      const connected = heard(caller, 'call:connected')
      press(element, 'answer')
      expect((await connected).mediaType).to.equal('video')
    })

    it('a video call with sound alone', async () => {
      const { caller, element } = await called('video')
      const connected = heard(caller, 'call:connected')
      press(element, 'answer-audio')
      expect((await connected).mediaType).to.equal('audio')
    })

    it('a second call, holding the first', async () => {
      const { first, second, element } = await calledInCall()
      const both = Promise.all([heard(first, 'call:held'), heard(second, 'call:connected')])
      press(element, 'answer')
      await both
    })

    it('a second call, ending the first', async () => {
      const { first, second, phone, element } = await calledInCall()
      const both = Promise.all([heard(first, 'call:disconnected'), heard(second, 'call:connected')])
      press(element, 'answer-end')
      await both
      await settled(phone, ({ calls }) => calls.length === 1)
    })

    it('with picture only where one is offered', async () => {
      expect(partOf(await show(ringing), 'answer-audio')).to.be.null
    })

    it('a second video call in three ways', async () => {
      const element = await show(carol, { ...ringing, mediaType: 'video' })
      const labels = [...partOf(element, 'actions')!.children].map(textOf)
      expect(labels).to.deep.equal(['Decline', 'End & answer', 'Audio', 'Hold & answer'])
    })

    it('with the phone that for names', async () => {
      const phone = forcedPhone({ calls: [ringing] })
      const place = await fixture(
        html`<div>
          <att-phone id="named" manual .phone=${phone}><p></p></att-phone
          ><att-incoming-call for="named"></att-incoming-call>
        </div>`,
      )
      const element = place.querySelector('att-incoming-call')!
      await element.updateComplete
      expect((partOf(element, 'answer') as AttAnswerButton).phone).to.equal(phone)
    })
  })

  it('declines', async () => {
    const { caller, element } = await called()
    const rejected = heard(caller, 'call:rejected')
    press(element, 'decline')
    await rejected
    await showing(element, 'ready')
    expect(partOf(element, 'dialog')).to.be.null
  })

  it('goes when the caller gives up', async () => {
    const { caller, element } = await called()
    await caller.cancel()
    await showing(element, 'ready')
    expect(partOf(element, 'dialog')).to.be.null
  })

  it('asks the page before it answers', async () => {
    const element = await show(ringing)
    let asked: unknown
    element.addEventListener('att-answer-request', (event) => {
      event.preventDefault()
      asked = event.detail
    })
    press(element, 'answer')
    expect(asked).to.deep.equal({ index: 2, mediaType: 'audio', action: null })
  })

  describe('leaves what a person is doing alone', () => {
    it('does not take the focus', async () => {
      const phone = forcedPhone()
      const element = await within<AttIncomingCall>(phone, tag)
      const field = document.createElement('input')
      element.before(field)
      field.focus()
      phone.show({ calls: [ringing] })
      await showing(element, 'incoming')
      await sendKeys({ type: 'on ' })
      await sendKeys({ press: 'Enter' })
      expect([document.activeElement, field.value]).to.deep.equal([field, 'on '])
      expect(element.matches(':state(ringing)')).to.be.true
    })

    it('is not declined by Escape', async () => {
      const phone = forcedPhone({ calls: [ringing] })
      const element = await within<AttIncomingCall>(phone, tag)
      let declined = false
      element.addEventListener('att-reject-request', () => (declined = true))
      buttonOf(partOf(element, 'answer')!).focus()
      await sendKeys({ press: 'Escape' })
      expect(declined).to.be.false
      expect(partOf(element, 'dialog')).not.to.be.null
    })

    it('does not move its buttons while it rings', async () => {
      const phone = forcedPhone({ calls: [carol, ringing] })
      const element = await within<AttIncomingCall>(phone, tag)
      const before = partOf(element, 'answer')
      phone.show({ calls: [{ ...carol, muted: true, hold: { local: true, remote: false, explicit: true } }, ringing] })
      await drawn(element)
      expect(partOf(element, 'answer')).to.equal(before)
    })
  })

  it('answers by keyboard alone', async () => {
    const { caller, element } = await called('video')
    for (const part of ['decline', 'answer-audio', 'answer']) {
      await sendKeys({ press: 'Tab' })
      expect(element.shadowRoot!.activeElement).to.equal(partOf(element, part))
    }
    const connected = heard(caller, 'call:connected')
    await sendKeys({ press: 'Enter' })
    await connected
  })

  it('shows what the page knows of the caller', async () => {
    const element = await within<AttIncomingCall>(
      forcedPhone({ calls: [ringing] }),
      html`<att-incoming-call><p>Order 4711</p></att-incoming-call>`,
    )
    expect(element.querySelector('p')!.assignedSlot).not.to.be.null
    expect(element.querySelector('p')!.checkVisibility()).to.be.true
  })

  it('lies over the page where it floats', async () => {
    const element = await within<AttIncomingCall>(
      forcedPhone({ calls: [ringing] }),
      html`<att-incoming-call floating></att-incoming-call>`,
    )
    expect(getComputedStyle(element).position).to.equal('fixed')
    expect(element.getBoundingClientRect().right).to.be.at.most(document.documentElement.clientWidth - 16)
  })

  for (const text of hostileTexts) {
    it(`shows as text a caller named ${text.slice(0, 40)}`, async () => {
      const element = await show({ ...carol, remote: hostileParty(text) }, { ...ringing, remote: hostileParty(text) })
      expect(partOf(element, 'name')!.textContent).to.equal(text.trim())
      expect(foreignElements(element)).to.be.empty
      expect('attacked' in window).to.be.false
    })
  }

  for (const direction of ['ltr', 'rtl']) {
    for (const [calls, name] of [
      [[ringing], 'a call'],
      [[carol, { ...ringing, mediaType: 'video' }], 'a second video call'],
    ] as const) {
      it(`keeps within 240 pixels with ${name}, ${direction}`, async () => {
        const element = await show(...calls)
        element.dir = direction
        element.style.inlineSize = '240px'
        const { left, right } = element.getBoundingClientRect()
        const boxes = [...partOf(element, 'actions')!.children].map((button) => button.getBoundingClientRect())
        expect(boxes.every((box) => box.left >= left && box.right <= right && box.height >= 44)).to.be.true
      })
    }
  }

  const states: Readonly<Record<string, Partial<PhoneSnapshot>>> = {
    'nobody calls': {},
    'somebody calls': { calls: [ringing] },
    'somebody calls with video': { calls: [{ ...ringing, mediaType: 'video' }] },
    'a second call rings': { calls: [carol, ringing] },
    'a second video call rings': { calls: [carol, { ...ringing, mediaType: 'video' }] },
  }
  for (const [state, snapshot] of Object.entries(states)) {
    it(`is accessible while ${state}`, async () => {
      await expect(await within(forcedPhone(snapshot), tag)).to.be.accessible()
    })
  }
})
