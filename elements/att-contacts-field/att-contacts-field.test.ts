import { sendKeys } from '@web/test-runner-commands'
import '../define/phone-provider.ts'
import '../define/att-contacts-field.ts'
import { numbersReady } from '../../src/phone/numbers/load-number-format.ts'
import { numberEntryOf } from '../base/number-entry.ts'
import { expect, fixture, forcedPhone, heard, html, oneEvent, signedIn, textOf, within } from '../testing/phones.ts'
import { contactMatches, type Contact } from './contact-matches.ts'
import type { AttContactsField } from './att-contacts-field.ts'

const contacts: readonly Contact[] = [
  { name: 'Alice Müller', address: 'alice@example.com' },
  { name: 'Bob Kimura', address: '+12125550143', label: 'Mobile' },
  { name: 'Carol Díaz', address: 'echo' },
]
const tag = html`<att-contacts-field .contacts=${contacts}></att-contacts-field>`

const inputOf = (field: AttContactsField): HTMLInputElement => field.shadowRoot!.querySelector('input')!
const optionsOf = (field: AttContactsField): HTMLElement[] => [
  ...field.shadowRoot!.querySelectorAll<HTMLElement>('[role=option]'),
]
const hintOf = (field: AttContactsField): string => field.shadowRoot!.querySelector('.hint')!.textContent.trim()

async function type(field: AttContactsField, text: string): Promise<void> {
  field.focus()
  for (const key of text) await sendKeys({ press: key })
  await field.updateComplete
}

async function press(field: AttContactsField, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await sendKeys({ press: key })
  await field.updateComplete
}

interface FormFixture {
  readonly form: HTMLFormElement
  readonly field: AttContactsField
  readonly submitted: () => string | null
}

/** The field in a form, and what the form sent last. */
async function inForm(field = tag): Promise<FormFixture> {
  const form = await fixture<HTMLFormElement>(html`<form>${field}</form>`)
  let sent: string | null = null
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    sent = new URLSearchParams(new FormData(form) as unknown as Record<string, string>).toString()
  })
  const element = form.querySelector('att-contacts-field')!
  await element.updateComplete
  return { form, field: element, submitted: () => sent }
}

describe('contactMatches', () => {
  const table: Record<string, string[]> = {
    '': ['Alice Müller', 'Bob Kimura', 'Carol Díaz'],
    muller: ['Alice Müller'],
    'kim bob': ['Bob Kimura'],
    DIAZ: ['Carol Díaz'],
    '555 01': ['Bob Kimura'],
    example: ['Alice Müller'],
    ller: [],
  }
  for (const [typed, names] of Object.entries(table)) {
    it(`finds ${names.join(', ') || 'nobody'} by “${typed}”`, () =>
      expect(contactMatches(contacts, typed).map(({ name }) => name)).to.deep.equal(names))
  }

  it('gives no more than can be looked through', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({ name: `Ann ${index}`, address: String(index) }))
    expect(contactMatches(many, 'ann')).to.have.length(50)
  })
})

