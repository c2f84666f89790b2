import { sendKeys } from '@web/test-runner-commands'
import { Idiomorph } from 'idiomorph'
import '../define/all.ts'
import {
  callSnapshot,
  drawn,
  expect,
  fixture,
  forcedPhone,
  html,
  mounted,
  newPhone,
  newUser,
  showing,
} from '../testing/phones.ts'
import type { AttPhone } from '../att-phone/att-phone.ts'
import type { AttContactsField } from '../att-contacts-field/att-contacts-field.ts'
import type { AttDialpad } from '../att-dialpad/att-dialpad.ts'

const isRendered = (element: Element, selector: string): boolean => element.shadowRoot!.querySelector(selector) !== null

describe('What a tag tells by an attribute', () => {
  for (const attribute of ['state', 'filled']) {
    it(`is not read: ${attribute}`, async () => {
      const element = await mounted()
      const before = element.getAttribute(attribute)
      for (const change of [
        () => element.setAttribute(attribute, 'connected'),
        () => element.removeAttribute(attribute),
        () => element.toggleAttribute(attribute),
      ]) {
        change()
        await drawn(element)
        expect([element.getAttribute(attribute), element.state, element.filled]).to.deep.equal([before, 'ready', false])
        expect(isRendered(element, '.phone')).to.be.true
      }
    })
  }

  it('cannot be set as a property', async () => {
    const element = await mounted()
    expect(() => Object.assign(element, { state: 'held' })).to.throw(TypeError)
    expect(element.state).to.equal('ready')
  })

  it('is not believed where a server wrote it', async () => {
    const place = await fixture(html`<div></div>`)
    place.innerHTML = '<att-phone manual state="connected" filled></att-phone><att-mute-button for="none" state="held">'
    for (const element of place.querySelectorAll<AttPhone>('att-phone, att-mute-button')) {
      await drawn(element)
      expect([element.getAttribute('state'), element.hasAttribute('filled')]).to.deep.equal(['signed-out', false])
    }
  })

  it('outlives a page that takes away every attribute', async () => {
    const element = await mounted()
    const [attributes] = [element.attributes]
    while (attributes.length > 0) element.removeAttribute(attributes[0]!.name)
    await drawn(element)
    expect(element.getAttribute('state')).to.equal(element.state)
  })

  it('outlives a morph, with what the page wrote into the phone', async () => {
    const place = await fixture(
      html`<div>
        <att-phone manual><p>Mine</p></att-phone>
      </div>`,
    )
    const element = place.querySelector('att-phone')!
    await drawn(element)
    void Idiomorph.morph(place, '<div><att-phone manual><p>Yours</p></att-phone></div>')
    await drawn(element)
    expect([element.isConnected, element.textContent, element.filled, isRendered(element, '.phone')]).to.deep.equal([
      true,
      'Yours',
      true,
      false,
    ])
    expect(element.outerHTML).to.equal('<att-phone manual="" state="signed-out" filled=""><p>Yours</p></att-phone>')
  })

  it('says nothing of what a person opened: a morph does not close it', async () => {
    const phone = forcedPhone({ calls: [callSnapshot()] })
    await fixture(html`<att-phone manual id="line" .phone=${phone}></att-phone>`)
    const place = await fixture(html`<div><att-quality for="line"></att-quality></div>`)
    const quality = place.querySelector('att-quality')!
    await drawn(quality)
    quality.shadowRoot!.querySelector('button')!.click()
    void Idiomorph.morph(place, '<div><att-quality for="line"></att-quality></div>')
    await drawn(quality)
    expect(quality.open).to.be.true
  })
})

