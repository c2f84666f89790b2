import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-transfer.ts'
import { sdkError } from '../../src/phone/error-catalogue.ts'
import { PhoneError } from '../../src/phone/phone-error.ts'
import { foreignElements, hostileParty, hostileTexts } from '../testing/hostile-texts.ts'
import {
  callSnapshot,
  drawn,
  expect,
  forcedPhone,
  heard,
  html,
  inCall,
  inTwoCalls,
  settled,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttTransfer } from './att-transfer.ts'
import type { TransferOptions } from '../../src/phone/second-call.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

const tag = html`<att-transfer></att-transfer>`
const { session } = forcedPhone().snapshot
const able = (blindTransfer: boolean, transfer: boolean): Partial<PhoneSnapshot> => ({
  session: { ...session, capabilities: { ...session.capabilities, blindTransfer, transfer } },
})
const both = able(true, true)
const carol = { address: 'carol@example.com', uri: 'sip:carol@example.com', displayName: 'Carol Díaz' }
const waiting = callSnapshot({ hold: { local: true, remote: false, explicit: false }, foreground: false })
const asked = callSnapshot({ index: 2, remote: carol })
const ringing = callSnapshot({ index: 2, remote: carol, progress: 'ringing', connectedAt: null })
const refusal = new PhoneError(sdkError('4103'), 'transfer')

const partOf = (panel: AttTransfer, part: string): HTMLElement =>
  panel.shadowRoot!.querySelector<HTMLElement>(`[part=${part}]`)!
const said = (panel: AttTransfer, part: string): string => textOf(partOf(panel, part))
const show = (snapshot: Partial<PhoneSnapshot>): Promise<AttTransfer> => within<AttTransfer>(forcedPhone(snapshot), tag)

/** A panel of a connected call, with a number in its field; the phone keeps what it is asked to do. */
async function filled(
  number: string,
  change: Partial<PhoneSnapshot> = both,
): Promise<{
  panel: AttTransfer
  transfers: (TransferOptions | undefined)[]
}> {
  const phone = forcedPhone({ ...change, calls: [callSnapshot()] })
  const transfers: (TransferOptions | undefined)[] = []
  phone.transfer = async (options) => void transfers.push(options)
  const panel = await within<AttTransfer>(phone, tag)
  panel.value = number
  await panel.updateComplete
  return { panel, transfers }
}

