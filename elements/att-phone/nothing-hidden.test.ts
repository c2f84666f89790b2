import '../define/att-phone.ts'
import { sdkError } from '../../src/phone/error-catalogue.ts'
import { PhoneError } from '../../src/phone/phone-error.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  inCall,
  settled,
  textOf,
} from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { AttPhone } from './att-phone.ts'

const show = (phone: Phone): Promise<AttPhone> =>
  fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!
const second = callSnapshot({
  index: 2,
  direction: 'incoming',
  progress: 'ringing',
  connectedAt: null,
  foreground: false,
  remote: { address: 'carol@example.com', uri: 'sip:carol@example.com' },
})

describe('The call one is in', () => {
  for (const width of [240, 760]) {
    for (const panel of [null, 'keypad', 'add', 'transfer']) {
      for (const loaded of [true, false]) {
        const state = `${panel ?? 'nothing'} open, ${loaded ? 'all' : 'not all'} loaded`
        it(`keeps its name, mute and hang-up when a second one rings, ${width} wide, with ${state}`, async () => {
          const { session } = forcedPhone().snapshot
          const phone = forcedPhone({
            calls: loaded ? [callSnapshot()] : [callSnapshot(), second],
            session: { ...session, capabilities: { ...session.capabilities, transfer: true } },
          })
          const element = await show(phone)
          element.style.inlineSize = `${width}px`
          if (loaded) {
            await import('./call-tags.ts')
            do await drawn(element)
            while (find(element, '.control.transfer').title === 'One moment…')
            if (panel && find(element, `.control.${panel}`).checkVisibility())
              find(element, `.control.${panel}`).click()
            phone.show({ calls: [callSnapshot(), second] })
          }
          await drawn(element)
          const view = find(element, 'att-call-view')
          expect(textOf(view)).to.contain('bob')
          for (const tag of ['att-call-view', 'att-mute-button', 'att-hangup-button']) {
            expect(find(element, tag).checkVisibility(), tag).to.be.true
          }
          const rings = find(element, loaded ? 'att-incoming-call' : '.second')
          expect(rings.checkVisibility()).to.be.true
          expect(textOf(rings)).to.contain('carol')
          expect(find(element, '.phone').scrollWidth).to.be.at.most(width)
          await expect(element).to.be.accessible()
        })
      }
    }
  }

  it('stays as it is after "Not now" to video, and who asked is told, until that is dismissed', async () => {
    const { caller, callee } = await inCall()
    const element = await show(callee)
    const asking = await show(caller)
    const before = callee.snapshot.calls[0]!
    const asked = heard(callee, 'call:media-modification')
    const told = heard(caller, 'notification')
    void caller.upgrade()
    await asked
    await drawn(element)
    find(element, '[part=notice] .plain.no').click()
    await told
    await settled(callee, ({ calls }) => calls[0]?.pending === null)
    await drawn(asking)
    const after = callee.snapshot.calls[0]!
    expect([after.mediaType, after.camera, after.hold]).to.deep.equal([before.mediaType, before.camera, before.hold])
    expect(caller.snapshot.calls[0]).to.include({ mediaType: 'audio', camera: false })
    expect(textOf(find(asking, '[part=notice]'))).to.contain('goes on with sound alone')
    expect(find(element, '[part=notice]')).to.be.null
    find(asking, '[part=notice] .ghost').click()
    await drawn(asking)
    expect(find(asking, '[part=notice]')).to.be.null
  })
})

describe('A call that is over', () => {
  for (const [endedReason, words] of [
    ['no-answer', 'Missed call'],
    ['rejected', 'Declined'],
  ] as const)
    it(`is told beside word that the page may not sound: ${words}`, async () => {
      const lastCall = callSnapshot({ ...second, index: 1, progress: 'ended', endedReason })
      const element = await show(forcedPhone({ lastCall, error: new PhoneError(sdkError('0037'), 'setup') }))
      expect(textOf(find(element, '[part=last-call]'))).to.contain(words)
      expect(find(element, '[part=notice]')).not.to.equal(null)
    })
})
