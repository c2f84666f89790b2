import { expect } from '@open-wc/testing'
import { Phone, version, type PhoneOptions } from '../index.ts'
import { rtc } from './rtc.ts'

describe('ATT.rtc', () => {
  const { configure } = Phone.prototype as { readonly configure: (options: PhoneOptions) => void }
  let options: PhoneOptions = {}

  beforeEach(() => {
    options = {}
    // The phone does not tell what it was told; a method of it that listens in does.
    Phone.prototype.configure = function (this: Phone, change: PhoneOptions) {
      options = { ...options, ...change }
      configure.call(this, change)
    }
  })
  afterEach(async () => {
    rtc.resetAudioCodec()
    Phone.prototype.configure = configure
    await Phone.getPhone().dispose()
  })

  it('leads to the page’s phone', () => {
    expect(rtc.Phone.getPhone().snapshot).to.equal(Phone.getPhone().snapshot)
  })

  it('leads to the same phone each time', () => {
    expect(rtc.Phone.getPhone()).to.equal(rtc.Phone.getPhone())
  })

  it('tells its version', () => {
    expect(rtc.getVersion()).to.equal(version)
  })

  it('puts the address of a gateway together', () => {
    rtc.configure({ api_endpoint: 'https://calls.example.com', ewebrtc_uri: '/RTC/v1' })
    expect(options.server).to.equal('https://calls.example.com/RTC/v1')
  })

  it('takes the usual path where none is named', () => {
    rtc.configure({ api_endpoint: 'https://calls.example.com/' })
    expect(options.server).to.equal('https://calls.example.com/RTC/v1')
  })

  it('takes the page’s own origin where no endpoint is named', () => {
    rtc.configure({ api_endpoint: '', ewebrtc_uri: '/RTC/v1' })
    expect(options.server).to.equal(`${location.origin}/RTC/v1`)
  })

  it('takes an address as the tag does, before the two others', () => {
    rtc.configure({ api_endpoint: 'https://calls.example.com', server: 'wss://pbx.example.com/ws' })
    expect(options.server).to.equal('wss://pbx.example.com/ws')
  })

  it('takes null for the tabs of this origin', () => {
    rtc.configure({ server: null })
    expect(options.server).to.equal(null)
  })

  for (const nothing of [undefined, {}, { api_endpoint: undefined, ewebrtc_uri: null }] as const) {
    it(`changes nothing for ${JSON.stringify(nothing)}`, () => {
      rtc.configure(nothing as object)
      expect(options).to.deep.equal({})
    })
  }

  it('refuses an address that is no text, and changes nothing', () => {
    expect(() => rtc.configure({ server: null, api_endpoint: 8080 as unknown as string })).to.throw(/api_endpoint/)
    expect(options).to.deep.equal({})
  })

  it('prefers opus at first', () => {
    expect(rtc.getAudioCodec()).to.equal('opus')
  })

  it('knows the codec it was told', () => {
    rtc.setAudioCodec('pcmu')
    expect(rtc.getAudioCodec()).to.equal('PCMU')
  })

  it('refuses a codec there is not and keeps the one it has', () => {
    rtc.setAudioCodec('G722')
    expect(() => rtc.setAudioCodec('mp3')).to.throw(/opus, G722, PCMU, PCMA/)
    expect(rtc.getAudioCodec()).to.equal('G722')
  })

  it('goes back to opus', () => {
    rtc.setAudioCodec('PCMA')
    rtc.resetAudioCodec()
    expect(rtc.getAudioCodec()).to.equal('opus')
  })
})

describe('the audio codec of a call', () => {
  afterEach(async () => {
    rtc.resetAudioCodec()
    await Phone.getPhone().dispose()
  })

  /** The codecs that a call to the echo of the page settles on. */
  async function codecsOfCall(): Promise<readonly string[]> {
    const phone = rtc.Phone.getPhone()
    phone.configure({ server: null })
    await phone.login({})
    const connected = new Promise<readonly string[]>((resolve, reject) => {
      phone.on('call:connected', ({ codec }) => resolve(codec))
      phone.on('error', reject)
    })
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    return connected
  }

  for (const codec of rtc.getSupportedAudioCodecs()) {
    it(`is ${codec} when the page chose that`, async () => {
      rtc.setAudioCodec(codec)
      expect(await codecsOfCall()).to.deep.equal([codec])
    })
  }

  it('is opus when the page chose none', async () => {
    expect(await codecsOfCall()).to.deep.equal(['opus'])
  })
})