describe('<att-contacts-field>', () => {
  describe('while a number is typed', () => {
    it('spaces it and names its country', async () => {
      await numbersReady()
      const field = await within<AttContactsField>(forcedPhone(), tag)
      await type(field, '+442071838750')
      expect(inputOf(field).value).to.equal('+44 20 7183 8750')
      expect(hintOf(field)).to.equal('United Kingdom')
    })

    it('has for its value what is dialled', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      await type(field, '(212) 555-0143')
      expect(field.value).to.equal('12125550143')
    })

    it('tells the page', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      const changed = oneEvent(field, 'att-number-change')
      await type(field, '7')
      expect((await changed).detail).to.deep.equal({ value: '7' })
    })

    it('shares it with the keypad and the button of the same phone', async () => {
      const phone = forcedPhone()
      const field = await within<AttContactsField>(phone, tag)
      await type(field, 'ech')
      expect(numberEntryOf(phone).snapshot.value).to.equal('ech')
      numberEntryOf(phone).update({ value: 'echo' })
      await Promise.resolve()
      expect(field.contact?.name).to.equal('Carol Díaz')
    })
  })

  describe('lists contacts', () => {
    it('that fit what is typed', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      await type(field, 'bo')
      expect(optionsOf(field).map(textOf)).to.deep.equal(['Bob Kimura Mobile · 1 (212) 555-0143'])
      expect(inputOf(field).getAttribute('aria-expanded')).to.equal('true')
    })

    it('and takes the one that is clicked', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      await type(field, 'bo')
      const changed = oneEvent(field, 'change')
      optionsOf(field)[0]!.click()
      await changed
      await field.updateComplete
      expect(inputOf(field).value).to.equal('Bob Kimura')
      expect(field.value).to.equal('12125550143')
      expect(optionsOf(field)).to.be.empty
    })

    it('all of them when Arrow Down is pressed, and goes through them and back to the field', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      field.focus()
      const marked: (string | null)[] = []
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp']) {
        await press(field, key)
        marked.push(inputOf(field).getAttribute('aria-activedescendant'))
      }
      expect(marked).to.deep.equal(['contact-0', 'contact-1', 'contact-2', null, 'contact-2'])
    })

    it('takes the marked one by Enter, and calls nobody by that', async () => {
      const phone = await signedIn()
      const field = await within<AttContactsField>(phone, tag)
      await type(field, 'car')
      await press(field, 'ArrowDown', 'Enter')
      expect(field.value).to.equal('echo')
      expect(phone.snapshot.calls).to.be.empty
    })

    it('no more after Escape', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      await type(field, 'a')
      await press(field, 'Escape')
      expect(optionsOf(field)).to.be.empty
      expect(inputOf(field).value).to.equal('a')
    })

    it('as text, no matter what their names are', async () => {
      const hostile = [{ name: '<img src=x onerror=alert(1)>', address: '"><script>alert(1)</script>' }]
      const field = await within<AttContactsField>(
        forcedPhone(),
        html`<att-contacts-field .contacts=${hostile}></att-contacts-field>`,
      )
      field.focus()
      await press(field, 'ArrowDown')
      expect(textOf(optionsOf(field)[0]!)).to.contain('<img src=x onerror=alert(1)>')
      expect(field.shadowRoot!.querySelector('img, script')).to.equal(null)
    })
  })

  describe('in a phone', () => {
    it('calls by Enter, and is empty for the next number', async () => {
      const phone = await signedIn()
      const field = await within<AttContactsField>(phone, tag)
      await type(field, 'echo')
      await press(field, 'Escape')
      const connected = heard(phone, 'call:connected')
      await press(field, 'Enter')
      expect((await connected).to).to.equal('echo')
      expect(field.value).to.equal('')
    })

    it('lets the page call in its own way', async () => {
      const phone = await signedIn()
      const field = await within<AttContactsField>(phone, tag)
      let detail: unknown
      field.addEventListener('att-dial-request', (event) => {
        event.preventDefault()
        detail = event.detail
      })
      await type(field, '+1 212 555 0143')
      await press(field, 'Escape', 'Enter')
      expect(detail).to.deep.equal({ destination: '12125550143', mediaType: 'audio' })
      expect(phone.snapshot.calls).to.be.empty
    })

    it('says by Enter what cannot be called', async () => {
      const field = await within<AttContactsField>(await signedIn(), tag)
      await type(field, '555-1234')
      await press(field, 'Enter')
      expect(hintOf(field)).to.equal('This is neither a number nor a name that can be called')
      expect(inputOf(field).getAttribute('aria-invalid')).to.equal('true')
      expect(field.matches(':state(user-invalid)')).to.be.true
    })
  })

  describe('in a form', () => {
    const named = html`<att-contacts-field name="to" required .contacts=${contacts}></att-contacts-field>`

    it('is sent as the address of the contact', async () => {
      const { field, submitted } = await inForm(named)
      await type(field, 'bob')
      await press(field, 'ArrowDown', 'Enter', 'Enter')
      expect(submitted()).to.equal('to=12125550143')
    })

    it('keeps the form from being sent while it is empty and required', async () => {
      const { form, field, submitted } = await inForm(named)
      form.requestSubmit()
      await field.updateComplete
      expect(submitted()).to.equal(null)
      expect(field.validity.valueMissing).to.be.true
      expect(hintOf(field)).to.equal('Enter a number first')
    })

    it('keeps the form from being sent with what cannot be called', async () => {
      const { form, field, submitted } = await inForm(named)
      field.value = 'https://example.com'
      await field.updateComplete
      form.requestSubmit()
      expect(submitted()).to.equal(null)
      expect(field.validity.badInput).to.be.true
    })

    it('goes back to its first value with the form', async () => {
      const { form, field } = await inForm(html`<att-contacts-field name="to" value="911"></att-contacts-field>`)
      expect(field.value).to.equal('911')
      field.value = '411'
      form.reset()
      expect(field.value).to.equal('911')
    })

    it('is brought back by the browser, contact and all', async () => {
      const { field } = await inForm(named)
      field.formStateRestoreCallback('+12125550143')
      await field.updateComplete
      expect(inputOf(field).value).to.equal('Bob Kimura')
    })

    it('is disabled with its fieldset', async () => {
      const { form, field } = await inForm(html`<fieldset disabled>${named}</fieldset>`)
      await field.updateComplete
      expect(inputOf(field).disabled).to.be.true
      expect([...new FormData(form)]).to.be.empty
    })

    it('is called as its label says', async () => {
      const { field } = await inForm(
        html`<label for="who">Whom?</label> <att-contacts-field id="who"></att-contacts-field>`,
      )
      expect(inputOf(field).getAttribute('aria-label')).to.equal('Whom?')
    })

    it('leaves the keypad of the page alone', async () => {
      const phone = forcedPhone()
      const place = await within<HTMLElement>(phone, html`<form>${named}</form>`)
      await type(place.querySelector('att-contacts-field')!, '411')
      expect(numberEntryOf(phone).snapshot.value).to.equal('')
    })
  })

  describe('is accessible', () => {
    it('empty', async () => expect(await within<AttContactsField>(forcedPhone(), tag)).to.be.accessible())

    it('with its list', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      field.focus()
      await press(field, 'ArrowDown')
      await expect(field).to.be.accessible()
    })

    it('with what cannot be called', async () => {
      const field = await within<AttContactsField>(await signedIn(), tag)
      await type(field, '555-1234')
      await press(field, 'Enter')
      await expect(field).to.be.accessible()
    })

    it('read from the right, 240 pixels wide', async () => {
      const field = await within<AttContactsField>(forcedPhone(), tag)
      field.dir = 'rtl'
      field.style.inlineSize = '240px'
      field.focus()
      await press(field, 'ArrowDown')
      await expect(field).to.be.accessible()
      expect(field.scrollWidth).to.be.at.most(240)
    })
  })
})
