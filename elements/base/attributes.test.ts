import type * as Vue from 'vue'
import '../define/all.ts'
import { drawn, expect, fixture, html } from '../testing/phones.ts'
import type { AttContactsField } from '../att-contacts-field/att-contacts-field.ts'

interface Attribute {
  readonly name: string
  readonly fieldName?: string
  readonly type?: { readonly text: string }
}

interface Manifest {
  readonly modules: readonly {
    readonly declarations?: readonly { readonly tagName?: string; readonly attributes?: readonly Attribute[] }[]
  }[]
}

const manifest = (await (await fetch('/custom-elements.json')).json()) as Manifest

/** What a tag only tells, and never reads. */
const told = ['state', 'filled']

/** Every attribute of every tag that the page writes. */
const attributes = manifest.modules
  .flatMap(({ declarations = [] }) => declarations)
  .flatMap(({ tagName = '', attributes: own = [] }) => own.map((attribute) => ({ tag: tagName, ...attribute })))
  .filter(({ tag, name }) => tag !== '' && !told.includes(name))

interface Tag extends HTMLElement {
  readonly updateComplete: Promise<boolean>
  [property: string]: unknown
}

const make = (tag: string): Tag => document.createElement(tag) as unknown as Tag

describe('A boolean attribute', () => {
  const booleans = attributes.filter(({ type }) => type?.text === 'boolean')

  it('is what many tags have', () => {
    expect(booleans.length).to.be.above(20)
  })

  for (const { tag, name, fieldName = name } of booleans) {
    it(`${name} of <${tag}> is off where it is false, in markup and as a property`, () => {
      const element = make(tag)
      const values: unknown[] = []
      for (const value of ['', 'true', name, 'false', ' FALSE ']) {
        element.setAttribute(name, value)
        values.push(element[fieldName])
      }
      element.removeAttribute(name)
      values.push(element[fieldName])
      expect(values).to.deep.equal([true, true, true, false, false, false])
      for (const [value, wanted] of [
        ['false', false],
        ['', true],
        [' False', false],
        ['true', true],
        [null, false],
        [true, true],
        [undefined, false],
      ] as const) {
        element[fieldName] = value
        expect(element[fieldName], JSON.stringify(value)).to.equal(wanted)
      }
    })
  }

  it('is off for the browser, too', async () => {
    const field = await fixture<AttContactsField>(html`<att-contacts-field disabled></att-contacts-field>`)
    field.setAttribute('disabled', 'false')
    await field.updateComplete
    expect([field.matches(':disabled'), field.hasAttribute('disabled')]).to.deep.equal([false, false])
    expect(field.shadowRoot!.querySelector('input')!.disabled).to.be.false
  })

  it('is off as Vue writes it, by attribute and by property', async () => {
    const place = await fixture<HTMLElement>(html`<div></div>`)
    // The file for browsers, which has no types of its own.
    const file = '/node_modules/vue/dist/vue.esm-browser.prod.js'
    const { createApp, h } = (await import(file)) as typeof Vue
    const app = createApp({
      render: () => [
        h('att-phone', { manual: true, 'capture-tel': false, notifications: 'false' }),
        h('att-phone', { manual: '' }),
        h('att-incoming-call', { floating: 'false' }),
      ],
    })
    app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('att-')
    app.mount(place)
    const [one, other] = place.querySelectorAll('att-phone')
    expect([one!.manual, one!.captureTel, one!.notifications]).to.deep.equal([true, false, false])
    expect([other!.manual, place.querySelector('att-incoming-call')!.floating]).to.deep.equal([true, false])
    app.unmount()
  })
})

describe('An attribute that takes one of some words', () => {
  /** The first is what counts where it is absent, or none of them. */
  const words: Readonly<Record<string, readonly (string | null)[]>> = {
    'media-type': ['audio', 'video'],
    shortcuts: ['phone', 'page', 'off'],
    action: ['hold', 'end'],
    layout: ['grid', 'speaker'],
    density: [null, 'compact'],
    'media-type of <att-answer-button>': [null, 'audio', 'video'],
  }
  const plain = ['string', 'string | null', 'boolean']
  const worded = attributes.filter(({ type }) => !plain.includes(type?.text ?? ''))

  for (const { tag, name, fieldName = name } of worded) {
    it(`${name} of <${tag}> has them in any case, and the first for anything else`, () => {
      const known = words[`${name} of <${tag}>`] ?? words[name] ?? []
      expect(known.length).to.be.above(1)
      const element = make(tag)
      const [first] = known
      for (const word of known.filter((each) => each !== null)) {
        for (const written of [
          word,
          word.toUpperCase(),
          ` ${word}\n`,
          `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
        ]) {
          element.setAttribute(name, written)
          expect(element[fieldName], written).to.equal(word)
          element.removeAttribute(name)
          expect(element[fieldName], 'absent').to.equal(first)
        }
      }
      for (const wrong of ['', 'film', 'toString']) {
        element.setAttribute(name, wrong)
        expect(element[fieldName], wrong).to.equal(first)
      }
    })
  }
})

describe('Any attribute', () => {
  for (const tag of new Set(attributes.map((each) => each.tag))) {
    it(`of <${tag}> can be written, changed and taken away while it stands in the page`, async () => {
      const place = await fixture<HTMLElement>(html`<div></div>`)
      place.innerHTML = `<att-phone manual><${tag}></${tag}></att-phone>`
      const element = place.querySelector<Tag>(`att-phone > ${tag}`)!
      await drawn(element)
      for (const { name } of attributes.filter((each) => each.tag === tag && each.name !== 'server')) {
        for (const value of ['x', '', 'true', null, '1', null]) {
          if (value === null) element.removeAttribute(name)
          else element.setAttribute(name, value)
          await drawn(element)
        }
      }
      expect(element.isConnected).to.be.true
      element.remove()
    })
  }
})
