import { sendKeys } from '@web/test-runner-commands'
import '../define/att-phone.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  inCall,
  oneEvent,
  rings,
  signedIn,
  textOf,
} from '../testing/phones.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { RequestDetails } from '../events/request-event.ts'
import type { AttPhone } from './att-phone.ts'

/** Resolves when a behaviour that is loaded on first use has begun. */
const loaded = async (): Promise<void> => {
  await Promise.all([import('./tel-links.ts'), import('./shortcut-keys.ts'), import('./incoming-notification.ts')])
  await new Promise((resolve) => setTimeout(resolve))
}

/** What a click on a link does, without leaving the page: whether the phone took it, and what it was asked to dial. */
async function clicked(
  target: Element,
  host: EventTarget,
  options: MouseEventInit = {},
): Promise<{ readonly taken: boolean; readonly dialled: string | null }> {
  let dialled: string | null = null
  let taken = false
  const ended = new AbortController()
  const asked = (event: CustomEvent<RequestDetails['att-dial-request']>): void => {
    event.preventDefault()
    dialled = event.detail.destination
  }
  host.addEventListener('att-dial-request', asked as EventListener, ended)
  const last = (event: Event): void => {
    taken = event.defaultPrevented
    event.preventDefault()
  }
  window.addEventListener('click', last, ended)
  target.dispatchEvent(
    new MouseEvent('click', { bubbles: true, composed: true, cancelable: true, button: 0, ...options }),
  )
  ended.abort()
  return { taken, dialled }
}

const capturing = async (phone: Phone = forcedPhone()): Promise<AttPhone> => {
  const element = await fixture<AttPhone>(html`<att-phone manual capture-tel .phone=${phone}></att-phone>`)
  await loaded()
  return element
}

describe('capture-tel', () => {
  const link = html`<a href="tel:+1-212-555-0143;ext=7"><b>Call us</b></a>`

  it('calls the number of a link', async () => {
    const phone = await signedIn()
    await capturing(phone)
    const anchor = await fixture<HTMLAnchorElement>(html`<a href="tel:911">Help</a>`)
    const dialing = heard(phone, 'dialing')
    anchor.click()
    expect((await dialing).to).to.equal('911')
  })

  it('takes what the link says and leaves separators and parameters out', async () => {
    const element = await capturing()
    const anchor = await fixture(link)
    expect(await clicked(anchor.querySelector('b')!, element)).to.deep.equal({ taken: true, dialled: '+12125550143' })
  })

  it('finds links in the shadow of the page’s own tags', async () => {
    const element = await capturing()
    const host = await fixture(html`<div></div>`)
    const root = host.attachShadow({ mode: 'open' })
    root.innerHTML = '<a href="TEL:411">Call</a>'
    expect(await clicked(root.firstElementChild!, element)).to.deep.equal({ taken: true, dialled: '411' })
  })

  for (const options of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) {
    it(`leaves a click with ${Object.keys(options)[0]} alone`, async () => {
      const element = await capturing()
      expect((await clicked(await fixture(link), element, options)).dialled).to.equal(null)
    })
  }

  it('leaves a link alone that the page handles itself', async () => {
    const element = await capturing()
    const anchor = await fixture(link)
    anchor.addEventListener('click', (event) => event.preventDefault())
    expect((await clicked(anchor, element)).dialled).to.equal(null)
  })

  for (const href of [
    'https://example.com/tel:411',
    'tel:',
    'tel:javascript:alert(1)',
    'tel:%zz',
    'mailto:a@b.example',
  ]) {
    it(`leaves ${href} alone`, async () => {
      const element = await capturing()
      expect(await clicked(await fixture(html`<a href=${href}>Link</a>`), element)).to.deep.equal({
        taken: false,
        dialled: null,
      })
    })
  }

  const unable = {
    'signed out': (): Phone =>
      forcedPhone({
        session: { ...forcedPhone().snapshot.session, state: 'signed-out' },
      }),
    'in a call': (): Phone => forcedPhone({ calls: [callSnapshot()] }),
  }
  for (const [state, phone] of Object.entries(unable)) {
    it(`leaves links to the browser while it is ${state}`, async () => {
      const element = await capturing(phone())
      expect((await clicked(await fixture(link), element)).taken).to.be.false
    })
  }

  it('gives the links back when the attribute goes, and when the phone leaves the page', async () => {
    const element = await capturing()
    element.captureTel = false
    await element.updateComplete
    expect((await clicked(await fixture(link), element)).taken).to.be.false
    element.captureTel = true
    await element.updateComplete
    await loaded()
    element.remove()
    expect((await clicked(await fixture(link), element)).taken).to.be.false
  })
})

