import '@hotwired/turbo'
import htmx from 'htmx.org'
import htmx4 from 'htmx-4'
import { Idiomorph } from 'idiomorph'
import '../define/all.ts'
import { eventually } from '../../src/media/testing/eventually.ts'
import { Phone } from '../../src/phone/phone.ts'
import {
  drawn,
  expect,
  fixture,
  heard,
  html,
  newPhone,
  newUser,
  settled,
  showing,
  signedIn,
  textOf,
} from '../testing/phones.ts'
import type { AttPhone } from './att-phone.ts'

const tag = (user: string, more = ''): string => `<att-phone user-id="${user}" ${more}></att-phone>`

/** What of jQuery is used here; its file is a script of the page. */
type JQuery = (element: Element) => { html(markup: string): void; replaceWith(markup: string): void }
const jquery: JQuery = (element) => (window as unknown as { jQuery: JQuery }).jQuery(element)

/** A phone that markup made, in a call with the echo. */
async function inCall(markup = tag(newUser())): Promise<{ place: HTMLElement; markup: string; phone: Phone }> {
  const place = await fixture<HTMLElement>(html`<div></div>`)
  place.innerHTML = markup
  const element = place.querySelector('att-phone')!
  await showing(element, 'ready')
  const phone = element.phone!
  const connected = heard(phone, 'call:connected')
  await phone.dial({ destination: 'echo', mediaType: 'audio' })
  await connected
  await showing(element, 'connected')
  return { place, markup, phone }
}

/** The one phone of a place shows that call, and is signed in as before. */
async function shows(place: Element, phone: Phone): Promise<void> {
  const element = place.querySelector('att-phone')!
  await showing(element, 'connected')
  expect(element.phone).to.equal(phone)
  expect(phone.snapshot.calls).to.have.length(1)
}

/** The page with which a fragment answers. */
function answers(text: string): void {
  const { fetch: real } = globalThis
  window.fetch = () => {
    window.fetch = real
    return Promise.resolve(new Response(text, { headers: { 'Content-Type': 'text/html' } }))
  }
}

/** What the console told the author; each thing is told once a page. */
const warned: string[] = []
/* eslint-disable no-console -- it is what is tested */
const warn = console.warn.bind(console)
before(() => (console.warn = (text: string) => warned.push(text)))
after(() => (console.warn = warn))
/* eslint-enable no-console */

