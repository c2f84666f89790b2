import '../define/all.ts'
import { Phone } from '../../src/phone/phone.ts'
import { LocalSignaling } from '../../src/signaling/local/local-signaling.ts'
import { drawn, expect, fixture, html, newPhone, newUser, showing } from '../testing/phones.ts'
import type { AttPhone } from './att-phone.ts'

describe('The attributes of a phone', () => {
  afterEach(() => Phone.getPhone().dispose())

  it('reach the engine at once, though the page signs in', () => {
    const element = document.createElement('att-phone')
    element.setAttribute('manual', '')
    element.setAttribute('server', 'https://phone.example')
    document.body.append(element)
    expect(element.phone!.server).to.equal('https://phone.example')
    element.setAttribute('server', 'wss://sip.example')
    expect(element.phone!.server).to.equal('wss://sip.example')
    element.removeAttribute('server')
    expect(element.phone!.server).to.equal(null)
    element.remove()
  })

  it('are those of the network that the page signs in to: never another one', async () => {
    const element = await fixture<AttPhone>(
      html`<att-phone manual server="https://phone.example" .phone=${newPhone()}></att-phone>`,
    )
    let code = ''
    await element
      .phone!.login({ userId: 'alice' })
      .catch((error: unknown) => (code = (error as { ErrorCode: string }).ErrorCode))
    expect([code, element.phone!.snapshot.session.state]).to.deep.equal(['2002', 'signed-out'])
  })

  it('reach a phone that is set later', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual server="https://phone.example"></att-phone>`)
    const phone = newPhone()
    element.phone = phone
    expect(phone.server).to.equal('https://phone.example')
  })

  it('that say nothing leave the engine as the page set it up', async () => {
    const phone = newPhone()
    phone.configure({ server: 'https://phone.example' })
    await fixture(html`<att-phone manual .phone=${phone}></att-phone>`)
    expect(phone.server).to.equal('https://phone.example')
  })
})

describe('A phone signs in by its own method', () => {
  it('with its attributes and credentials, where the page wants to', async () => {
    const phone = newPhone()
    const logins: unknown[] = []
    phone.login = async (options) => void logins.push(options)
    const element = await fixture<AttPhone>(
      html`<att-phone
        manual
        .phone=${phone}
        server="https://phone.example"
        user-id="alice"
        .credentials=${() => ({ token: 'secret' })}
      ></att-phone>`,
    )
    expect(logins).to.be.empty
    await element.signIn()
    expect(logins).to.deep.equal([{ userId: 'alice', token: 'secret' }])
  })

  it('once, and is ready then', async () => {
    const element = await fixture<AttPhone>(
      html`<att-phone manual .phone=${newPhone()} user-id=${newUser()}></att-phone>`,
    )
    let ready = 0
    element.addEventListener('att-session-ready', () => ready++)
    await Promise.all([element.signIn(), element.signIn()])
    await element.signIn()
    expect([ready, element.phone!.snapshot.session.state]).to.deep.equal([1, 'ready'])
  })

  it('and out, and stays out', async () => {
    const element = await fixture<AttPhone>(html`<att-phone .phone=${newPhone()} user-id=${newUser()}></att-phone>`)
    await showing(element, 'ready')
    await element.signOut()
    element.mediaType = 'video'
    await drawn(element)
    await showing(element, 'signed-out')
    await element.signOut()
    await element.signIn()
    await showing(element, 'ready')
  })

  it('and rejects with what the network refused', async () => {
    const element = await fixture<AttPhone>(
      html`<att-phone manual .phone=${newPhone()} server="https://phone.example"></att-phone>`,
    )
    let refused: unknown
    await element.signIn().catch((error: unknown) => (refused = error))
    expect(refused).to.have.property('ErrorCode', '2002')
  })

  it('only in a page', async () => {
    const element = document.createElement('att-phone')
    for (const method of ['signIn', 'signOut'] as const) {
      let refused: unknown
      await element[method]().catch((error: unknown) => (refused = error))
      expect(refused).to.be.instanceOf(DOMException).and.have.property('name', 'InvalidStateError')
    }
  })
})

describe('A tag whose engine is used with another server', () => {
  it('says so on the console, once', async () => {
    const warned: string[] = []
    const { warn } = console
    // eslint-disable-next-line no-console -- it is what is tested
    console.warn = (text: string) => warned.push(text)
    const phone = newPhone()
    const element = await fixture<AttPhone>(
      html`<att-phone manual server="https://tag.example" .phone=${phone}></att-phone>`,
    )
    phone.configure({ server: null, signaling: () => new LocalSignaling() })
    await phone.login({ userId: newUser() })
    await showing(element, 'ready')
    await phone.logout()
    await phone.login({ userId: newUser() })
    await showing(element, 'ready')
    await import('../base/author-words.ts')
    await drawn(element)
    // eslint-disable-next-line no-console -- it is what is tested
    console.warn = warn
    expect(warned.filter((text) => text.includes('tag.example'))).to.deep.equal([
      'att-phone: <att-phone server="https://tag.example"> shows an engine that is signed in at no server. ' +
        'Give the tag and the engine one address: leave the server to the tag, and sign in with signIn(). ' +
        `https://unpkg.com/att-phone@${phone.version}/docs/console.md#other-server`,
    ])
  })
})
