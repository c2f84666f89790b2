import { sendKeys } from '@web/test-runner-commands'
import '../../define/att-phone.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  mounted,
  newPhone,
  rings,
  settled,
  showing,
  signedIn,
  textOf,
} from '../../testing/phones.ts'
import type { Phone } from '../../../src/phone/phone.ts'
import type { AttCallHistory } from '../../att-call-history/att-call-history.ts'
import type { AttPhone } from '../att-phone.ts'
import type { View } from '../whole-phone.ts'

const people = [
  { name: 'Zoë Ümit', address: 'zoe@example.com' },
  { name: 'Bob Kimura', address: '+1 212 555 0143', label: 'Mobile' },
  { name: 'Echo Desk', address: 'echo' },
]
const find = (element: AttPhone, selector: string): HTMLElement =>
  element.shadowRoot!.querySelector<HTMLElement>(selector)!
const tabsOf = (element: AttPhone): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>('.tab')]
const recentsOf = (element: AttPhone): AttCallHistory => element.shadowRoot!.querySelector('att-call-history')!

/** The phone with its views, which are loaded once one is signed in. */
async function withViews(element: AttPhone): Promise<AttPhone> {
  await import('./views.ts')
  do await drawn(element)
  while (!find(element, '.tab'))
  await drawn(recentsOf(element))
  return element
}

const show = async (phone: Phone, contacts: typeof people = []): Promise<AttPhone> =>
  withViews(await fixture<AttPhone>(html`<att-phone manual .phone=${phone} .contacts=${contacts}></att-phone>`))

async function open(element: AttPhone, view: View): Promise<void> {
  find(element, `.tab.${view}`).click()
  await drawn(element)
}

/** Somebody rings at `phone`, and takes it back. */
async function misses(phone: Phone, element: AttPhone): Promise<void> {
  const caller = await signedIn()
  await rings(caller, phone)
  await Promise.all([heard(phone, 'call:canceled'), caller.cancel()])
  await settled(phone, ({ calls }) => calls.length === 0)
  await showing(element, 'ready')
  await drawn(element)
}