describe('A phone in a call that is replaced by a new one', () => {
  before(async () => {
    const script = document.createElement('script')
    script.src = '/node_modules/jquery/dist/jquery.min.js'
    const loaded = new Promise((resolve) => script.addEventListener('load', resolve))
    document.head.append(script)
    await loaded
  })

  afterEach(() => Phone.getPhone().dispose())

  const replacements: Readonly<Record<string, (place: HTMLElement, markup: string) => unknown>> = {
    'by innerHTML': (place, markup) => (place.innerHTML = markup),
    'by outerHTML': (place, markup) => (place.firstElementChild!.outerHTML = markup),
    'by replaceChildren': (place, markup) => {
      const next = document.createElement('div')
      next.innerHTML = markup
      place.replaceChildren(...next.children)
    },
    'by insertion before, then removal': (place, markup) => {
      const old = place.firstElementChild!
      old.insertAdjacentHTML('beforebegin', markup)
      old.remove()
    },
    'by removal, and a new one much later': async (place, markup) => {
      place.replaceChildren()
      await new Promise((resolve) => setTimeout(resolve))
      await drawn(await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}></att-phone>`))
      place.innerHTML = markup
    },
    'by html() of jQuery': (place, markup) => jquery(place).html(markup),
    'by replaceWith() of jQuery': (place, markup) => jquery(place.firstElementChild!).replaceWith(markup),
    'by a swap of htmx 2': (place, markup) =>
      htmx.swap(place, markup, { swapStyle: 'innerHTML', swapDelay: 0, settleDelay: 0 }),
    'by an outer swap of htmx 2': (place, markup) =>
      htmx.swap(place.firstElementChild!, markup, { swapStyle: 'outerHTML', swapDelay: 0, settleDelay: 0 }),
    'by a swap of htmx 4': async (place, markup) => {
      await htmx4.swap({ target: place, text: markup, swap: 'innerHTML', sourceElement: place })
    },
    'by a morph of htmx 4': async (place, markup) => {
      await htmx4.swap({ target: place, text: markup, swap: 'innerMorph', sourceElement: place })
    },
    'by idiomorph': (place, markup) => void Idiomorph.morph(place, markup, { morphStyle: 'innerHTML' }),
    'by a stream of Turbo': (place, markup) => {
      place.id = 'place'
      const stream = `<turbo-stream action="update" target="place"><template>${markup}</template></turbo-stream>`
      document.body.insertAdjacentHTML('beforeend', stream)
    },
    'by a morphing stream of Turbo': (place, markup) => {
      place.id = 'place'
      const stream = `<turbo-stream action="update" method="morph" target="place"><template>${markup}</template></turbo-stream>`
      document.body.insertAdjacentHTML('beforeend', stream)
    },
  }
  for (const [how, replace] of Object.entries(replacements)) {
    it(`${how}: the new one shows the call`, async () => {
      const { place, markup, phone } = await inCall()
      await replace(place, markup)
      await shows(place, phone)
      expect(phone.snapshot.session.userId).to.contain('user')
    })
  }

  it('by a frame of Turbo: the new one shows the call', async () => {
    const markup = tag(newUser())
    const { place, phone } = await inCall(`<turbo-frame id="part">${markup}</turbo-frame>`)
    const old = place.querySelector('att-phone')
    answers(`<html><body><turbo-frame id="part">${markup}</turbo-frame></body></html>`)
    const frame = place.querySelector<HTMLElement & { src: string; loaded: Promise<void> }>('turbo-frame')!
    frame.src = '/part'
    await frame.loaded
    expect(place.querySelector('att-phone')).not.to.equal(old)
    await shows(place, phone)
  })

  it('that is a line of its own: the new one shows its call', async () => {
    await fixture(html`<att-phone manual></att-phone>`)
    const { place, markup, phone } = await inCall()
    expect(phone).not.to.equal(Phone.getPhone())
    place.innerHTML = markup
    await shows(place, phone)
  })

  it('beside another one of the same page: each new one has the call of its user', async () => {
    const [alice, bob] = [newUser(), newUser()]
    const { place, phone } = await inCall(tag(alice) + tag(bob))
    const second = place.lastElementChild as AttPhone
    await showing(second, 'ready')
    const connected = heard(second.phone!, 'call:connected')
    await second.phone!.dial({ destination: 'echo', mediaType: 'audio' })
    await connected
    const line = second.phone
    place.innerHTML = tag(alice) + tag(bob)
    const [first, next] = place.querySelectorAll('att-phone')
    await Promise.all([showing(first!, 'connected'), showing(next!, 'connected')])
    expect([first!.phone, next!.phone]).to.deep.equal([phone, line])
  })

  it('is taken over once: the old one, put back, has a line of its own', async () => {
    const { place, markup, phone } = await inCall()
    const old = place.firstElementChild as AttPhone
    place.innerHTML = markup
    place.append(old)
    await drawn(old)
    expect(old.phone).not.to.equal(phone)
    await shows(place, phone)
  })

  it('goes on with the session: nobody signs out under the new one', async () => {
    const { place, markup, phone } = await inCall()
    let out = 0
    phone.on('session:disconnected', () => out++)
    place.innerHTML = markup
    await shows(place, phone)
    await phone.hangup()
    await showing(place.querySelector('att-phone')!, 'ready')
    expect(out).to.equal(0)
  })

  it('while it is idle keeps the session, too', async () => {
    const user = newUser()
    const place = await fixture<HTMLElement>(html`<div></div>`)
    place.innerHTML = tag(user)
    const old = place.firstElementChild as AttPhone
    await showing(old, 'ready')
    const { phone } = old
    const { id } = phone!.snapshot.session
    old.insertAdjacentHTML('beforebegin', tag(user))
    old.remove()
    const next = place.firstElementChild as AttPhone
    await eventually('the tag has the phone of the one before', () => next.phone === phone)
    await showing(next, 'ready')
    expect([phone!.snapshot.session.id, phone === Phone.getPhone()]).to.deep.equal([id, true])
  })

  it('is followed by the button that takes its place', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`)
    const markup = '<att-call-button to="echo">Call us</att-call-button>'
    place.innerHTML = markup
    await drawn(place.querySelector('att-call-button')!)
    place.querySelector('att-call-button')!.click()
    await showing(place.querySelector('att-call-button')!, 'connected')
    const { phone } = place.querySelector('att-call-button')!
    place.innerHTML = markup
    const next = place.querySelector('att-call-button')!
    await showing(next, 'connected')
    await drawn(next)
    expect(next.phone).to.equal(phone)
    expect(next.shadowRoot!.querySelector('.panel')).not.to.equal(null)
    next.shadowRoot!.querySelector('att-hangup-button')!.click()
    await settled(phone!, ({ calls }) => calls.length === 0)
  })
})

