import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-call-button.ts'
import { Phone } from '../../src/phone/phone.ts'
import { TestGateway } from '../../src/signaling/gateway/test-gateway.fixture.ts'
import {
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  mounted,
  newPhone,
  newUser,
  settled,
  showing,
  signedIn,
  textOf,
  within,
} from '../testing/phones.ts'
import type { AttCallButton } from './att-call-button.ts'

const gateway = new TestGateway()
const desk = `desk-${navigator.userAgent.includes('Firefox') ? 'firefox' : 'chromium'}`

const inside = (button: AttCallButton, selector: string): HTMLElement | null =>
  button.shadowRoot!.querySelector<HTMLElement>(selector)
const panelOf = (button: AttCallButton): HTMLElement => inside(button, '[part=panel]')!
const faceOf = (button: AttCallButton): HTMLElement => inside(button, '[part=button]')!

/** Resolves when the panel holds `selector`. */
async function drawn(button: AttCallButton, selector: string): Promise<HTMLElement> {
  while (!inside(button, selector)) {
    await new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        observer.disconnect()
        resolve(null)
      })
      observer.observe(button.shadowRoot!, { subtree: true, childList: true })
    })
  }
  return inside(button, selector)!
}

async function calling(to = 'echo', state = 'connected'): Promise<AttCallButton> {
  const button = await fixture<AttCallButton>(html`<att-call-button to=${to}>Call us</att-call-button>`)
  button.click()
  await showing(button, state)
  return button
}

/** Makes a browser that cannot call, for as long as `during` takes. */
async function withoutWebRtc(during: () => Promise<void>): Promise<void> {
  const peerConnection = Object.getOwnPropertyDescriptor(globalThis, 'RTCPeerConnection')!
  Reflect.deleteProperty(globalThis, 'RTCPeerConnection')
  try {
    await during()
  } finally {
    Object.defineProperty(globalThis, 'RTCPeerConnection', peerConnection)
  }
}

describe('who calls by att-call-button', () => {
  it('is told with the topic and the page that its owner gives', async () => {
    const callee = await signedIn()
    const button = await fixture<AttCallButton>(
      html`<att-call-button to=${callee.snapshot.session.userId} display-name="Visitor" topic="Prices" page>
        Call us
      </att-call-button>`,
    )
    const { title } = document
    document.title = 'Our\u202E offers'
    const ringing = settled(callee, ({ calls }) => calls.length > 0)
    button.click()
    await ringing
    document.title = title
    expect(callee.snapshot.calls[0]?.remote.displayName).to.equal('Visitor, Prices, Our offers')
    await callee.reject()
  })
})