describe('The bar of the whole phone', () => {
  it('leads to recents and settings, and to contacts where the page gives any', async () => {
    expect(tabsOf(await show(forcedPhone())).map(textOf)).to.deep.equal(['Keypad', 'Recents', 'Settings'])
    expect(tabsOf(await show(forcedPhone(), people)).map(textOf)).to.deep.equal([
      'Keypad',
      'Recents',
      'Contacts',
      'Settings',
    ])
  })

  it('is worked by keyboard, and says where one is', async () => {
    const element = await show(forcedPhone(), people)
    find(element, '.tab.recents').focus()
    await sendKeys({ press: 'Enter' })
    await drawn(element)
    expect(tabsOf(element).map((tab) => tab.getAttribute('aria-current'))).to.deep.equal([null, 'page', null, null])
    expect(element.shadowRoot!.activeElement).to.equal(find(element, '.tab.recents'))
    expect(find(element, 'att-dialpad').checkVisibility()).to.be.false
    expect(recentsOf(element).checkVisibility()).to.be.true
  })

  it('is not there during a call, and comes back to where one was', async () => {
    const phone = forcedPhone()
    const element = await show(phone)
    await open(element, 'recents')
    phone.show({ calls: [callSnapshot()] })
    await drawn(element)
    expect(tabsOf(element)).to.be.empty
    expect(recentsOf(element).checkVisibility()).to.be.false
    phone.show({ calls: [] })
    await drawn(element)
    expect(recentsOf(element).checkVisibility()).to.be.true
  })

  for (const view of ['keypad', 'recents', 'contacts', 'settings'] as const) {
    it(`leaves the phone accessible, as high as before and 240 pixels wide with ${view}`, async () => {
      const element = await fixture<AttPhone>(
        html`<att-phone manual .phone=${forcedPhone()} .contacts=${people}></att-phone>`,
      )
      element.style.inlineSize = '240px'
      await withViews(element)
      const { height } = element.getBoundingClientRect()
      await open(element, view)
      expect(find(element, '.phone').scrollWidth).to.be.at.most(240)
      expect(element.getBoundingClientRect().height).to.equal(height)
      await expect(element).to.be.accessible()
    })
  }

  it('leaves the keypad where it is when wide, and shows the recents beside it', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${forcedPhone()}></att-phone>`)
    element.style.inlineSize = '760px'
    await withViews(element)
    while (!recentsOf(element).checkVisibility()) await drawn(element)
    const [left, right] = [recentsOf(element), find(element, 'att-dialpad')].map((each) => each.getBoundingClientRect())
    expect(left!.right).to.be.at.most(right!.left)
    expect(find(element, '.row.dial').checkVisibility()).to.be.true
  })
})

describe('Recents', () => {
  it('have the call that just was, by its name, and a tap on it calls again', async () => {
    const element = await withViews(await mounted(newPhone()))
    const phone = element.phone!
    const bob = newPhone()
    await bob.login({ userId: 'bob.kimura', displayName: 'Bob Kimura' })
    await rings(bob, phone)
    const established = heard(phone, 'media:established')
    await phone.answer({ mediaType: 'audio' })
    await established
    await bob.hangup()
    await showing(element, 'ready')
    await open(element, 'recents')
    await drawn(recentsOf(element))
    const row = recentsOf(element).shadowRoot!.querySelector<HTMLElement>('[part=call]')!
    expect(textOf(row)).to.match(/^Bob Kimura\s*Incoming · 00:0\d/)
    // Where a finger comes down: on the name.
    const { left, top, height } = row.querySelector('b')!.getBoundingClientRect()
    const ringing = settled(bob, ({ calls }) => calls.length > 0)
    ;(recentsOf(element).shadowRoot!.elementFromPoint(left + 3, top + height / 2) as HTMLElement).click()
    await ringing
  })

  it('say in words and by their number which calls were missed, until one looks', async () => {
    const element = await withViews(await mounted(newPhone()))
    await misses(element.phone!, element)
    await misses(element.phone!, element)
    expect(find(element, '.tab.recents').ariaLabel).to.equal('Recents, 2 missed calls')
    expect(textOf(find(element, '.count'))).to.equal('2')
    await open(element, 'recents')
    await drawn(recentsOf(element))
    expect(textOf(recentsOf(element))).to.contain('Missed call')
    expect(find(element, '.tab.recents').ariaLabel).to.equal('Recents')
    await open(element, 'keypad')
    expect(find(element, '.count')).to.equal(null)
  })

  it('have a call that was over before they were loaded', async () => {
    const phone = await signedIn()
    const filled = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}><p>Mine</p></att-phone>`)
    await phone.dial({ destination: 'reject', mediaType: 'audio' }).catch(() => {})
    await settled(phone, ({ calls, lastCall }) => calls.length === 0 && lastCall !== null)
    filled.replaceChildren()
    await withViews(filled)
    await drawn(recentsOf(filled))
    expect(recentsOf(filled).records.map(({ outcome }) => outcome)).to.deep.equal(['unanswered'])
  })

  it('are not those of who was signed in before', async () => {
    const element = await withViews(await mounted(newPhone()))
    const phone = element.phone!
    await misses(phone, element)
    await phone.logout()
    await showing(element, 'signed-out')
    await phone.login({ userId: 'somebody.else' })
    await withViews(element)
    expect(recentsOf(element).records).to.be.empty
  })

  it('are forgotten with the page, unless the page keeps them', async () => {
    localStorage.clear()
    const element = await withViews(await mounted(newPhone()))
    await misses(element.phone!, element)
    expect(localStorage).to.have.length(0)
    element.keep = 'desk'
    await drawn(element)
    await drawn(recentsOf(element))
    await misses(element.phone!, element)
    expect(Object.keys(localStorage)).to.include('att.call-history:desk')
    localStorage.clear()
  })
})

