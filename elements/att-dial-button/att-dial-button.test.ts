import '../define/phone-provider.ts'
import '../define/att-dial-button.ts'
import { numberEntryOf } from '../base/number-entry.ts'
import {
  buttonOf,
  callSnapshot,
  expect,
  forcedPhone,
  heard,
  html,
  inCall,
  newPhone,
  settled,
  signedIn,
  within,
} from '../testing/phones.ts'
import type { AttDialButton } from './att-dial-button.ts'

const tag = html`<att-dial-button></att-dial-button>`

describe('<att-dial-button>', () => {
  it('calls the number in `to`', async () => {
    const phone = await signedIn()
    const control = await within<AttDialButton>(phone, html`<att-dial-button to="echo"></att-dial-button>`)
    const established = heard(phone, 'media:established')
    control.click()
    await established
  })

  it('calls with video where it says so', async () => {
    const phone = await signedIn()
    const video = html`<att-dial-button to="echo" media-type="video"></att-dial-button>`
    const control = await within<AttDialButton>(phone, video)
    const connected = heard(phone, 'call:connected')
    control.click()
    expect((await connected).mediaType).to.equal('video')
  })

  it('calls what is typed in the keypad of the same phone', async () => {
    const phone = await signedIn()
    const control = await within<AttDialButton>(phone, tag)
    numberEntryOf(phone).update({ value: ' echo ' })
    await control.updateComplete
    const dialing = heard(phone, 'dialing')
    control.click()
    expect((await dialing).to).to.equal('echo')
  })

  it('brings the last number back before it calls it', async () => {
    const phone = forcedPhone()
    const control = await within<AttDialButton>(phone, tag)
    numberEntryOf(phone).update({ last: '4711' })
    let requests = 0
    control.addEventListener('att-dial-request', (event) => {
      event.preventDefault()
      requests++
    })
    control.click()
    expect(numberEntryOf(phone).snapshot.value).to.equal('4711')
    expect(requests).to.equal(0)
    control.click()
    expect(requests).to.equal(1)
  })

  it('adds a second call, which holds the first, where it says so', async () => {
    const { caller: phone, callee } = await inCall()
    const control = await within<AttDialButton>(phone, html`<att-dial-button add to="noanswer"></att-dial-button>`)
    const held = heard(callee, 'call:held')
    control.click()
    await held
    await settled(phone, ({ calls }) => calls.length === 2)
  })

  it('asks the page before it adds a call', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const control = await within<AttDialButton>(phone, html`<att-dial-button add to="carol"></att-dial-button>`)
    let detail: unknown
    control.addEventListener('att-add-call-request', (event) => {
      event.preventDefault()
      detail = event.detail
    })
    control.click()
    expect(detail).to.deep.equal({ destination: 'carol', mediaType: 'audio' })
  })

  it('adds no third call, and says so', async () => {
    const calls = [callSnapshot({ foreground: false }), callSnapshot({ index: 2 })]
    const control = await within<AttDialButton>(
      forcedPhone({ calls }),
      html`<att-dial-button add to="dave"></att-dial-button>`,
    )
    expect(buttonOf(control).title).to.equal('End one of your calls first')
  })

  it('lets the page dial in its own way', async () => {
    const phone = await signedIn()
    const control = await within<AttDialButton>(phone, html`<att-dial-button to="echo"></att-dial-button>`)
    let detail: unknown
    control.addEventListener('att-dial-request', (event) => {
      event.preventDefault()
      detail = event.detail
    })
    control.click()
    expect(detail).to.deep.equal({ destination: 'echo', mediaType: 'audio' })
    expect(phone.snapshot.calls).to.be.empty
  })

  const reasons = {
    'Sign in first': () => newPhone(),
    'Enter a number first': () => forcedPhone(),
    'End the call first': () => forcedPhone({ calls: [callSnapshot()] }),
  }
  for (const [reason, phone] of Object.entries(reasons)) {
    it(`says: ${reason}`, async () => {
      const control = await within<AttDialButton>(phone(), tag)
      expect(buttonOf(control).title).to.equal(reason)
      await expect(control).to.be.accessible()
    })
  }
})
