import '../define/phone-provider.ts'
import '../define/att-device-picker.ts'
import { sendKeys } from '@web/test-runner-commands'
import {
  callSnapshot,
  expect,
  fixture,
  forcedPhone,
  html,
  inCall,
  newPhone,
  oneEvent,
  settled,
  textOf,
  within,
} from '../testing/phones.ts'
import type { DeviceSetup, PhoneSnapshot } from '../../src/phone/snapshot.ts'
import type { AttDevicePicker } from './att-device-picker.ts'

const tag = html`<att-device-picker></att-device-picker>`

const setup: DeviceSetup = {
  microphones: [
    { id: 'desk', label: 'Desk microphone' },
    { id: 'headset', label: 'Headset' },
  ],
  cameras: [{ id: 'lid', label: 'Camera in the lid' }],
  speakers: [
    { id: 'box', label: 'Loudspeakers' },
    { id: 'headset', label: 'Headset' },
  ],
  chosen: {
    microphone: 'headset',
    camera: null,
    speaker: 'headset',
    ringer: 'box',
    echoCancellation: true,
    noiseSuppression: false,
    autoGainControl: true,
  },
  missing: [],
  canChooseOutput: true,
  remembered: false,
}

const granted = { microphone: 'granted', camera: 'granted', output: 'ok' } as const

/** A picker that shows these devices. */
async function showing(
  change: Partial<PhoneSnapshot['devices']>,
  rest: Partial<PhoneSnapshot> = {},
): Promise<AttDevicePicker> {
  return within<AttDevicePicker>(forcedPhone({ devices: { ...granted, ...change }, ...rest }), tag)
}

const find = (element: AttDevicePicker, selector: string) => element.shadowRoot!.querySelector<HTMLElement>(selector)!
const selectOf = (element: AttDevicePicker, role: string) =>
  element.shadowRoot!.querySelector<HTMLSelectElement>(`#${role}`)!
const boxOf = (element: AttDevicePicker) => element.shadowRoot!.querySelector('input')!
const testOf = (element: AttDevicePicker, role: string) => find(element, `[part=${role}] [part=test]`)
const said = (element: AttDevicePicker) => find(element, '[role=status]').textContent
const videoOf = (element: AttDevicePicker) => element.shadowRoot!.querySelector('video')

/** Resolves when what is drawn is as asked. */
async function drawn(element: AttDevicePicker, test: () => boolean): Promise<void> {
  await element.updateComplete
  if (test()) return
  await new Promise<void>((resolve) => {
    const observer = new MutationObserver(() => {
      if (!test()) return
      observer.disconnect()
      resolve()
    })
    observer.observe(element.shadowRoot!, { subtree: true, childList: true, attributes: true, characterData: true })
  })
}

/** What was opened in this test. */
class Opened {
  readonly tracks: MediaStreamTrack[] = []
  refusal: string | null = null

  constructor() {
    const { mediaDevices } = navigator
    const native = mediaDevices.getUserMedia.bind(mediaDevices)
    const open = async (constraints: MediaStreamConstraints): Promise<MediaStream> => {
      if (this.refusal) throw new DOMException('Refused by the test', this.refusal)
      const stream = await native(constraints)
      this.tracks.push(...stream.getTracks())
      return stream
    }
    Object.defineProperty(mediaDevices, 'getUserMedia', { configurable: true, value: open })
  }

  get live(): number {
    return this.tracks.filter(({ readyState }) => readyState === 'live').length
  }

  restore(): void {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia')
    for (const track of this.tracks) track.stop()
  }
}

