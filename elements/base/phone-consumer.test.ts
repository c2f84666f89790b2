import '../define/phone-provider.ts'
import '../define/att-mute-button.ts'
import { Phone } from '../../src/phone/phone.ts'
import { buttonOf, callSnapshot, expect, fixture, forcedPhone, html, newPhone } from '../testing/phones.ts'
import type { AttMuteButton } from '../att-mute-button/att-mute-button.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'

describe('A tag finds its phone', () => {
  afterEach(() => Phone.getPhone().dispose())

  it('in the provider it is inside of', async () => {
    const phone = newPhone()
    const provider = await fixture<AttPhone>(
      html`<att-phone manual .phone=${phone}
        ><p><att-mute-button></att-mute-button></p
      ></att-phone>`,
    )
    expect(provider.querySelector('att-mute-button')!.phone).to.equal(phone)
  })

  it('on the page, outside of any provider', async () => {
    const control = await fixture<AttMuteButton>(html`<att-mute-button></att-mute-button>`)
    expect(control.phone).to.equal(Phone.getPhone())
  })

  it('by the id in `for`, before the provider around it', async () => {
    const [outer, other] = [newPhone(), newPhone()]
    const place = await fixture(
      html`<div>
        <att-phone manual .phone=${outer}><att-mute-button for="other"></att-mute-button></att-phone>
        <att-phone manual id="other" .phone=${other}><i></i></att-phone>
      </div>`,
    )
    expect(place.querySelector('att-mute-button')!.phone).to.equal(other)
  })

  it('by `for` when the provider comes into the page later', async () => {
    const place = await fixture(html`<div><att-mute-button for="late"></att-mute-button></div>`)
    const provider = document.createElement('att-phone')
    provider.manual = true
    provider.id = 'late'
    provider.phone = newPhone()
    place.append(provider)
    expect(place.querySelector('att-mute-button')!.phone).to.equal(provider.phone)
  })

  it('anew when it is moved to another provider', async () => {
    const [first, second] = [newPhone(), newPhone()]
    const place = await fixture(
      html`<div>
        <att-phone manual .phone=${first}><att-mute-button></att-mute-button></att-phone>
        <att-phone manual .phone=${second}><i></i></att-phone>
      </div>`,
    )
    const control = place.querySelector('att-mute-button')!
    place.lastElementChild!.append(control)
    expect(control.phone).to.equal(second)
  })

  it('anew when its provider is given another phone', async () => {
    const provider = await fixture<AttPhone>(
      html`<att-phone manual .phone=${newPhone()}><att-mute-button></att-mute-button></att-phone>`,
    )
    const phone = forcedPhone({ calls: [callSnapshot({ muted: true })] })
    provider.phone = phone
    const control = provider.querySelector('att-mute-button')!
    await control.updateComplete
    expect(control.phone).to.equal(phone)
    expect(buttonOf(control).getAttribute('aria-pressed')).to.equal('true')
  })

  it('whose changes elsewhere do not render it', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const provider = await fixture<AttPhone>(
      html`<att-phone manual .phone=${phone}><att-mute-button></att-mute-button></att-phone>`,
    )
    const control = provider.querySelector('att-mute-button')!
    await control.updateComplete
    phone.show({ calls: [callSnapshot({ link: 'recovering', codecs: ['opus'] })] })
    await Promise.resolve()
    expect(control.isUpdatePending).to.be.false
    phone.show({ calls: [callSnapshot({ muted: true })] })
    await Promise.resolve()
    expect(control.isUpdatePending).to.be.true
  })

  it('and lets go of it when it leaves the page', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    const provider = await fixture<AttPhone>(
      html`<att-phone manual .phone=${phone}><att-mute-button></att-mute-button></att-phone>`,
    )
    const control = provider.querySelector('att-mute-button')!
    control.remove()
    phone.show({ calls: [] })
    await Promise.resolve()
    expect(control.state).to.equal('connected')
  })
})
