import { expect } from '@open-wc/testing'
import { installAtt, type Att } from './att.ts'

const registerTags = () => Promise.resolve()

/** What a page has after the script ran on it. */
function installedOn(page: object): Partial<Att> & Readonly<Record<string, unknown>> {
  installAtt(page, registerTags)
  return (page as { readonly ATT: Partial<Att> & Readonly<Record<string, unknown>> }).ATT
}

describe('the namespace ATT', () => {
  it('has the parts that pages use', () => {
    expect(installedOn({})).to.include.all.keys(
      'rtc',
      'browser',
      'utils',
      'RESTClient',
      'phoneNumber',
      'SpecialNumbers',
      'errorDictionary',
      'logManager',
      'registerTags',
    )
  })

  it('stays the first where the script comes twice', () => {
    const page = {}
    const first = installedOn(page)
    expect(installedOn(page)).to.equal(first)
  })

  it('is put into what the page keeps under that name', () => {
    const own = { settings: { color: 'blue' } }
    const att = installedOn({ ATT: own })
    expect(att).to.equal(own)
    expect(att).to.have.keys(...Object.keys(att), 'settings')
    expect(att.rtc).not.to.equal(undefined)
  })

  it('keeps what a sealed object of the page holds', () => {
    expect(installedOn({ ATT: Object.freeze({ mine: 1 }) })).to.include({ mine: 1 })
  })

  for (const odd of [null, undefined, 1, 'ATT', false]) {
    it(`takes the place of ${String(odd)}`, () => {
      expect(installedOn({ ATT: odd }).rtc).not.to.equal(undefined)
    })
  }

  it('takes the place of an element with that id', () => {
    const element = document.createElement('div')
    // The window shows an element by its id as a property that it inherits.
    expect(installedOn(Object.create({ ATT: element }) as object).rtc).not.to.equal(undefined)
  })

  it('leaves a page alone that does not let itself be changed', () => {
    const page = Object.freeze({ ATT: Object.freeze({ mine: 1 }) })
    installAtt(page, registerTags)
    expect(page.ATT).to.deep.equal({ mine: 1 })
  })

  it('knows the numbers that are dialled as they are', () => {
    expect(Object.keys(installedOn({}).SpecialNumbers ?? {})).to.have.members(['911', '411', '611', '*69', '#89'])
  })
})
