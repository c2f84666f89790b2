import '../define/att-phone.ts'
import { Phone } from '../../src/phone/phone.ts'
import { LocalSignaling } from '../../src/signaling/local/local-signaling.ts'
import {
  callSnapshot,
  expect,
  fixture,
  forcedPhone,
  heard,
  html,
  mounted,
  newPhone,
  newUser,
  oneEvent,
  settled,
  showing,
} from '../testing/phones.ts'
import type { AttPhone } from './att-phone.ts'

describe('<att-phone>', () => {
  afterEach(() => Phone.getPhone().dispose())

  describe('signs in', () => {
    it('by itself on the local network, as the user it names', async () => {
      const userId = newUser()
      const element = await fixture<AttPhone>(html`<att-phone .phone=${newPhone()} user-id=${userId}></att-phone>`)
      await showing(element, 'ready')
      expect(element.phone!.snapshot.session.userId).to.equal(userId)
    })

    it('with a number of its own where it names nobody', async () => {
      const element = await fixture<AttPhone>(html`<att-phone .phone=${newPhone()}></att-phone>`)
      await showing(element, 'ready')
      const { userId } = element.phone!.snapshot.session
      expect(element.shadowRoot!.querySelector('[part=who]')!.textContent).to.equal(`Your number: ${userId}`)
    })

    it('not by itself when the page wants to', async () => {
      const phone = newPhone()
      const element = await fixture<AttPhone>(html`<att-phone manual .phone=${phone}></att-phone>`)
      await phone.login({ userId: newUser() })
      await showing(element, 'ready')
    })

    it('with a server once it has credentials, which it asks for at each sign-in', async () => {
      const phone = newPhone()
      const logins: unknown[] = []
      phone.login = async (options) => void logins.push(options)
      const element = await fixture<AttPhone>(
        html`<att-phone .phone=${phone} server="https://phone.example" user-id="alice@example.com"></att-phone>`,
      )
      expect(logins).to.be.empty
      element.credentials = async () => ({ token: 'secret' })
      await element.updateComplete
      await Promise.resolve()
      expect(logins).to.deep.equal([{ userId: 'alice@example.com', token: 'secret' }])
    })

    it('on the network the page made', async () => {
      const phone = newPhone()
      const element = await fixture<AttPhone>(
        html`<att-phone
          .phone=${phone}
          .signaling=${() => new LocalSignaling()}
          server="wss://nowhere.example"
        ></att-phone>`,
      )
      await showing(element, 'ready')
      expect(phone.snapshot.session.network).to.equal('local')
    })

    it('anew when it is somebody else', async () => {
      const element = await mounted()
      const userId = newUser()
      element.userId = userId
      await settled(element.phone!, ({ session }) => session.userId === userId)
    })

    it('after the call when it becomes somebody else during one', async () => {
      const element = await mounted()
      const mine = element.phone!
      const connected = heard(mine, 'call:connected')
      await mine.dial({ destination: 'echo', mediaType: 'audio' })
      await connected
      const userId = newUser()
      element.userId = userId
      await element.updateComplete
      expect(mine.snapshot.calls).to.have.length(1)
      await mine.hangup()
      await settled(mine, ({ session }) => session.userId === userId)
    })

    it('when its button is pressed, unless the page prevents it', async () => {
      const element = await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}></att-phone>`)
      const button = element.shadowRoot!.querySelector<HTMLButtonElement>('.plain')!
      element.addEventListener('att-login-request', (event) => event.preventDefault(), { once: true })
      button.click()
      expect(element.phone!.snapshot.session.state).to.equal('signed-out')
      button.click()
      await showing(element, 'ready')
    })
  })

  describe('leaves the page', () => {
    it('and comes back with its call when it is moved', async () => {
      const element = await mounted()
      const phone = element.phone!
      const connected = heard(phone, 'call:connected')
      await phone.dial({ destination: 'echo', mediaType: 'audio' })
      await connected
      const place = document.createElement('div')
      element.before(place)
      place.append(element)
      await element.updateComplete
      expect(element.phone).to.equal(phone)
      expect(phone.snapshot.calls).to.have.length(1)
    })

    it('for good and signs out', async () => {
      const element = await mounted()
      const phone = element.phone!
      const out = heard(phone, 'session:disconnected')
      element.remove()
      await out
    })

    it('for good and stays signed out, also where a part of it is there later', async () => {
      const element = await mounted()
      const phone = element.phone!
      const states: string[] = []
      const out = heard(phone, 'session:disconnected')
      element.remove()
      await out
      phone.subscribe(({ session }) => states.push(session.state))
      element.requestUpdate()
      await element.updateComplete
      await new Promise((resolve) => setTimeout(resolve))
      expect([phone.snapshot.session.state, states]).to.deep.equal(['signed-out', []])
    })

    it('for good during a call and signs out after it', async () => {
      const element = await mounted()
      const phone = element.phone!
      const connected = heard(phone, 'call:connected')
      await phone.dial({ destination: 'echo', mediaType: 'audio' })
      await connected
      element.remove()
      await new Promise((resolve) => setTimeout(resolve))
      expect(phone.snapshot.calls).to.have.length(1)
      const out = heard(phone, 'session:disconnected')
      await phone.hangup()
      await out
    })
  })

  describe('has a phone', () => {
    it('of the page, as the first in it', async () => {
      const element = await fixture<AttPhone>(html`<att-phone manual></att-phone>`)
      expect(element.phone).to.equal(Phone.getPhone())
    })

    it('of its own, as the second', async () => {
      const place = await fixture(html`<div><att-phone manual></att-phone><att-phone manual></att-phone></div>`)
      const [first, second] = place.querySelectorAll('att-phone')
      expect(first!.phone).to.equal(Phone.getPhone())
      expect(second!.phone).not.to.equal(first!.phone)
    })

    it('of the page again, when the first one has gone', async () => {
      const first = await fixture<AttPhone>(html`<att-phone manual></att-phone>`)
      first.remove()
      const next = await fixture<AttPhone>(html`<att-phone manual></att-phone>`)
      expect(next.phone).to.equal(Phone.getPhone())
    })
  })

  describe('tells the page', () => {
    it('each event of the engine, with its payload', async () => {
      const element = await mounted()
      const heardOutside = new Promise<GlobalEventHandlersEventMap['att-call-connected']>((resolve) => {
        document.addEventListener('att-call-connected', resolve, { once: true })
      })
      await element.phone!.dial({ destination: 'echo', mediaType: 'audio' })
      const { detail, bubbles, composed } = await heardOutside
      expect(detail.to).to.equal('echo')
      expect([bubbles, composed]).to.deep.equal([true, true])
    })

    it('each event once after it was moved', async () => {
      const element = await mounted()
      element.after(element)
      let ready = 0
      element.addEventListener('att-dialing', () => ready++)
      const connected = oneEvent(element, 'att-call-connected')
      await element.phone!.dial({ destination: 'echo', mediaType: 'audio' })
      await connected
      expect(ready).to.equal(1)
    })
  })

  describe('filled', () => {
    it('shows what the page wrote and nothing else', async () => {
      const element = await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}><p>Mine</p></att-phone>`)
      expect(element.filled).to.be.true
      expect(element.shadowRoot!.querySelector('.phone')).to.be.null
    })

    it('by white space alone is empty', async () => {
      const element = await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}> </att-phone>`)
      expect(element.shadowRoot!.querySelector('.phone')).not.to.be.null
    })

    it('later gives way to what the page adds', async () => {
      const element = await fixture<AttPhone>(html`<att-phone manual .phone=${newPhone()}></att-phone>`)
      element.append(document.createElement('p'))
      await oneEvent(element.shadowRoot!.querySelector('slot')!, 'slotchange')
      await element.updateComplete
      expect(element.shadowRoot!.querySelector('.phone')).to.be.null
    })

    it('in the slot for signing in shows that while signed out', async () => {
      const element = await fixture<AttPhone>(
        html`<att-phone manual .phone=${newPhone()}><form slot="signed-out"></form></att-phone>`,
      )
      expect(element.querySelector('form')!.assignedSlot).not.to.be.null
    })
  })

  describe('in the title of the page', () => {
    const ringing = callSnapshot({ direction: 'incoming', progress: 'ringing', connectedAt: null })
    const blocked = { microphone: 'granted', camera: 'granted', output: 'blocked' } as const

    it('says who calls while the browser keeps it silent, and then gives the title back', async () => {
      const title = (document.title = 'News')
      const phone = forcedPhone({ devices: blocked, calls: [ringing] })
      await fixture(html`<att-phone manual .phone=${phone}></att-phone>`)
      expect(document.title).to.equal(`bob is calling · ${title}`)
      phone.show({ calls: [] })
      await Promise.resolve()
      expect(document.title).to.equal(title)
    })

    it('says nothing while it can be heard', async () => {
      const { title } = document
      await fixture(html`<att-phone manual .phone=${forcedPhone({ calls: [ringing] })}></att-phone>`)
      expect(document.title).to.equal(title)
    })

    it('leaves what the page wrote meanwhile', async () => {
      const { title } = document
      const phone = forcedPhone({ devices: blocked, calls: [ringing] })
      const element = await fixture(html`<att-phone manual .phone=${phone}></att-phone>`)
      document.title = 'Newer news'
      element.remove()
      expect(document.title).to.equal('Newer news')
      document.title = title
    })
  })

  it('calls and is called: two phones on one page', async () => {
    const [alice, bob] = [await mounted(), await mounted()]
    await alice.phone!.dial({ destination: bob.phone!.snapshot.session.userId!, mediaType: 'video' })
    await showing(bob, 'incoming')
    bob.shadowRoot!.querySelectorAll('att-answer-button')[1]!.click()
    await Promise.all([showing(alice, 'connected'), showing(bob, 'connected')])
    alice.shadowRoot!.querySelector('att-hangup-button')!.click()
    await Promise.all([showing(alice, 'ready'), showing(bob, 'ready')])
  })
})
