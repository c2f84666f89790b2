import { expect } from '@open-wc/testing'
import { getLogLevel, logWritten, resetLogLevels, setLogLevel, setLogSink, type LogRecord } from '../base/log.ts'
import { logFromPage } from './log-from-page.ts'
import { Phone } from './phone.ts'

describe('the log level that a page keeps', () => {
  beforeEach(resetLogLevels)
  afterEach(() => {
    localStorage.removeItem('att-phone.log')
    setLogSink(null)
    resetLogLevels()
  })

  const levels = (wanted: string | null): readonly string[] => {
    if (wanted !== null) localStorage.setItem('att-phone.log', wanted)
    logFromPage()
    return ['phone', 'sip', 'media'].map((name) => getLogLevel(name))
  }

  for (const [wanted, ...expected] of [
    [null, 'silent', 'silent', 'silent'],
    ['debug', 'debug', 'debug', 'debug'],
    ['sip=trace', 'silent', 'trace', 'silent'],
    ['info, sip = debug,media=error', 'info', 'debug', 'error'],
    ['loud', 'silent', 'silent', 'silent'],
    ['loud,sip=info', 'silent', 'info', 'silent'],
  ] as const) {
    it(`${wanted ?? 'none'} is ${expected.join(', ')}`, () => expect(levels(wanted)).to.deep.equal(expected))
  }

  it('holds for a phone that is made', async () => {
    localStorage.setItem('att-phone.log', 'call=warn')
    const phone = new Phone()
    expect(getLogLevel('call')).to.equal('warn')
    await phone.dispose()
  })

  it('is left alone where a page sets it later', () => {
    levels('debug')
    setLogLevel('error')
    expect(getLogLevel()).to.equal('error')
  })
})

describe('the log of a call', () => {
  afterEach(() => {
    setLogSink(null)
    resetLogLevels()
  })

  it('has a line for each step of session, call and media, and shows nobody’s address', async () => {
    const records: LogRecord[] = []
    setLogSink((record) => void records.push(record))
    setLogLevel('info')
    const phone = new Phone()
    await phone.login({ userId: 'alice-secret' })
    const connected = new Promise((resolve) => phone.on('media:established', resolve))
    await phone.dial({ destination: 'echo', mediaType: 'audio' })
    await connected
    await phone.hangup()
    await phone.dispose()
    await logWritten()
    const lines = records.map(({ name, message }) => `${name}: ${message}`)
    for (const line of [
      'session: signed in',
      'call: 1 is dialing',
      'call: 1 is connected',
      'media: the connection is connected',
      'call: 1 has ended',
    ])
      expect(lines).to.include(line)
    expect(JSON.stringify(records)).not.to.contain('alice-secret')
  })
})
