import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { ignore } from './ignore.ts'
import { logger, logWritten, resetLogLevels, setLogLevel, setLogSink, type LogRecord } from './log.ts'

const log = logger('ignore-test')

describe('a failure that changes nothing', () => {
  afterEach(() => {
    resetLogLevels()
    setLogSink(null)
  })

  it('is written to the log, with what did not work', async () => {
    const records: LogRecord[] = []
    setLogSink((record) => records.push(record))
    setLogLevel('debug')
    await ignore(log, Promise.reject(new Error('gone')), 'the end of a leg was not told')
    await logWritten()
    assert.deepEqual(
      records.map(({ level, message }) => [level, message]),
      [['debug', 'the end of a leg was not told']],
    )
  })

  it('is waited for', async () => {
    let done = false
    const task = Promise.resolve().then(() => (done = true))
    await ignore(log, task, 'nothing')
    assert.ok(done)
  })

  it('may have nothing to wait for', async () => {
    await ignore(log, undefined, 'nothing')
  })
})