describe('A call that no tag of the page shows any more', () => {
  afterEach(() => {
    for (const element of [...document.body.children]) {
      if (element instanceof HTMLIFrameElement || element.shadowRoot?.querySelector('.unseen')) element.remove()
    }
    return Phone.getPhone().dispose()
  })

  /** The notice of the page, if there is one. */
  const notices = (): string[] =>
    [...document.body.children].flatMap(({ shadowRoot }) => {
      const box = shadowRoot?.querySelector('.unseen')
      return box ? [textOf(box)] : []
    })

  const vanish: Readonly<Record<string, (element: AttPhone) => unknown>> = {
    removed: (element) => element.remove(),
    'hidden in a fragment': (element) => document.createDocumentFragment().append(element),
    'moved to a document that nobody sees': (element) =>
      document.implementation.createHTMLDocument('').body.append(element),
    'moved to a frame that goes': (element) => {
      const frame = document.createElement('iframe')
      document.body.append(frame)
      frame.contentDocument!.body.append(element)
      frame.remove()
    },
    'given another phone': (element) => (element.phone = newPhone()),
    'left beside tags that show no call': (element) => {
      element.after(document.createElement('att-dialpad'), document.createElement('att-device-picker'))
      element.remove()
    },
  }

  it(`ends after 10 s, with a notice, ${Object.keys(vanish).join(', ')}`, async function () {
    this.timeout(60_000)
    const ended: Promise<unknown>[] = []
    // It has the phone of the page, which any tag that comes would take over.
    await fixture(html`<att-phone manual><att-dialpad></att-dialpad></att-phone>`)
    for (const [how, hide] of Object.entries(vanish)) {
      const { place, phone } = await inCall()
      ended.push(heard(phone, 'call:disconnected'))
      hide(place.querySelector('att-phone')!)
      await drawn(await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}></att-phone>`))
      expect(phone.snapshot.calls, how).to.have.length(1)
    }
    const begun = performance.now()
    await Promise.all(ended)
    expect(performance.now() - begun).to.be.above(5000)
    expect(notices().filter((text) => text.includes('has ended'))).to.have.length.at.least(Object.keys(vanish).length)
    expect(warned.join('\n')).to.contain('att-phone: The call with echo goes on').and.to.contain('docs/console.md')
    for (const { shadowRoot } of [...document.body.children])
      shadowRoot?.querySelector<HTMLElement>('.unseen button')?.click()
    expect(notices()).to.be.empty
  })

  it('says so at once, and can be ended there', async () => {
    const { place, phone } = await inCall()
    place.replaceChildren()
    await eventually('a notice of the call', () => notices().length > 0)
    expect(notices()[0]).to.contain('Your call with echo goes on.').and.to.contain('10 seconds')
    const over = heard(phone, 'call:disconnected')
    const host = [...document.body.children].find(({ shadowRoot }) => shadowRoot?.querySelector('.unseen'))!
    await expect(host).to.be.accessible()
    host.shadowRoot!.querySelector('button')!.click()
    await over
    host.remove()
  })

  for (const [what, show] of Object.entries({
    'a tag that shows it comes back': (place: Element, markup: string): unknown => (place.innerHTML = markup),
    'a control of the page shows it': (place: Element): unknown =>
      (place.innerHTML = '<att-hangup-button></att-hangup-button>'),
  })) {
    it(`goes on when ${what}`, async () => {
      const { place, markup, phone } = await inCall()
      place.replaceChildren()
      await eventually('a notice of the call', () => notices().length > 0)
      show(place, markup)
      await eventually('the notice is gone', () => notices().length === 0)
      expect(phone.snapshot.calls).to.have.length(1)
      await phone.hangup()
    })
  }

  it('goes on in a window or frame that shows its tag', async () => {
    const { place, phone } = await inCall()
    const element = place.querySelector('att-phone')!
    const frame = document.createElement('iframe')
    document.body.append(frame)
    let asked = 0
    document.addEventListener('att-unseen-call', () => asked++, { once: true })
    frame.contentDocument!.body.append(element)
    await drawn(element)
    expect([asked, element.phone === phone, element.getAttribute('state')]).to.deep.equal([0, true, 'connected'])
    await phone.hangup()
  })

  it('is left to a page that wants it', async () => {
    const { place, phone } = await inCall()
    const asked = new Promise<Phone>((resolve) => {
      document.addEventListener(
        'att-unseen-call',
        (event) => {
          event.preventDefault()
          resolve(event.detail.phone)
        },
        { once: true },
      )
    })
    place.replaceChildren()
    expect(await asked).to.equal(phone)
    await drawn(await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}></att-phone>`))
    expect(notices()).to.be.empty
    await phone.hangup()
  })

  it('is none of an engine that no tag ever had', async () => {
    const phone = await signedIn()
    let asked = 0
    document.addEventListener('att-unseen-call', () => asked++, { once: true })
    const element = await fixture(html`<att-phone manual><att-device-picker></att-device-picker></att-phone>`)
    const connected = heard(phone, 'call:connected')
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    await connected
    element.remove()
    await new Promise((resolve) => setTimeout(resolve))
    expect(asked).to.equal(0)
  })
})