describe('Contacts', () => {
  const rows = (element: AttPhone): string[] =>
    [...element.shadowRoot!.querySelectorAll('[part=contact] > .avatar + span')].map(textOf)

  it('stand in the order of their names, each with what a press does', async () => {
    const element = await show(forcedPhone(), people)
    await open(element, 'contacts')
    expect(rows(element)).to.deep.equal([
      'Call: Bob Kimura Mobile · +1 212 555 0143',
      'Call: Echo Desk echo',
      'Call: Zoë Ümit zoe@example.com',
    ])
  })

  it('are found by what is typed, without accents, and by digits', async () => {
    const element = await show(forcedPhone(), people)
    await open(element, 'contacts')
    const search = element.shadowRoot!.querySelector<HTMLInputElement>('[part=search]')!
    for (const [typed, found] of [
      ['umit', ['Call: Zoë Ümit zoe@example.com']],
      ['2125', ['Call: Bob Kimura Mobile · +1 212 555 0143']],
      ['xyz', []],
    ] as const) {
      search.focus()
      search.select()
      await sendKeys({ type: typed })
      await drawn(element)
      expect(rows(element)).to.deep.equal(found)
    }
    expect(textOf(find(element, '.nobody'))).to.equal('Nobody by that name or number')
    await expect(element).to.be.accessible()
  })

  it('are called by a press, and the page may do it in its own way', async () => {
    const element = await mounted(newPhone())
    element.contacts = people
    await withViews(element)
    await open(element, 'contacts')
    let detail: unknown
    element.addEventListener(
      'att-dial-request',
      (event) => {
        event.preventDefault()
        detail = event.detail
      },
      { once: true },
    )
    const echo = element.shadowRoot!.querySelector<HTMLElement>('[title="Call Echo Desk"]')!
    echo.click()
    expect(detail).to.deep.equal({ destination: 'echo', mediaType: 'audio' })
    const established = heard(element.phone!, 'media:established')
    echo.click()
    await established
  })

  it('give their names to those who call, unless the page knows better', async () => {
    const calls = [callSnapshot({ remote: { address: '+12125550143', uri: 'tel:+12125550143' } })]
    const phone = forcedPhone()
    const element = await show(phone, people)
    phone.show({ calls })
    const view = element.shadowRoot!.querySelector('att-call-view')!
    await new Promise((resolve) => setTimeout(resolve))
    while (!textOf(view).includes('Bob Kimura')) await drawn(view)
    element.resolveContact = () => ({ name: 'Robert' })
    await drawn(element)
    while (!textOf(view).includes('Robert')) await drawn(view)
    expect(textOf(view)).not.to.contain('Bob Kimura')
  })

  it('show hostile names as text', async () => {
    const name = '<img src=x onerror=alert(1)>'
    const element = await show(forcedPhone(), [{ name, address: 'x' }])
    await open(element, 'contacts')
    expect(textOf(find(element, '[part=contact] b'))).to.equal(name)
    expect(element.shadowRoot!.querySelector('[part=contact] img')).to.equal(null)
  })
})

describe('Settings', () => {
  it('choose devices and sounds, and keep the choice where the page says so', async () => {
    const phone = forcedPhone()
    const asked: unknown[] = []
    phone.chooseDevices = (choice) => {
      asked.push(choice)
      return Promise.resolve()
    }
    const element = await show(phone)
    await open(element, 'settings')
    const picker = element.shadowRoot!.querySelector('att-device-picker')!
    await drawn(picker)
    const labels = [...picker.shadowRoot!.querySelectorAll('label.name')].map(textOf)
    expect(labels).to.deep.equal(['Speaker', 'Ringing', 'Microphone', 'Camera'])
    expect(asked).to.be.empty
    element.keep = ''
    await drawn(element)
    expect(asked).to.deep.include({ remember: true })
  })
})
