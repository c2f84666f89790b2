import { expect } from '@open-wc/testing'
import { browser, isTested } from './browser.ts'

const userAgents = {
  chrome:
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  edge: 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0',
  firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  oldChrome: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/90.0.4430.0 Safari/537.36',
  safari:
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
}

describe('ATT.browser', () => {
  it('says of this browser that it is supported', () => {
    expect(browser.hasWebRTC()).to.equal('Supported')
  })

  it('says of a browser without peer connections that it is not supported', () => {
    const kept = globalThis.RTCPeerConnection
    Reflect.deleteProperty(globalThis, 'RTCPeerConnection')
    try {
      expect(browser.hasWebRTC()).to.equal('Not Supported')
    } finally {
      globalThis.RTCPeerConnection = kept
    }
  })

  for (const [name, tested] of [
    ['chrome', true],
    ['firefox', true],
    ['edge', false],
    ['safari', false],
    ['oldChrome', false],
  ] as const) {
    it(`takes ${name} for ${tested ? 'tested' : 'not tested'}`, () => {
      expect(isTested(userAgents[name])).to.equal(tested)
    })
  }

  it('takes a user agent that names no browser for not tested', () => {
    expect(isTested('')).to.equal(false)
  })

  it('lists the browsers by name and versions', () => {
    const { supported, not_certified } = browser.getBrowserSupport()
    expect(supported.map(({ name }) => name)).to.deep.equal(['Chrome', 'Firefox'])
    for (const { version } of [...supported, ...not_certified]) expect(version.min).to.be.below(version.max)
  })

  it('says whether there is a network', () => {
    expect(browser.isNetworkConnected()).to.equal(navigator.onLine)
  })
})