describe('<att-call-button>', () => {
  // A button that left the page during a test keeps its call until it is over.
  afterEach(() => {
    for (const button of document.querySelectorAll('att-call-button')) button.phone?.dispose().catch(() => {})
  })

  describe('alone on a page', () => {
    it('has no phone before it is pressed', async () => {
      const button = await fixture<AttCallButton>(html`<att-call-button to="echo">Call us</att-call-button>`)
      expect(button.phone).to.equal(null)
      expect(faceOf(button).getAttribute('aria-expanded')).to.equal('false')
    })

    it('calls when it is pressed, and shows the call in a panel that takes the focus', async () => {
      const button = await calling()
      expect(panelOf(button).matches(':popover-open')).to.be.true
      expect(button.shadowRoot!.activeElement).to.equal(panelOf(button))
      expect(button.phone!.snapshot.calls[0]?.remote.address).to.equal('echo')
    })

    it('calls a person, who hears and is heard', async () => {
      const callee = await signedIn()
      const rung = heard(callee, 'call:incoming')
      const button = await fixture<AttCallButton>(
        html`<att-call-button to=${callee.snapshot.session.userId!}></att-call-button>`,
      )
      button.click()
      await rung
      const established = heard(callee, 'media:established')
      await callee.answer({ mediaType: 'audio' })
      await established
      await showing(button, 'connected')
    })

    it('leaves the phone of the page alone', async () => {
      const button = await calling()
      expect(button.phone).not.to.equal(Phone.getPhone())
      expect(Phone.getPhone().snapshot.session.state).to.equal('signed-out')
    })

    it('signs out when the call is over, says how it ended, and calls again', async () => {
      const button = await calling()
      inside(button, 'att-hangup-button')!.click()
      await settled(button.phone!, ({ session }) => session.state === 'signed-out')
      const again = await drawn(button, '[part=again]')
      expect(textOf(inside(button, 'att-call-view')!)).to.contain('Call ended')
      again.click()
      await showing(button, 'connected')
    })

    it('calls again at once, while the call before is still signing out', async () => {
      const button = await calling()
      inside(button, 'att-hangup-button')!.click()
      ;(await drawn(button, '[part=again]')).click()
      await showing(button, 'connected')
    })

    it('asks before it shows the visitor, and does so with a yes', async () => {
      const callee = await signedIn()
      const rung = heard(callee, 'call:incoming')
      const button = await fixture<AttCallButton>(
        html`<att-call-button to=${callee.snapshot.session.userId!}></att-call-button>`,
      )
      button.click()
      await rung
      const established = heard(callee, 'media:established')
      await callee.answer({ mediaType: 'audio' })
      await established
      const changed = heard(callee, 'call:state-changed')
      const upgraded = callee.upgrade()
      await drawn(button, '.notice .plain')
      const [, accept] = button.shadowRoot!.querySelectorAll<HTMLElement>('.notice .plain')
      accept!.click()
      await Promise.all([changed, upgraded])
      await drawn(button, 'att-camera-button')
    })

    it('is itself again when the panel is closed, and gives the focus back', async () => {
      const button = await calling()
      inside(button, 'att-hangup-button')!.click()
      ;(await drawn(button, '[part=close]')).click()
      await button.updateComplete
      expect(panelOf(button)).to.equal(null)
      expect(button.shadowRoot!.activeElement).to.equal(faceOf(button))
      expect(button.phone).to.equal(null)
    })

    it('brings the focus to the call when it is pressed during one, and calls nobody else', async () => {
      const button = await calling()
      faceOf(button).focus()
      button.click()
      expect(button.shadowRoot!.activeElement).to.equal(panelOf(button))
      expect(button.phone!.snapshot.calls).to.have.length(1)
    })

    it('brings the focus to the call when another button of the page is pressed during one', async () => {
      const button = await calling()
      const other = await fixture<AttCallButton>(html`<att-call-button to="busy">Call them</att-call-button>`)
      other.click()
      expect(button.shadowRoot!.activeElement).to.equal(panelOf(button))
      expect(other.phone).to.equal(null)
    })

    it('closes the panel of another button whose call is over', async () => {
      const button = await calling()
      inside(button, 'att-hangup-button')!.click()
      await drawn(button, '[part=again]')
      const other = await calling()
      expect(panelOf(button)).to.equal(null)
      expect(panelOf(other)).not.to.equal(null)
    })

    it('takes a call back that nobody has answered yet', async () => {
      const button = await calling('noanswer', 'ringing')
      inside(button, 'att-hangup-button')!.click()
      await drawn(button, '[part=again]')
      expect(button.phone!.snapshot.calls).to.be.empty
    })

    it('sends tones by a keypad that comes when it is wanted', async () => {
      const button = await calling()
      expect(inside(button, 'att-dialpad')).to.equal(null)
      inside(button, '[part=keypad-button]')!.click()
      await drawn(button, 'att-dialpad')
      const keypad = button.shadowRoot!.querySelector('att-dialpad')!
      await keypad.updateComplete
      const sent = heard(button.phone!, 'dtmf:tone-sent')
      keypad.press('5')
      expect((await sent).tone).to.equal('5')
    })

    it('calls with video where it says so', async () => {
      const video = html`<att-call-button to="echo" media-type="video"></att-call-button>`
      const button = await fixture<AttCallButton>(video)
      button.click()
      await showing(button, 'connected')
      expect(button.phone!.snapshot.calls[0]?.mediaType).to.equal('video')
      expect(inside(button, 'att-camera-button')).not.to.equal(null)
    })

    it('keeps its call, and the panel, when it is moved', async () => {
      const button = await calling()
      const place = document.createElement('div')
      button.before(place)
      place.append(button)
      await button.updateComplete
      expect(button.phone!.snapshot.calls).to.have.length(1)
      expect(panelOf(button).matches(':popover-open')).to.be.true
    })

    it('signs out after the call when it has left the page during one', async () => {
      const button = await calling()
      const phone = button.phone!
      button.remove()
      await new Promise((resolve) => setTimeout(resolve))
      expect(phone.snapshot.calls).to.have.length(1)
      await phone.hangup()
      await settled(phone, ({ session }) => session.state === 'signed-out')
    })

    it('lets the page call in its own way', async () => {
      const button = await fixture<AttCallButton>(html`<att-call-button to="tel:+1-800-555-0199"></att-call-button>`)
      let detail: unknown
      button.addEventListener('att-dial-request', (event) => {
        event.preventDefault()
        detail = event.detail
      })
      button.click()
      expect(detail).to.deep.equal({ destination: '+18005550199', mediaType: 'audio' })
      expect(button.phone).to.equal(null)
    })

    it('says to enter a number where it has none', async () => {
      const button = await fixture<AttCallButton>(html`<att-call-button></att-call-button>`)
      expect(faceOf(button).title).to.equal('Enter a number first')
    })
  })

  describe('as a guest of a gateway', () => {
    const press = async (guest: string, to = desk): Promise<AttCallButton> => {
      const server = await gateway.url
      const button = await fixture<AttCallButton>(
        html`<att-call-button to=${to} server=${server} guest=${guest}>Call us</att-call-button>`,
      )
      button.click()
      return button
    }

    it('calls whom the gateway allows, without an account', async () => {
      const callee = newPhone()
      callee.configure({ server: await gateway.url })
      const userId = `${desk}@localhost`
      await callee.login({ userId, token: await gateway.token(userId) })
      const rung = heard(callee, 'call:incoming')
      const button = await press('')
      expect((await rung).from).to.match(/guest-[0-9a-f]+@guest\.invalid/)
      await callee.answer({ mediaType: 'audio' })
      await showing(button, 'connected')
      await callee.hangup()
      await settled(button.phone!, ({ session }) => session.state === 'signed-out')
    })

    it('is told when the gateway does not let it call that number', async () => {
      const button = await press('', newUser())
      expect(textOf(await drawn(button, '.notice.error'))).not.to.be.empty
      await settled(button.phone!, ({ session }) => session.state === 'signed-out')
    })

    it('is told when there is no token for guests', async () => {
      const button = await press(new URL('/no-such-tokens', await gateway.url).href)
      expect(textOf(await drawn(button, '.notice.error'))).to.equal('This page cannot call now. Try again later.')
    })

    it('is told when nobody answers at that address', async () => {
      const button = await press('http://127.0.0.1:9/guest-tokens')
      expect(textOf(await drawn(button, '.notice.error'))).to.contain('The network does not answer.')
    })
  })

  it('asks the page for credentials when it is pressed, and not before', async () => {
    const userId = `${newUser()}-${crypto.randomUUID()}@localhost`
    const server = await gateway.url
    let asked = 0
    const credentials = async (): Promise<{ token: string }> => {
      asked++
      return { token: await gateway.token(userId) }
    }
    const button = await fixture<AttCallButton>(
      html`<att-call-button
        to="nobody"
        server=${server}
        user-id=${userId}
        .credentials=${credentials}
      ></att-call-button>`,
    )
    expect(asked).to.equal(0)
    button.click()
    await drawn(button, '.notice.error')
    expect(asked).to.equal(1)
  })

  it('says that the page cannot call when its credentials callback fails', async () => {
    const credentials = (): Promise<never> => Promise.reject(new Error('no token today'))
    const server = await gateway.url
    const button = await fixture<AttCallButton>(
      html`<att-call-button to="bob" server=${server} .credentials=${credentials}></att-call-button>`,
    )
    button.click()
    expect(textOf(await drawn(button, '.notice.error'))).to.equal('This page cannot call now. Try again later.')
  })

  describe('with the phone of the page', () => {
    it('calls with the phone it is inside of, and opens nothing', async () => {
      const phone = await signedIn()
      const button = await within<AttCallButton>(phone, html`<att-call-button to="echo"></att-call-button>`)
      const connected = heard(phone, 'call:connected')
      button.click()
      await connected
      expect(panelOf(button)).to.equal(null)
    })

    it('calls with the phone that `for` names, wherever it is written', async () => {
      const button = await fixture<AttCallButton>(html`<att-call-button to="echo" for="desk"></att-call-button>`)
      expect(faceOf(button).title).to.equal('Sign in first')
      const element = await mounted()
      element.id = 'desk'
      // What was there under no name yet is found when the tag is put in place.
      element.before(button)
      await button.updateComplete
      const connected = heard(element.phone!, 'call:connected')
      button.click()
      await connected
    })

    it('says why it cannot be pressed', async () => {
      const button = await within<AttCallButton>(newPhone(), html`<att-call-button to="echo"></att-call-button>`)
      expect(faceOf(button).title).to.equal('Sign in first')
      expect(faceOf(button).getAttribute('aria-disabled')).to.equal('true')
    })
  })

  describe('where the browser cannot call', () => {
    const links = {
      '+1 (800) 555-0199': 'tel:+18005550199',
      'tel:+44-20-7183-8750;ext=5': 'tel:+442071838750',
      '*67#': 'tel:*67%23',
      'sales@example.com': 'sip:sales@example.com',
    }
    for (const [to, href] of Object.entries(links)) {
      it(`is a link to ${href} for ${to}`, () =>
        withoutWebRtc(async () => {
          const button = await fixture<AttCallButton>(html`<att-call-button to=${to}>Call us</att-call-button>`)
          expect(faceOf(button).getAttribute('href')).to.equal(href)
          await expect(button).to.be.accessible()
        }))
    }

    for (const to of [
      'echo',
      'javascript:alert(1)',
      'javascript:alert(1)@example.com',
      '<img src=x onerror=alert(1)>',
    ]) {
      it(`is no link for ${to}, and says so`, () =>
        withoutWebRtc(async () => {
          const button = await fixture<AttCallButton>(html`<att-call-button to=${to}>Call us</att-call-button>`)
          expect(faceOf(button).localName).to.equal('button')
          expect(faceOf(button).title).to.equal('This browser cannot make calls')
        }))
    }
  })

  it('is worked by the keyboard alone', async () => {
    const button = await fixture<AttCallButton>(html`<att-call-button to="echo">Call us</att-call-button>`)
    button.focus()
    await sendKeys({ press: 'Enter' })
    await showing(button, 'connected')
    await drawn(button, 'att-mute-button')
    await sendKeys({ press: 'Tab' })
    expect(button.shadowRoot!.activeElement?.localName).to.equal('att-mute-button')
    await sendKeys({ press: 'Tab' })
    await sendKeys({ press: 'Tab' })
    expect(button.shadowRoot!.activeElement?.localName).to.equal('att-hangup-button')
    await sendKeys({ press: 'Enter' })
    await drawn(button, '[part=again]')
    await button.updateComplete
    expect(button.shadowRoot!.activeElement).to.equal(panelOf(button))
  })

  it('shows a hostile number as text', async () => {
    const to = '<img src=x onerror=alert(1)>'
    const button = await fixture<AttCallButton>(html`<att-call-button to=${to}></att-call-button>`)
    button.click()
    await drawn(button, '.notice.error')
    expect(textOf(inside(button, '.wait')!)).to.contain(to)
    expect(inside(button, 'img')).to.equal(null)
  })

  it('fits a screen of 240 pixels, read from the right', async () => {
    const place = await fixture(html`<div dir="rtl"><att-call-button to="echo">اتصل بنا</att-call-button></div>`)
    const button = place.querySelector('att-call-button')!
    button.click()
    await showing(button, 'connected')
    await drawn(button, 'att-mute-button')
    const panel = panelOf(button)
    panel.style.setProperty('inline-size', '208px')
    expect(panel.scrollWidth).to.be.at.most(panel.clientWidth)
    expect(panel.getBoundingClientRect().left).to.equal(16)
  })

  describe('is accessible', () => {
    it('before it is pressed', async () => {
      await expect(
        await fixture<AttCallButton>(html`<att-call-button to="echo">Call us</att-call-button>`),
      ).to.be.accessible()
    })

    it('in a call', async () => expect(await calling()).to.be.accessible())

    it('with the keypad', async () => {
      const button = await calling()
      inside(button, '[part=keypad-button]')!.click()
      await drawn(button, 'att-dialpad')
      await expect(button).to.be.accessible()
    })

    it('when the call is over', async () => {
      const button = await calling('echo')
      inside(button, 'att-hangup-button')!.click()
      await drawn(button, '[part=again]')
      await expect(button).to.be.accessible()
    })

    it('inside of a phone that is signed out', async () => {
      const button = await within<AttCallButton>(
        forcedPhone({ error: null }),
        html`<att-call-button to="echo">Call us</att-call-button>`,
      )
      await expect(button).to.be.accessible()
    })
  })
})
