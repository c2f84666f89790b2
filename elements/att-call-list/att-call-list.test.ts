import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-call-list.ts'
import { foreignElements, hostileParty, hostileTexts } from '../testing/hostile-texts.ts'
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
  oneEvent,
  rings,
  settled,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttCallList } from './att-call-list.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

const tag = html`<att-call-list></att-call-list>`
const backgroundTag = html`<att-call-list background></att-call-list>`
const held = { local: true, remote: false, explicit: false }
const carol = { address: 'carol@example.com', uri: 'sip:carol@example.com', displayName: 'Carol Díaz' }
const waiting = callSnapshot({ hold: held, foreground: false })
const front = callSnapshot({ index: 2, remote: carol })
const ringing = callSnapshot({
  index: 2,
  remote: carol,
  direction: 'incoming',
  progress: 'ringing',
  connectedAt: null,
  foreground: false,
})
const { session } = forcedPhone().snapshot
const conferring = { ...session, capabilities: { ...session.capabilities, conference: true } }

const rows = (list: AttCallList): readonly HTMLElement[] => [
  ...list.shadowRoot!.querySelectorAll<HTMLElement>('[part=call]'),
]
const partOf = (list: AttCallList, part: string): HTMLButtonElement =>
  list.shadowRoot!.querySelector<HTMLButtonElement>(`[part=${part}]`)!
const said = (list: AttCallList, part: string): string[] =>
  [...list.shadowRoot!.querySelectorAll(`[part=${part}]`)].map(textOf)
const show = (...calls: readonly CallSnapshot[]): Promise<AttCallList> =>
  within<AttCallList>(forcedPhone({ calls }), tag)