describe('shortcuts', () => {
  const inFocus = async (phone: Phone, shortcuts = 'phone'): Promise<AttPhone> => {
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone} shortcuts=${shortcuts}></att-phone>`)
    element.shadowRoot!.querySelector<HTMLElement>('.phone')!.focus()
    // Firefox tells the page of no focus while another window is in front.
    element.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }))
    await loaded()
    return element
  }

  /** Presses a key with Alt and Shift. */
  const chord = async (key: string): Promise<void> => {
    await sendKeys({ down: 'Alt' })
    await sendKeys({ down: 'Shift' })
    await sendKeys({ press: key })
    await sendKeys({ up: 'Shift' })
    await sendKeys({ up: 'Alt' })
  }

  it('mute, hold and end the call', async () => {
    const { callee } = await inCall()
    await inFocus(callee)
    for (const [key, name] of [
      ['m', 'call:muted'],
      ['m', 'call:unmuted'],
      ['h', 'call:held'],
      ['h', 'call:resumed'],
    ] as const) {
      const happened = heard(callee, name)
      await sendKeys({ press: key })
      await happened
    }
    const over = heard(callee, 'call:disconnected')
    await chord('E')
    await over
  })

  it('end no call by one key, no matter what is on the line', async () => {
    for (const call of [callSnapshot(), callSnapshot({ progress: 'ringing', connectedAt: null })]) {
      const element = await inFocus(forcedPhone({ calls: [call] }))
      const names = asked(element)
      await sendKeys({ press: 'e' })
      await sendKeys({ press: 'E' })
      expect(names).to.be.empty
      await chord('E')
      expect(names).to.deep.equal(['att-hangup-request'])
      element.remove()
    }
  })

  it('do nothing while a field stands open in the phone, wherever the focus is', async () => {
    const phone = talking()
    const element = await fixture<AttPhone>(
      html`<att-phone manual .phone=${phone}><button>Note</button><textarea aria-label="Note"></textarea></att-phone>`,
    )
    element.querySelector('button')!.focus()
    element.dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }))
    await loaded()
    const names = asked(element)
    await sendKeys({ press: 'm' })
    expect(names).to.be.empty
    element.querySelector('textarea')!.hidden = true
    await sendKeys({ press: 'm' })
    expect(names).to.deep.equal(['att-mute-request'])
  })

  for (const panel of ['keypad', 'add', 'transfer']) {
    it(`do nothing while ${panel} is open`, async () => {
      const { session } = forcedPhone().snapshot
      const capabilities = { ...session.capabilities, transfer: true }
      const element = await inFocus(forcedPhone({ calls: [callSnapshot()], session: { ...session, capabilities } }))
      await import('./call-tags.ts')
      await drawn(element)
      element.shadowRoot!.querySelector<HTMLElement>(`.control.${panel}`)!.click()
      await drawn(element)
      element.shadowRoot!.querySelector<HTMLElement>('.phone')!.focus()
      const names = asked(element)
      await sendKeys({ press: 'm' })
      expect(names).to.be.empty
    })
  }

  it('answer a call', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await inFocus(callee)
    await rings(caller, callee)
    const connected = heard(callee, 'call:connected')
    await sendKeys({ press: 'a' })
    await connected
  })

  it('decline a call', async () => {
    const [caller, callee] = await Promise.all([signedIn(), signedIn()])
    await inFocus(callee)
    await rings(caller, callee)
    const rejected = heard(caller, 'call:rejected')
    await sendKeys({ press: 'd' })
    await rejected
  })

  /** What the keys ask for. */
  const asked = (element: AttPhone): string[] => {
    const names: string[] = []
    for (const name of ['att-mute-request', 'att-hangup-request'] as const) {
      element.addEventListener(name, (event) => {
        event.preventDefault()
        names.push(name)
      })
    }
    return names
  }
  const talking = (): Phone => forcedPhone({ calls: [callSnapshot()] })

  it('ask the page first', async () => {
    const element = await inFocus(talking())
    const names = asked(element)
    await sendKeys({ press: 'm' })
    expect(names).to.deep.equal(['att-mute-request'])
  })

  it('are off where the page turns them off', async () => {
    const element = await inFocus(talking(), 'off')
    const names = asked(element)
    await sendKeys({ press: 'm' })
    expect(names).to.be.empty
  })

  it('do nothing outside of the phone', async () => {
    const element = await inFocus(talking())
    const names = asked(element)
    const outside = await fixture<HTMLButtonElement>(html`<button>Outside</button>`)
    outside.focus()
    await sendKeys({ press: 'm' })
    expect(names).to.be.empty
  })

  for (const field of [html`<input aria-label="Note" />`, html`<textarea aria-label="Note"></textarea>`]) {
    it('do nothing while a text is typed', async () => {
      const element = await fixture<AttPhone>(html`<att-phone manual .phone=${talking()}>${field}</att-phone>`)
      element.querySelector<HTMLElement>('input, textarea')!.focus()
      await loaded()
      const names = asked(element)
      await sendKeys({ press: 'e' })
      expect(names).to.be.empty
    })
  }

  it('work on the whole page with Alt and Shift where it says so', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${talking()} shortcuts="page"></att-phone>`)
    await loaded()
    const names = asked(element)
    const press = (options: KeyboardEventInit): boolean =>
      document.body.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...options }))
    press({ key: 'm', code: 'KeyM' })
    press({ key: 'Â', code: 'KeyM', altKey: true, shiftKey: true })
    expect(names).to.deep.equal(['att-mute-request'])
  })

  it('are listed when the page asks for it', async () => {
    const element = await fixture<AttPhone>(
      html`<att-phone manual .phone=${forcedPhone()} shortcuts="page"></att-phone>`,
    )
    await element.showShortcuts()
    expect(textOf(element.shadowRoot!.querySelector('dialog')!)).to.contain('Alt Shift M')
  })

  it('are listed by a question mark, in a dialog that Escape closes', async () => {
    const element = await inFocus(talking())
    await sendKeys({ press: '?' })
    await import('./shortcut-help.ts')
    await new Promise((resolve) => setTimeout(resolve))
    const dialog = element.shadowRoot!.querySelector('dialog')!
    expect(textOf(dialog))
      .to.contain('Keyboard shortcuts')
      .and.to.contain('MuteM or Alt Shift M')
      .and.to.contain('Hang upAlt Shift E')
    await expect(element).to.be.accessible()
    const closed = oneEvent(dialog, 'close')
    await sendKeys({ press: 'Escape' })
    await closed
    expect(element.shadowRoot!.querySelector('dialog')).to.equal(null)
  })
})

