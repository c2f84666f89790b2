import { sendKeys } from '@web/test-runner-commands'
import '../define/att-phone.ts'
import {
  buttonOf,
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  mounted,
  newPhone,
  settled,
  showing,
  signedIn,
} from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { AttPhone } from './att-phone.ts'

const show = (phone: Phone): Promise<AttPhone> =>
  fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!
const outgoing = (change = {}): ReturnType<typeof callSnapshot> =>
  callSnapshot({ progress: 'ringing', connectedAt: null, ...change })

describe('Until somebody answers, the whole phone', () => {
  it('mutes, and the call stays muted when it is answered', async () => {
    const [callee, phone] = await Promise.all([signedIn(), signedIn()])
    const element = await show(phone)
    const rings = settled(callee, ({ calls }) => calls.length > 0)
    await phone.dial({ destination: callee.snapshot.session.userId!, mediaType: 'audio' })
    await rings
    await showing(element, 'ringing')
    const muted = heard(phone, 'call:muted')
    find(element, 'att-mute-button').click()
    await muted
    const established = heard(phone, 'media:established')
    await callee.answer({ mediaType: 'audio' })
    await established
    const [call] = phone.snapshot.calls
    expect([call?.muted, call?.localStream?.getAudioTracks()[0]?.enabled]).to.deep.equal([true, false])
    expect(buttonOf(find(element, 'att-mute-button')).ariaPressed).to.equal('true')
  })

  for (const progress of ['dialing', 'ringing', 'connecting'] as const) {
    it(`has a microphone to mute while it is ${progress}`, async () => {
      const element = await show(forcedPhone({ calls: [outgoing({ progress })] }))
      expect(buttonOf(find(element, 'att-mute-button')).ariaDisabled).to.equal(null)
    })
  }

  it('mutes by its letter key', async () => {
    const element = await mounted()
    const phone = element.phone!
    await phone.dial({ destination: 'noanswer', mediaType: 'audio' })
    await showing(element, 'ringing')
    find(element, '.phone').focus()
    // The keys are listened to once the phone has had the focus.
    await import('./shortcut-keys.ts')
    await drawn(element)
    const muted = heard(phone, 'call:muted')
    await sendKeys({ press: 'm' })
    await muted
  })

  it('says why its keypad sends nothing yet', async () => {
    const element = await show(forcedPhone({ calls: [outgoing()] }))
    const keypad = find(element, '.control.keypad')
    expect([keypad.ariaDisabled, keypad.title]).to.deep.equal(['true', 'Wait until the call is connected'])
    keypad.click()
    await drawn(element)
    expect(keypad.ariaPressed).to.equal('false')
  })

  it('and while a call that is answered is being connected, keeps the end of the call where it is', async () => {
    const phone = forcedPhone({ calls: [outgoing()] })
    const element = await show(phone)
    const place = (): number => find(element, 'att-hangup-button').getBoundingClientRect().y
    const before = place()
    phone.show({ calls: [callSnapshot()] })
    await drawn(element)
    expect(place()).to.equal(before)
  })
})

describe('The loudspeaker of a call', () => {
  for (const [when, call] of [
    ['it rings', outgoing()],
    ['it is up', callSnapshot()],
    ['there is video', callSnapshot({ mediaType: 'video', camera: true })],
  ] as const) {
    it(`is chosen by keyboard while ${when}, and the focus comes back`, async () => {
      const phone = forcedPhone({ calls: [call] })
      let chosen: unknown
      phone.chooseDevices = (choice) => {
        chosen = choice
        return Promise.resolve()
      }
      const setup = {
        microphones: [],
        cameras: [],
        speakers: [{ id: 'desk', label: 'Desk', group: '' }],
        chosen: {
          microphone: null,
          camera: null,
          speaker: null,
          ringer: null,
          echoCancellation: true,
          noiseSuppression: true,
          autoGainControl: true,
        },
        missing: [],
        canChooseOutput: true,
        remembered: false,
      }
      phone.listDevices = () => Promise.resolve(setup)
      phone.show({ devices: { microphone: 'granted', camera: 'granted', output: 'ok', setup } })
      const element = await show(phone)
      find(element, '.control.sound').focus()
      await sendKeys({ press: 'Enter' })
      await import('./sound-tags.ts')
      await drawn(element)
      const picker = find(element, 'att-device-picker')
      const select = picker.shadowRoot!.querySelector<HTMLSelectElement>('#speaker')!
      expect(picker.shadowRoot!.activeElement).to.equal(select)
      select.value = 'desk'
      select.dispatchEvent(new Event('change'))
      expect(chosen).to.deep.equal({ speaker: 'desk' })
      await expect(element).to.be.accessible()
      await sendKeys({ press: 'Escape' })
      await drawn(element)
      expect(element.shadowRoot!.activeElement).to.equal(find(element, '.control.sound'))
      expect(find(element, 'att-device-picker')).to.equal(null)
    })
  }

  it('has a name, and says that it is open', async () => {
    const element = await show(forcedPhone({ calls: [callSnapshot()] }))
    const button = find(element, '.control.sound')
    expect([button.textContent?.trim(), button.title, button.ariaPressed]).to.deep.equal([
      'Speaker',
      'Speaker',
      'false',
    ])
    button.click()
    await import('./sound-tags.ts')
    await drawn(element)
    expect(button.ariaPressed).to.equal('true')
  })

  it('does not make the phone higher, or wider than 240 pixels', async () => {
    const element = await show(forcedPhone({ calls: [callSnapshot()] }))
    element.style.inlineSize = '240px'
    await drawn(element)
    const { height } = element.getBoundingClientRect()
    find(element, '.control.sound').click()
    await import('./sound-tags.ts')
    await drawn(element)
    expect(find(element, '.phone').scrollWidth).to.be.at.most(240)
    expect(element.getBoundingClientRect().height).to.equal(height)
  })
})

describe('The call button on an empty field', () => {
  const ended = async (phone: Phone): Promise<void> => {
    await phone.hangup()
    await settled(phone, ({ calls }) => calls.length === 0)
  }

  it('writes the last number first, and calls it at the second press', async () => {
    const element = await mounted(newPhone())
    const phone = element.phone!
    const pad = element.shadowRoot!.querySelector('att-dialpad')!
    const main = find(element, '.row.dial .main')
    pad.value = 'echo'
    let established = heard(phone, 'media:established')
    main.click()
    await established
    await ended(phone)
    await showing(element, 'ready')
    expect(pad.value).to.equal('')
    main.click()
    expect(pad.value).to.equal('echo')
    expect(phone.snapshot.calls).to.be.empty
    established = heard(phone, 'media:established')
    main.click()
    await established
  })

  it('writes whom one called last, no matter what was typed meanwhile', async () => {
    const element = await mounted(newPhone())
    const phone = element.phone!
    const pad = element.shadowRoot!.querySelector('att-dialpad')!
    pad.value = '12'
    const established = heard(phone, 'media:established')
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    await established
    await ended(phone)
    await showing(element, 'ready')
    find(element, '.row.dial .main').click()
    expect(pad.value).to.equal('echo')
  })
})