describe('<att-call-list>', () => {
  describe('says', () => {
    it('with whom each call is', async () => {
      expect(said(await show(waiting, front), 'name')).to.deep.equal(['bob', 'Carol Díaz'])
    })

    it('a number as people write it', async () => {
      const list = await show(callSnapshot({ remote: { address: '+18005550199', uri: 'tel:+18005550199' } }))
      expect(said(list, 'name')).to.deep.equal(['1 (800) 555-0199'])
    })

    it('who is on the line, who is on hold, and for how long', async () => {
      const connectedAt = Date.now() - 252_000
      const list = await show({ ...waiting, connectedAt }, { ...front, connectedAt: Date.now() })
      expect(said(list, 'status')).to.deep.equal(['On hold · 04:12', 'On the line · 00:00'])
    })

    it('who put the person on hold', async () => {
      const list = await show(callSnapshot({ hold: { local: false, remote: true, explicit: false } }))
      expect(said(list, 'status')[0]).to.match(/^bob put you on hold/)
    })

    it('who is being called, and who calls', async () => {
      const dialing = callSnapshot({ progress: 'ringing', connectedAt: null })
      expect(said(await show(dialing, ringing), 'status')).to.deep.equal(['Ringing…', 'Incoming call'])
    })

    it('which call is a conference', async () => {
      const list = await show(callSnapshot({ callType: 'conference', remote: { address: '', uri: '' } }))
      expect(said(list, 'name')).to.deep.equal(['Conference'])
    })

    it('that there is no call', async () => {
      const list = await show()
      expect(textOf(list)).to.equal('No call')
      expect(list.matches(':state(empty)')).to.be.true
    })

    it('to assistive technology that it is a list, and which call one is in', async () => {
      const list = await show(waiting, front)
      expect(partOf(list, 'list').getAttribute('role')).to.equal('list')
      expect(rows(list).map((row) => row.getAttribute('aria-current'))).to.deep.equal([null, 'true'])
    })

    it('the time anew at each second', async () => {
      const list = await show(callSnapshot({ connectedAt: Date.now() - 59_900 }))
      const before = said(list, 'status')[0]!
      await new Promise<void>((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve()
        })
        observer.observe(partOf(list, 'status'), { characterData: true, subtree: true, childList: true })
      })
      expect([before, said(list, 'status')[0]]).to.deep.equal(['On the line · 00:59', 'On the line · 01:00'])
    })
  })

  describe('switches', () => {
    it('to the call that waits', async () => {
      const { phone, first } = await inTwoCalls()
      const list = await within<AttCallList>(phone, tag)
      const resumed = heard(first, 'call:resumed')
      const switched = heard(phone, 'session:call-switched')
      partOf(list, 'switch').click()
      await Promise.all([resumed, switched])
      expect(phone.snapshot.calls.map(({ foreground }) => foreground)).to.deep.equal([true, false])
    })

    it('unless the page prevents it', async () => {
      const list = await show(waiting, front)
      let index: number | null = null
      list.addEventListener('att-switch-request', (event) => {
        event.preventDefault()
        index = event.detail.index
      })
      partOf(list, 'switch').click()
      expect(index).to.equal(1)
    })

    it('once, until the network has confirmed', async () => {
      const list = await show(waiting, { ...front, pending: 'hold' })
      let requests = 0
      list.addEventListener('att-switch-request', () => requests++)
      partOf(list, 'switch').click()
      expect(requests).to.equal(0)
      expect(partOf(list, 'switch').getAttribute('aria-busy')).to.equal('true')
    })

    it('not while the second call is not answered, and says so', async () => {
      const list = await show(waiting, { ...front, progress: 'ringing', connectedAt: null })
      expect(partOf(list, 'switch').title).to.equal('Wait until the call is connected')
      expect(partOf(list, 'switch').getAttribute('aria-disabled')).to.equal('true')
    })
  })

  describe('merges', () => {
    it('the two calls into a conference', async () => {
      const { phone } = await inTwoCalls()
      const list = await within<AttCallList>(phone, tag)
      const connected = heard(phone, 'conference:connected')
      partOf(list, 'merge').click()
      await connected
    })

    it('unless the page prevents it', async () => {
      const list = await within<AttCallList>(forcedPhone({ session: conferring, calls: [waiting, front] }), tag)
      list.addEventListener('att-merge-request', (event) => event.preventDefault())
      const asked = oneEvent(list, 'att-merge-request')
      partOf(list, 'merge').click()
      expect((await asked).detail).to.deep.equal({ index: 1 })
    })

    it('nothing where the network has no conferences', async () => {
      expect(partOf(await show(waiting, front), 'merge')).to.be.null
    })
  })

  describe('ends', () => {
    it('the call one is in; the other one comes back', async () => {
      const { phone, second } = await inTwoCalls()
      const list = await within<AttCallList>(phone, tag)
      const over = heard(second, 'call:disconnected')
      partOf(list, 'end').click()
      await over
      await settled(phone, ({ calls }) => calls.length === 1 && calls[0]!.foreground && !calls[0]!.hold.local)
    })

    it('a call that was not answered yet', async () => {
      const [caller, callee] = await Promise.all([signedIn(), signedIn()])
      await rings(caller, callee)
      const list = await within<AttCallList>(caller, tag)
      expect(partOf(list, 'end').getAttribute('aria-label')).to.match(/^Cancel the call to /)
      const canceled = heard(callee, 'call:canceled')
      partOf(list, 'end').click()
      await canceled
    })

    it('a call that rings here, by declining it', async () => {
      const [caller, callee] = await Promise.all([signedIn(), signedIn()])
      await rings(caller, callee)
      const list = await within<AttCallList>(callee, tag)
      const rejected = heard(caller, 'call:rejected')
      partOf(list, 'end').click()
      await rejected
    })

    it('none that waits, which the phone cannot', async () => {
      const list = await show(waiting, front)
      expect(rows(list)[0]!.querySelector('[part=end]')).to.be.null
    })
  })

  describe('in the background', () => {
    it('leaves out the call one is in and the one that rings', async () => {
      const list = await within<AttCallList>(forcedPhone({ calls: [callSnapshot(), ringing] }), backgroundTag)
      expect(rows(list)).to.be.empty
    })

    it('ends the call that waits, and goes on with the one that one is in', async () => {
      const { phone, first } = await inTwoCalls()
      const list = await within<AttCallList>(phone, backgroundTag)
      const { index } = phone.snapshot.calls.find(({ foreground }) => foreground)!
      expect(partOf(list, 'end').getAttribute('aria-label')).to.equal(`Hang up ${first.snapshot.session.userId}`)
      const over = heard(first, 'call:disconnected')
      partOf(list, 'end').click()
      await over
      await settled(phone, ({ calls }) => calls.length === 1)
      expect(phone.snapshot.calls[0]).to.deep.include({ index, progress: 'connected', foreground: true })
      expect(phone.snapshot.calls[0]!.hold.local).to.be.false
    })

    it('lists the call that waits', async () => {
      const list = await within<AttCallList>(forcedPhone({ calls: [waiting, front] }), backgroundTag)
      expect(said(list, 'name')).to.deep.equal(['bob'])
    })
  })

  it('is drawn again only when something it shows changed', async () => {
    const phone = forcedPhone({ calls: [waiting, front] })
    const list = await within<AttCallList>(phone, tag)
    let renderings = 0
    list.addController({ hostUpdated: () => renderings++ })
    renderings = 0
    phone.show({ calls: [waiting, { ...front, muted: true, camera: true }] })
    await drawn(list)
    expect(renderings).to.equal(0)
  })

  it('is used by keyboard alone', async () => {
    const { caller: phone } = await inCall()
    const list = await within<AttCallList>(phone, tag)
    await sendKeys({ press: 'Tab' })
    expect(list.shadowRoot!.activeElement).to.equal(partOf(list, 'end'))
    const over = heard(phone, 'call:disconnected')
    await sendKeys({ press: 'Enter' })
    await over
  })

  it('follows the phone it is told by id', async () => {
    const phone = forcedPhone({ calls: [front] })
    const place = await fixture(
      html`<div>
        <att-phone id="second" manual .phone=${phone}><p></p></att-phone><att-call-list for="second"></att-call-list>
      </div>`,
    )
    const list = place.querySelector('att-call-list')!
    await list.updateComplete
    expect(said(list, 'name')).to.deep.equal(['Carol Díaz'])
  })

  it('shows hostile names and numbers as text', async () => {
    const calls = hostileTexts.map((text, index) =>
      callSnapshot({ index, remote: hostileParty(text), foreground: false }),
    )
    const list = await show(...calls)
    expect([...list.shadowRoot!.querySelectorAll('[part=name]')].map((name) => name.textContent)).to.deep.equal(
      hostileTexts.map((text) => text.trim()),
    )
    expect(foreignElements(list)).to.be.empty
    expect('attacked' in window).to.be.false
  })

  for (const direction of ['ltr', 'rtl']) {
    it(`keeps within 240 pixels, ${direction}`, async () => {
      const remote = hostileParty('Wolfeschlegelsteinhausenbergerdorff Maria-Antonia')
      const phone = forcedPhone({ session: conferring, calls: [{ ...waiting, remote }, front] })
      const list = await within<AttCallList>(phone, tag)
      list.dir = direction
      list.style.inlineSize = '240px'
      const { left, right } = list.getBoundingClientRect()
      const boxes = [...list.shadowRoot!.querySelectorAll('button')].map((button) => button.getBoundingClientRect())
      expect(boxes.every((box) => box.left >= left && box.right <= right && box.width >= 44)).to.be.true
    })
  }

  const states: Readonly<Record<string, Partial<PhoneSnapshot>>> = {
    empty: {},
    'one call': { calls: [callSnapshot()] },
    'two calls': { session: conferring, calls: [waiting, front] },
    'a call that rings': { calls: [callSnapshot(), ringing] },
    'a call that is switched': { calls: [waiting, { ...front, pending: 'hold' }] },
  }
  for (const [state, snapshot] of Object.entries(states)) {
    it(`is accessible with ${state}`, async () => {
      await expect(await within(forcedPhone(snapshot), tag)).to.be.accessible()
    })
  }
})
