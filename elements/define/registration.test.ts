import { expect } from '@open-wc/testing'
import * as entry from '../cdn/att-phone.ts'

const tags = [
  'att-phone',
  'att-call-view',
  'att-dialpad',
  'att-dial-button',
  'att-answer-button',
  'att-reject-button',
  'att-hangup-button',
  'att-mute-button',
  'att-hold-button',
  'att-camera-button',
]

describe('The bundle', () => {
  for (const tag of tags) {
    it(`registers <${tag}>`, () => expect(customElements.get(tag)).to.be.a('function'))
  }

  it('can be loaded twice', async () => {
    const again = '../cdn/att-phone.ts?again'
    const second = (await import(again)) as typeof entry
    expect(second.allDefined).to.be.a('function')
  })

  it('says when every tag of the page is there', async () => {
    const element = document.createElement('att-phone')
    element.manual = true
    document.body.append(element)
    await entry.allDefined()
    expect(element.shadowRoot?.querySelector('.phone')).not.to.be.null
    element.remove()
  })

  it('finds the phone for tags that were written before it was loaded', async () => {
    const later = class extends entry.AttMuteButton {}
    const place = document.createElement('div')
    place.innerHTML = '<att-phone manual><att-later-button></att-later-button></att-phone>'
    document.body.append(place)
    customElements.define('att-later-button', later)
    const provider = place.querySelector('att-phone')
    expect((place.querySelector('att-later-button') as entry.AttMuteButton).phone).to.equal(provider?.phone)
    place.remove()
  })
})