describe('<att-device-picker>', () => {
  let opened: Opened

  beforeEach(() => {
    opened = new Opened()
  })
  afterEach(() => {
    opened.restore()
    localStorage.removeItem('att.devices')
  })

  it('opens nothing by itself', async () => {
    const phone = newPhone()
    const element = await within<AttDevicePicker>(phone, tag)
    await settled(phone, ({ devices }) => devices.setup !== undefined)
    await element.updateComplete
    expect(opened.tracks).to.be.empty
    expect(videoOf(element)).to.be.null
  })

  it('shows the level of the microphone while the person tests it', async () => {
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'microphone').click()
    await drawn(element, () => Number(find(element, '[role=meter]').getAttribute('aria-valuenow')) > 0)
    testOf(element, 'microphone').click()
    await element.updateComplete
    expect(opened.live).to.equal(0)
    expect(find(element, '[role=meter]').getAttribute('aria-valuenow')).to.equal('0')
  })

  it('shows the camera while the person wants it', async () => {
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'camera').click()
    await drawn(element, () => videoOf(element) !== null)
    const stream = videoOf(element)!.srcObject as MediaStream
    expect([stream.getVideoTracks().length, stream.getAudioTracks().length]).to.deep.equal([1, 0])
    testOf(element, 'camera').click()
    await element.updateComplete
    expect([opened.live, videoOf(element)]).to.deep.equal([0, null])
  })

  it('closes all it opened when it leaves the page', async () => {
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'microphone').click()
    testOf(element, 'camera').click()
    await drawn(element, () => videoOf(element) !== null && opened.live === 2)
    element.remove()
    expect(opened.live).to.equal(0)
  })

  it('closes what comes after it left the page', async () => {
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'camera').click()
    element.remove()
    await navigator.mediaDevices.getUserMedia({ video: true })
    expect(opened.live).to.equal(1)
  })

  it('shows what a call has open, and nothing more when the call is over', async () => {
    const { caller } = await inCall('video')
    const element = await within<AttDevicePicker>(caller, tag)
    await drawn(element, () => videoOf(element) !== null)
    await drawn(element, () => Number(find(element, '[role=meter]').getAttribute('aria-valuenow')) > 0)
    expect([testOf(element, 'microphone'), testOf(element, 'camera')]).to.deep.equal([null, null])
    await caller.hangup()
    await drawn(element, () => videoOf(element) === null)
    expect(find(element, '[role=meter]').getAttribute('aria-valuenow')).to.equal('0')
  })

  it('says in a muted call that only the person sees the level', async () => {
    const { caller } = await inCall()
    await caller.mute()
    const element = await within<AttDevicePicker>(caller, tag)
    await drawn(element, () => textOf(element).includes('You are muted. Only you see this level.'))
  })

  it('changes the camera of a call', async function () {
    const { caller } = await inCall('video')
    const element = await within<AttDevicePicker>(caller, tag)
    await settled(caller, ({ devices }) => devices.setup !== undefined)
    const cameras = caller.snapshot.devices.setup!.cameras
    if (cameras.length < 2) this.skip()
    const before = caller.snapshot.calls[0]!.localStream!.getVideoTracks()[0]!.getSettings().deviceId
    const other = cameras.find(({ id }) => id !== before)!
    const select = selectOf(element, 'camera')
    select.value = other.id
    select.dispatchEvent(new Event('change'))
    await settled(caller, ({ devices }) => devices.setup?.chosen.camera === other.id)
    expect(caller.snapshot.calls[0]!.localStream!.getVideoTracks()[0]!.getSettings().deviceId).to.equal(other.id)
  })

  it('shows the devices there are and the chosen one', async () => {
    const element = await showing({ setup })
    const options = [...selectOf(element, 'microphone').options].map(({ text }) => text)
    expect(options).to.deep.equal(['Default', 'Desk microphone', 'Headset'])
    expect(selectOf(element, 'microphone').value).to.equal('headset')
    expect(selectOf(element, 'ringer').value).to.equal('box')
  })

  it('shows the options of the microphone as they are', async () => {
    const element = await showing({ setup })
    const boxes = [...element.shadowRoot!.querySelectorAll('input')].map(({ checked }) => checked)
    expect(boxes).to.deep.equal([true, false, true])
  })

  it('chooses by the keyboard', async () => {
    const phone = newPhone()
    const element = await within<AttDevicePicker>(phone, tag)
    await settled(phone, ({ devices }) => devices.setup !== undefined)
    boxOf(element).focus()
    await sendKeys({ press: ' ' })
    await settled(phone, ({ devices }) => devices.setup?.chosen.echoCancellation === false)
  })

  it('tests by the keyboard', async () => {
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'camera').focus()
    await sendKeys({ press: 'Enter' })
    await drawn(element, () => videoOf(element) !== null)
  })

  it('leaves the choice to a page that objects', async () => {
    const phone = newPhone()
    const element = await within<AttDevicePicker>(phone, tag)
    await settled(phone, ({ devices }) => devices.setup !== undefined)
    element.addEventListener('att-device-request', (event) => event.preventDefault())
    const asked = oneEvent(element, 'att-device-request')
    const box = boxOf(element)
    box.click()
    expect((await asked).detail).to.deep.equal({ echoCancellation: false })
    await element.updateComplete
    expect([box.checked, phone.snapshot.devices.setup?.chosen.echoCancellation]).to.deep.equal([true, true])
  })

  it('keeps the choice where it is told to', async () => {
    const phone = newPhone()
    const element = await within<AttDevicePicker>(phone, html`<att-device-picker remember></att-device-picker>`)
    await settled(phone, ({ devices }) => devices.setup?.remembered === true)
    boxOf(element).click()
    await settled(phone, ({ devices }) => devices.setup?.chosen.echoCancellation === false)
    const next = newPhone()
    await within(next, html`<att-device-picker remember></att-device-picker>`)
    await settled(next, ({ devices }) => devices.setup?.chosen.echoCancellation === false)
  })

  it('plays a tone, one at a time', async () => {
    const phone = newPhone()
    const played: string[] = []
    let end: (() => void) | undefined
    phone.testOutput = (role) => {
      played.push(role)
      return new Promise((resolve) => (end = resolve))
    }
    const element = await within<AttDevicePicker>(phone, tag)
    testOf(element, 'speaker').click()
    await element.updateComplete
    expect(testOf(element, 'speaker').getAttribute('aria-disabled')).to.equal('true')
    testOf(element, 'ringer').click()
    end?.()
    await drawn(element, () => !testOf(element, 'speaker').hasAttribute('aria-disabled'))
    expect(played).to.deep.equal(['speaker'])
  })

  it('says what to do where the person did not allow it', async () => {
    opened.refusal = 'NotAllowedError'
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'microphone').click()
    const words = 'Microphone blocked. Allow it next to the page address, then try again.'
    await drawn(element, () => find(element, '[part=trouble]')?.textContent === words)
    await drawn(element, () => testOf(element, 'microphone').textContent?.trim() === 'Test the microphone')
  })

  for (const [name, change, words] of [
    [
      'the camera is blocked',
      { camera: 'denied' },
      'Camera blocked. Allow it next to the page address, then try again.',
    ],
    ['there is no microphone', { microphone: 'missing' }, 'No microphone found. Connect one, then try again.'],
    ['there is no camera', { camera: 'missing' }, 'No camera found. Connect one, or call with audio only.'],
    [
      'a chosen device is gone',
      { setup: { ...setup, microphones: [], missing: ['microphone'] } },
      'Your microphone is gone. The default one is used until it is back.',
    ],
  ] as const) {
    it(`says to eyes and ears that ${name}`, async () => {
      const element = await showing(change)
      expect(find(element, '[part=trouble]').textContent).to.equal(words)
      expect(said(element)).to.equal(words)
      expect(element.matches(':state(trouble)')).to.be.true
    })
  }

  it('says that a device is busy', async () => {
    opened.refusal = 'NotReadableError'
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'camera').click()
    const words = 'This device does not open. Close what else may use it, then try again.'
    await drawn(element, () => find(element, '[part=trouble]')?.textContent === words)
  })

  it('keeps a device in view that is not connected', async () => {
    const element = await showing({ setup: { ...setup, microphones: [], missing: ['microphone'] } })
    const select = selectOf(element, 'microphone')
    expect(select.selectedOptions[0]?.text).to.equal('Chosen, not connected')
  })

  it('says how devices get their names', async () => {
    const element = await showing({ setup: { ...setup, microphones: [], cameras: [], speakers: [] } })
    expect(textOf(element)).to.contain('Devices are named once you test one')
  })

  it('numbers what has no name', async () => {
    const element = await showing({ setup: { ...setup, cameras: [{ id: 'x', label: ' ' }] } })
    expect(selectOf(element, 'camera').options[1]?.text).to.equal('Device 1')
  })

  it('says that this browser lets nobody choose a speaker', async () => {
    const element = await showing({ setup: { ...setup, canChooseOutput: false } })
    expect(selectOf(element, 'speaker')).to.be.null
    expect(find(element, '[part=ringer]')).to.be.null
    expect(textOf(element)).to.contain('This browser uses the speaker that is set in your system.')
  })

  it('shows names of devices as text', async () => {
    const label = '<img src=x onerror=alert(1)>"></option></select><script>alert(2)</script>'
    const hostile = [{ id: '"><b>', label }]
    const element = await showing({ setup: { ...setup, microphones: hostile, cameras: hostile, speakers: hostile } })
    expect(element.shadowRoot!.querySelector('img, script, b')).to.be.null
    expect(selectOf(element, 'microphone').options[1]?.text).to.equal(label)
  })

  for (const [name, width, dir] of [
    ['240 px wide', '240px', 'ltr'],
    ['read from the right', '320px', 'rtl'],
  ] as const) {
    it(`fits ${name}`, async () => {
      const label = 'A microphone whose maker gave it a name that is far too long to be read by anybody (1234:abcd)'
      const phone = forcedPhone({
        devices: { ...granted, setup: { ...setup, microphones: [{ id: 'headset', label }], missing: ['camera'] } },
      })
      const box = await fixture<HTMLElement>(
        html`<div dir=${dir}><att-phone manual .phone=${phone}>${tag}</att-phone></div>`,
      )
      box.style.inlineSize = width
      const element = box.querySelector('att-device-picker')!
      await element.updateComplete
      const { scrollWidth, clientWidth } = element.shadowRoot!.querySelector('.root')!
      expect(scrollWidth).to.be.at.most(clientWidth)
    })
  }

  for (const [name, change, rest] of [
    ['before anything is known', {}, {}],
    ['with devices to choose from', { setup }, {}],
    ['without a choice of speakers', { setup: { ...setup, canChooseOutput: false } }, {}],
    ['with a device gone', { setup: { ...setup, microphones: [], missing: ['microphone'] } }, {}],
    ['with devices blocked', { setup, microphone: 'denied', camera: 'denied' }, {}],
    ['in a muted call', { setup }, { calls: [callSnapshot({ muted: true })] }],
  ] as const) {
    it(`is accessible ${name}`, async () => {
      await expect(await showing(change, rest)).to.be.accessible()
    })
  }

  it('is accessible with the camera shown', async () => {
    const element = await within<AttDevicePicker>(newPhone(), tag)
    testOf(element, 'camera').click()
    await drawn(element, () => videoOf(element) !== null)
    await expect(element).to.be.accessible()
  })
})