describe('In an editing area', () => {
  const areas = {
    'an editable element': html`<div contenteditable><att-phone user-id="editor"></att-phone></div>`,
    'plain text': html`<div contenteditable="plaintext-only"><att-phone user-id="editor"></att-phone></div>`,
    'an island of an editable element': html`<div contenteditable="true">
      <div contenteditable="false"><att-phone user-id="editor"></att-phone></div>
    </div>`,
    'an editable tag': html`<div><att-phone contenteditable user-id="editor"></att-phone></div>`,
  }
  for (const [name, area] of Object.entries(areas)) {
    it(`a phone is a picture of itself: ${name}`, async () => {
      const place = await fixture<HTMLElement>(area)
      const element = place.querySelector('att-phone')!
      element.phone = newPhone()
      await drawn(element)
      expect(isRendered(element, '.phone')).to.be.true
      expect(element.phone.snapshot.session.state).to.equal('signed-out')
      expect(place.innerHTML).not.to.match(/state=|filled|signing/)
    })
  }

  it('a filled phone keeps its markup as it was written', async () => {
    const markup =
      '<att-phone manual=""><att-dialpad></att-dialpad><att-call-button to="1"></att-call-button></att-phone>'
    const place = await fixture<HTMLElement>(html`<div contenteditable></div>`)
    place.innerHTML = markup
    for (const element of place.querySelectorAll<AttPhone>('att-phone, att-dialpad')) await drawn(element)
    expect(place.innerHTML).to.equal(markup)
    expect(isRendered(place.querySelector('att-phone')!, '.phone')).to.be.false
  })

  it('takes no keys and no clicks', async () => {
    const place = await fixture<HTMLElement>(html`<div contenteditable><att-phone manual></att-phone></div>`)
    const element = place.querySelector('att-phone')!
    const phone = forcedPhone()
    element.phone = phone
    await drawn(element)
    const dialpad = element.shadowRoot!.querySelector<AttDialpad>('att-dialpad')!
    await drawn(dialpad)
    dialpad.focus()
    await sendKeys({ type: '1' })
    expect([dialpad.value, element.shadowRoot!.activeElement]).to.deep.equal(['', null])
  })

  it('a phone that an editor is opened around signs out, and in when the editor goes', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`)
    const phone = newPhone()
    const element = document.createElement('att-phone')
    Object.assign(element, { phone, userId: newUser() })
    place.append(element)
    await showing(element, 'ready')
    const out = new Promise((resolve) => phone.on('session:disconnected', resolve))
    place.contentEditable = 'true'
    await out
    await drawn(element)
    expect(place.innerHTML).not.to.contain('state=')
    place.contentEditable = 'inherit'
    await showing(element, 'ready')
  })
})

describe('Shortcuts of the page', () => {
  let heard: string[] = []
  const listen = ({ key }: KeyboardEvent): void => void heard.push(key)

  beforeEach(() => {
    heard = []
    for (const name of ['keydown', 'keypress', 'keyup'] as const) document.addEventListener(name, listen)
  })
  afterEach(() => {
    for (const name of ['keydown', 'keypress', 'keyup'] as const) document.removeEventListener(name, listen)
  })

  const type = async (): Promise<void> => {
    for (const press of ['1', '#', 'k', 'Backspace', 'ArrowLeft']) await sendKeys({ press })
  }

  it('do not hear what is typed into the field of a phone', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${forcedPhone()}></att-phone>`)
    const dialpad = element.shadowRoot!.querySelector('att-dialpad')!
    await drawn(dialpad)
    dialpad.focus()
    await type()
    expect(dialpad.value).to.equal('1#')
    expect(heard).to.be.empty
  })

  it('do not hear digits that the phone takes', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual .phone=${forcedPhone()}></att-phone>`)
    element.shadowRoot!.querySelector<HTMLElement>('.phone')!.focus()
    await sendKeys({ press: '7' })
    expect(element.shadowRoot!.querySelector('att-dialpad')!.value).to.equal('7')
    expect(heard.filter((key) => key === '7')).to.have.length.below(2)
  })

  it('do not hear what is typed into a field of a tag that stands alone', async () => {
    const field = await fixture<AttContactsField>(html`<att-contacts-field label="To"></att-contacts-field>`)
    field.focus()
    await type()
    expect(heard).to.be.empty
  })

  it('hear Escape and keys with a modifier', async () => {
    const dialpad = await fixture<AttDialpad>(html`<att-dialpad></att-dialpad>`)
    dialpad.focus()
    await sendKeys({ press: 'Escape' })
    await sendKeys({ press: 'F9' })
    expect(heard).to.include.members(['Escape', 'F9'])
  })

  it('hear what is typed into a field that the page wrote into a phone', async () => {
    const element = await fixture<AttPhone>(html`<att-phone manual><input aria-label="Mine" /></att-phone>`)
    element.querySelector('input')!.focus()
    await sendKeys({ press: '1' })
    expect(heard).to.contain('1')
  })

  it('are heard by the tag itself', async () => {
    const dialpad = await fixture<AttDialpad>(html`<att-dialpad></att-dialpad>`)
    const told: string[] = []
    dialpad.addEventListener('keydown', ({ key }) => told.push(key))
    dialpad.focus()
    await sendKeys({ press: '5' })
    expect(told).to.deep.equal(['5'])
  })
})
