import { expect } from '@open-wc/testing'
import { CallDuration, formatDuration } from './running-time.ts'

describe('formatDuration', () => {
  const table = { 0: '00:00', 59_999: '00:59', 161_000: '02:41', 3_599_000: '59:59', 3_761_000: '1:02:41' }
  for (const [milliseconds, text] of Object.entries(table)) {
    it(`writes ${milliseconds} ms as ${text}`, () => expect(formatDuration(Number(milliseconds))).to.equal(text))
  }

  it('never runs backwards when the clock was set', () => expect(formatDuration(-5000)).to.equal('00:00'))
})

describe('CallDuration', () => {
  it('remembers how long the last call lasted', () => {
    const duration = new CallDuration()
    duration.since = Date.now() - 65_000
    duration.since = null
    expect(duration.last).to.equal('01:05')
    expect(duration.text).to.equal('')
  })
})
