import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import {
  getLogLevel,
  logger,
  loggerNames,
  logWritten,
  type LogLevel,
  logLevels,
  type LogRecord,
  resetLogLevels,
  setLogLevel,
  setLogSink,
} from './log.ts'

const severities = ['error', 'warn', 'info', 'debug', 'trace'] as const
let records: LogRecord[] = []

beforeEach(() => {
  records = []
  resetLogLevels()
  setLogSink((record) => void records.push(record))
})
afterEach(() => {
  setLogSink(null)
  resetLogLevels()
})

describe('a logger', () => {
  it('is silent at first', async () => {
    for (const level of severities) logger('phone')[level]('x')
    await logWritten()
    assert.deepEqual(records, [])
  })

  for (const [index, level] of logLevels.entries()) {
    it(`at ${level} writes ${index} of the five severities`, async () => {
      setLogLevel(level)
      for (const severity of severities) logger('phone')[severity]('x')
      await logWritten()
      assert.deepEqual(
        records.map((record) => record.level),
        severities.slice(0, index),
      )
    })
  }

  it('writes its name, the message, the details and the time', async () => {
    setLogLevel('info')
    logger('phone').info('ready', { calls: 0 }, true)
    await logWritten()
    const [record] = records
    assert.ok(record?.time instanceof Date)
    assert.deepEqual(
      { ...record, time: 0 },
      {
        time: 0,
        name: 'phone',
        level: 'info',
        message: 'ready',
        details: [{ calls: 0 }, true],
      },
    )
  })

  it('is the same for the same name', async () => {
    await logWritten()
    assert.equal(logger('phone'), logger('phone'))
  })

  it('is listed', async () => {
    logger('of this test')
    await logWritten()
    assert.ok(loggerNames().includes('of this test'))
  })
})

describe('the level of a logger', () => {
  it('is the global one', async () => {
    setLogLevel('warn')
    await logWritten()
    assert.equal(getLogLevel('phone'), 'warn')
  })

  it('is its own where it has one, above the global one or below', async () => {
    setLogLevel('warn')
    setLogLevel('trace', 'sip')
    setLogLevel('silent', 'media')
    logger('sip').trace('x')
    logger('media').error('x')
    logger('phone').info('x')
    await logWritten()
    assert.deepEqual(
      records.map(({ name }) => name),
      ['sip'],
    )
  })

  it('can be set before the logger is made', async () => {
    setLogLevel('error', 'made later')
    logger('made later').error('x')
    await logWritten()
    assert.equal(records.length, 1)
  })

  it('goes by the global one again after a reset', async () => {
    setLogLevel('trace', 'sip')
    resetLogLevels()
    await logWritten()
    assert.deepEqual([getLogLevel(), getLogLevel('sip')], ['silent', 'silent'])
  })

  it('stays as it is when there is no such level', async () => {
    setLogLevel('warn')
    assert.throws(() => setLogLevel('loud' as LogLevel), /no log level loud: use one of silent, error/)
    await logWritten()
    assert.equal(getLogLevel(), 'warn')
  })
})

describe('the sink of the log', () => {
  it('is the console unless another is set', async () => {
    const error = mock.method(console, 'error', () => undefined)
    try {
      setLogSink(null)
      setLogLevel('error')
      logger('phone').error('lost', { index: 1 })
      await logWritten()
      assert.deepEqual(error.mock.calls[0]?.arguments, ['[phone] lost', { index: 1 }])
    } finally {
      error.mock.restore()
    }
  })

  it('may throw without harm to who logs', async () => {
    setLogLevel('error')
    setLogSink(() => {
      throw new Error('disk full')
    })
    assert.doesNotThrow(() => logger('phone').error('x'))
  })

  it('gets messages and details masked', async () => {
    setLogLevel('error')
    logger('phone').error('no answer from +19234567890', { token: 'abc' }, new Error('call to 19234567890 failed'))
    await logWritten()
    const text = JSON.stringify(records)
    assert.doesNotMatch(text, /923|abc/)
    assert.match(text, /\+\*{9}90/)
  })
})