describe('<att-transfer>', () => {
  describe('at once', () => {
    it('sends the other person to the number', async () => {
      const { panel, transfers } = await filled('carol@example.com')
      partOf(panel, 'transfer').click()
      expect(transfers).to.deep.equal([{ destination: 'carol@example.com' }])
    })

    it('asks the page before', async () => {
      const { panel, transfers } = await filled('carol')
      let detail: unknown
      panel.addEventListener('att-transfer-request', (event) => {
        event.preventDefault()
        detail = event.detail
      })
      partOf(panel, 'transfer').click()
      expect([detail, transfers]).to.deep.equal([{ index: 1, destination: 'carol' }, []])
    })

    it('needs a number', async () => {
      const { panel, transfers } = await filled(' ')
      partOf(panel, 'transfer').click()
      expect(transfers).to.be.empty
      expect(partOf(panel, 'transfer').title).to.equal('Enter a number first')
    })

    it('tells that the network is at it', async () => {
      const panel = await show({ ...both, calls: [callSnapshot({ pending: 'transfer' })] })
      expect(said(panel, 'status')).to.equal('Transferring…')
      expect(panel.matches(':state(busy)')).to.be.true
      expect(partOf(panel, 'transfer').getAttribute('aria-disabled')).to.equal('true')
    })

    it('tells what went wrong, with the call back', async () => {
      const panel = await show({ ...both, calls: [callSnapshot()], error: refusal })
      expect(said(panel, 'trouble')).to.contain(refusal.ErrorMessage)
      expect(partOf(panel, 'field')).not.to.be.null
    })

    it('says no more of it once the person goes on', async () => {
      const panel = await show({ ...both, calls: [callSnapshot()], error: refusal })
      partOf(panel, 'field').focus()
      await sendKeys({ type: '7' })
      await panel.updateComplete
      expect(partOf(panel, 'trouble')).to.be.null
    })

    it('says nothing of what went wrong elsewhere', async () => {
      const error = new PhoneError(sdkError('2213'), 'dial')
      expect(partOf(await show({ ...both, calls: [callSnapshot()], error }), 'trouble')).to.be.null
    })

    it('tells that it is done', async () => {
      const panel = await show({ lastCall: callSnapshot({ progress: 'ended', endedReason: 'transferred' }) })
      expect(said(panel, 'status')).to.equal('Call transferred')
    })
  })

  describe('after asking', () => {
    it('calls there first, joins both, and leaves', async () => {
      const { caller: phone, callee: first } = await inCall()
      const second = await signedIn()
      const panel = await within<AttTransfer>(phone, tag)
      panel.value = second.snapshot.session.userId!
      await panel.updateComplete
      const held = heard(first, 'call:held')
      const rung = settled(second, ({ calls }) => calls[0]?.progress === 'ringing')
      partOf(panel, 'ask').click()
      await Promise.all([held, rung])
      await second.answer({ mediaType: 'audio' })
      await settled(phone, ({ calls }) => calls.every(({ progress, pending }) => progress === 'connected' && !pending))
      await panel.updateComplete
      const gone = heard(phone, 'call:transferred')
      partOf(panel, 'connect').click()
      await gone
      await settled(phone, ({ calls }) => calls.length === 0)
      await settled(first, ({ calls }) => calls[0]?.remote.address === second.snapshot.session.userId)
    })

    it('says who is asked, and who is transferred', async () => {
      const panel = await show({ ...both, calls: [waiting, ringing] })
      expect(said(panel, 'title')).to.equal('Transfer bob')
      expect(said(panel, 'status')).to.equal('Ask Carol Díaz, then transfer. Your first call waits on hold.')
      expect(partOf(panel, 'connect').title).to.equal('Wait until the call is connected')
      expect(panel.matches(':state(asking)')).to.be.true
    })

    it('says who goes on with whom', async () => {
      const panel = await show({ ...both, calls: [waiting, asked] })
      expect(said(panel, 'status')).to.equal('bob and Carol Díaz go on without you.')
    })

    it('gives the first call back when the asked one hangs up', async () => {
      const { phone, first } = await inTwoCalls()
      const panel = await within<AttTransfer>(phone, tag)
      const resumed = heard(first, 'call:resumed')
      partOf(panel, 'end').click()
      await resumed
      await panel.updateComplete
      expect(partOf(panel, 'field')).not.to.be.null
    })

    it('gives the first call back when nobody is asked any more', async () => {
      const { caller: phone } = await inCall()
      const panel = await within<AttTransfer>(phone, tag)
      panel.value = 'noanswer'
      await panel.updateComplete
      partOf(panel, 'ask').click()
      await settled(phone, ({ calls }) => calls[1]?.progress === 'ringing')
      await panel.updateComplete
      expect(said(panel, 'end')).to.equal('Cancel')
      partOf(panel, 'end').click()
      await settled(phone, ({ calls }) => calls.length === 1 && calls[0]!.foreground && !calls[0]!.hold.local)
      await panel.updateComplete
      expect(partOf(panel, 'trouble')).to.be.null
    })

    it('tells that the asked one is busy, with the number still there', async () => {
      const { caller: phone } = await inCall()
      const panel = await within<AttTransfer>(phone, tag)
      panel.value = 'busy'
      await panel.updateComplete
      partOf(panel, 'ask').click()
      await settled(phone, ({ lastCall, calls }) => lastCall?.endedReason === 'busy' && !calls[0]!.hold.local)
      await panel.updateComplete
      expect(said(panel, 'trouble')).to.equal('busy is busy')
      expect(panel.value).to.equal('busy')
    })

    it('tells that there is nobody by that number', async () => {
      const { caller: phone } = await inCall()
      const panel = await within<AttTransfer>(phone, tag)
      panel.value = 'nobody-at-all'
      await panel.updateComplete
      partOf(panel, 'ask').click()
      await settled(phone, ({ error, calls }) => error !== null && calls.length === 1)
      await panel.updateComplete
      expect(said(panel, 'trouble')).to.contain('That number isn’t reachable.')
    })

    it('asks the page before it calls and before it joins', async () => {
      const phone = forcedPhone({ ...both, calls: [callSnapshot({ mediaType: 'video' })] })
      const panel = await within<AttTransfer>(phone, tag)
      const details: unknown[] = []
      for (const name of ['att-add-call-request', 'att-transfer-request'] as const) {
        panel.addEventListener(name, (event) => {
          event.preventDefault()
          details.push(event.detail)
        })
      }
      panel.value = 'carol'
      await panel.updateComplete
      partOf(panel, 'ask').click()
      phone.show({ calls: [waiting, asked] })
      await drawn(panel)
      partOf(panel, 'connect').click()
      expect(details).to.deep.equal([
        { destination: 'carol', mediaType: 'video' },
        { index: 2, destination: null },
      ])
    })
  })

  describe('says why it cannot', () => {
    const reasons: readonly (readonly [string, Partial<PhoneSnapshot>, string, readonly CallSnapshot[]])[] = [
      ['there is no call', both, 'There is no call', []],
      ['the call is not answered', both, 'Wait until the call is connected', [{ ...ringing, foreground: true }]],
      ['the network has no transfer', able(false, false), 'You cannot transfer calls on this line', [callSnapshot()]],
      ['it has none at once', able(false, true), 'On this line, consult first', [callSnapshot()]],
      ['it has none after asking', able(true, false), 'On this line you can only transfer at once', [callSnapshot()]],
    ]
    for (const [why, change, text, calls] of reasons) {
      it(`when ${why}`, async () => {
        const panel = await show({ ...change, calls })
        expect(said(panel, 'status')).to.equal(text)
      })
    }

    it('on the button it is about', async () => {
      const { panel } = await filled('carol', able(false, true))
      expect(partOf(panel, 'transfer').title).to.equal('On this line, consult first')
      expect(partOf(panel, 'ask').hasAttribute('aria-disabled')).to.be.false
    })
  })

  describe('has a field', () => {
    it('that spaces a number as it is typed', async () => {
      const { panel } = await filled('')
      const field = partOf(panel, 'field') as HTMLInputElement
      panel.value = '18005550199'
      await new Promise<void>((resolve) => {
        const look = (): void => (field.value.includes('-') ? resolve() : void setTimeout(look, 20))
        look()
      })
      expect(field.value).to.equal('1 (800) 555-0199')
    })

    it('where Enter takes the coloured way, at once where the network can', async () => {
      const { panel, transfers } = await filled('')
      panel.focus()
      await sendKeys({ type: 'carol' })
      await sendKeys({ press: 'Enter' })
      expect(transfers).to.deep.equal([{ destination: 'carol' }])
    })

    it('where Enter asks first, where the network transfers only so; the focus goes to the next step', async () => {
      const { caller: phone } = await inCall()
      const panel = await within<AttTransfer>(phone, tag)
      panel.focus()
      await sendKeys({ type: 'noanswer' })
      await sendKeys({ press: 'Enter' })
      await settled(phone, ({ calls }) => calls[1]?.progress === 'ringing')
      await panel.updateComplete
      expect(panel.shadowRoot!.activeElement).to.equal(partOf(panel, 'connect'))
    })

    it('that keeps a key held down from taking two steps', async () => {
      const panel = await show({ ...both, calls: [waiting, asked] })
      const event = new KeyboardEvent('keydown', { key: 'Enter', repeat: true, cancelable: true, bubbles: true })
      partOf(panel, 'connect').dispatchEvent(event)
      expect(event.defaultPrevented).to.be.true
    })
  })

  it('is used by keyboard alone', async () => {
    const { panel, transfers } = await filled('carol')
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    expect(panel.shadowRoot!.activeElement).to.equal(partOf(panel, 'transfer'))
    await sendKeys({ press: ' ' })
    expect(transfers).to.have.length(1)
  })

  it('shows hostile names as text', async () => {
    for (const text of hostileTexts) {
      const remote = hostileParty(text)
      const panel = await show({
        ...both,
        calls: [
          { ...waiting, remote },
          { ...asked, remote },
        ],
      })
      expect(partOf(panel, 'status').textContent).to.contain(text.trim())
      expect(foreignElements(panel)).to.be.empty
    }
    expect('attacked' in window).to.be.false
  })

  const states: Readonly<Record<string, Partial<PhoneSnapshot>>> = {
    'without a call': both,
    'with a call': { ...both, calls: [callSnapshot()] },
    'where it cannot': { ...able(false, false), calls: [callSnapshot()] },
    'while somebody is called': { ...both, calls: [waiting, ringing] },
    'while somebody is asked': { ...both, calls: [waiting, asked] },
    'while the network is at it': { ...both, calls: [callSnapshot({ pending: 'transfer' })] },
    'after a failure': { ...both, calls: [callSnapshot()], error: refusal },
  }
  for (const [state, snapshot] of Object.entries(states)) {
    it(`is accessible ${state}`, async () => {
      await expect(await show(snapshot)).to.be.accessible()
    })

    for (const direction of ['ltr', 'rtl']) {
      it(`keeps within 240 pixels ${state}, ${direction}`, async () => {
        const panel = await show(snapshot)
        panel.dir = direction
        panel.style.inlineSize = '240px'
        const { left, right } = panel.getBoundingClientRect()
        const boxes = [...panel.shadowRoot!.querySelectorAll('button, input')].map((each) =>
          each.getBoundingClientRect(),
        )
        expect(boxes.every((box) => box.left >= left && box.right <= right && box.height >= 44)).to.be.true
      })
    }
  }
})