describe('notifications', () => {
  const { Notification: real } = globalThis
  let shown: FakeNotification[] = []

  /** No test can see the desktop. */
  class FakeNotification extends EventTarget {
    static permission: NotificationPermission = 'granted'
    static asked = 0
    closed = false

    static requestPermission(): Promise<NotificationPermission> {
      FakeNotification.asked++
      return Promise.resolve(FakeNotification.permission)
    }

    constructor(
      readonly title: string,
      readonly options: NotificationOptions,
    ) {
      super()
      shown.push(this)
    }

    close(): void {
      this.closed = true
    }
  }

  const look = (hidden: boolean): void => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    document.dispatchEvent(new Event('visibilitychange'))
  }

  beforeEach(() => {
    shown = []
    FakeNotification.permission = 'granted'
    FakeNotification.asked = 0
    Object.defineProperty(globalThis, 'Notification', { configurable: true, writable: true, value: FakeNotification })
  })

  afterEach(() => {
    Reflect.deleteProperty(document, 'hidden')
    Object.defineProperty(globalThis, 'Notification', { configurable: true, writable: true, value: real })
  })

  const ringing = callSnapshot({
    direction: 'incoming',
    progress: 'ringing',
    connectedAt: null,
    remote: { address: 'bob@example.com', uri: 'sip:bob@example.com', displayName: '<b>Bob</b>' },
  })

  const notifying = async (phone = forcedPhone()): Promise<ReturnType<typeof forcedPhone>> => {
    await fixture(html`<att-phone manual notifications .phone=${phone}></att-phone>`)
    await loaded()
    return phone
  }

  it('tell of a call while the page is hidden, and are gone with it', async () => {
    const phone = await notifying()
    look(true)
    phone.show({ calls: [ringing] })
    await Promise.resolve()
    expect(shown.map(({ title, options }) => [title, options.body])).to.deep.equal([['<b>Bob</b>', 'Incoming call']])
    phone.show({ calls: [] })
    await Promise.resolve()
    expect(shown[0]!.closed).to.be.true
  })

  it('come when the page is hidden while it rings already, once', async () => {
    const phone = await notifying()
    phone.show({ calls: [ringing] })
    await Promise.resolve()
    expect(shown).to.be.empty
    look(true)
    look(true)
    expect(shown).to.have.length(1)
  })

  it('bring the page back when they are pressed', async () => {
    const phone = await notifying()
    look(true)
    phone.show({ calls: [ringing] })
    await Promise.resolve()
    const focus = Object.getOwnPropertyDescriptor(window, 'focus')!
    let focused = 0
    Object.defineProperty(window, 'focus', { ...focus, value: () => focused++ })
    shown[0]!.dispatchEvent(new Event('click'))
    Object.defineProperty(window, 'focus', focus)
    expect(focused).to.equal(1)
    expect(shown[0]!.closed).to.be.true
  })

  it('are gone with the phone', async () => {
    const phone = forcedPhone({ calls: [ringing] })
    look(true)
    await notifying(phone)
    document.querySelector('att-phone')!.remove()
    expect(shown[0]!.closed).to.be.true
  })

  it('are not shown where the person does not want them', async () => {
    FakeNotification.permission = 'denied'
    const phone = await notifying()
    look(true)
    phone.show({ calls: [ringing] })
    await Promise.resolve()
    expect(shown).to.be.empty
  })

  it('are asked for at the first press on the phone, not before, and once', async () => {
    FakeNotification.permission = 'default'
    await notifying()
    expect(FakeNotification.asked).to.equal(0)
    const element = document.querySelector('att-phone')!
    element.click()
    element.click()
    expect(FakeNotification.asked).to.equal(1)
  })
})

describe('The title of a page that is not looked at', () => {
  afterEach(() => Reflect.deleteProperty(document, 'hidden'))

  it('says in turn who calls and what the page is', async () => {
    const title = (document.title = 'News')
    const ringing = callSnapshot({ direction: 'incoming', progress: 'ringing', connectedAt: null })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    const phone = forcedPhone({ calls: [ringing] })
    await fixture(html`<att-phone manual .phone=${phone}></att-phone>`)
    const seen = [document.title]
    while (seen.length < 3) {
      await new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect()
          resolve(null)
        })
        observer.observe(document.querySelector('title')!, { childList: true })
      })
      seen.push(document.title)
    }
    expect(seen).to.deep.equal([`bob is calling · ${title}`, title, `bob is calling · ${title}`])
    phone.show({ calls: [] })
    await Promise.resolve()
    expect(document.title).to.equal(title)
  })
})
