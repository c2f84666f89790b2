import { expect } from '@open-wc/testing'
import { logWritten, setLogSink, type LogRecord } from '../base/log.ts'
import { logManager } from './log-manager.ts'

describe('ATT.logManager', () => {
  let records: LogRecord[] = []

  beforeEach(() => {
    records = []
    setLogSink((record) => void records.push(record))
  })
  afterEach(() => {
    setLogSink(null)
    logManager.resetLogLevels()
  })

  it('has the levels of the original', () => {
    expect(logManager.getLogLevels()).to.deep.equal(['error', 'warn', 'info', 'debug', 'trace'])
  })

  it('is silent until a level is set', async () => {
    logManager.getLogger('page').logError('failed')
    await logWritten()
    expect(records).to.be.empty
  })

  it('sets the level of every module, those with their own included', () => {
    logManager.getLogger('page').setLogLevel('trace')
    logManager.setGlobalLogLevel('warn')
    expect([logManager.getGlobalLogLevel(), logManager.getLogger('page').getLogLevel()]).to.deep.equal(['warn', 'warn'])
  })

  it('refuses a level there is not and keeps the one it has', () => {
    logManager.setGlobalLogLevel('info')
    expect(() => logManager.setGlobalLogLevel('loud' as 'info')).to.throw(TypeError)
    expect(logManager.getGlobalLogLevel()).to.equal('info')
  })

  for (const [method, level] of [
    ['logError', 'error'],
    ['logWarning', 'warn'],
    ['logInfo', 'info'],
    ['logDebug', 'debug'],
    ['logTrace', 'trace'],
  ] as const) {
    it(`${method} writes at level ${level}`, async () => {
      logManager.setGlobalLogLevel('trace')
      logManager.getLogger('page')[method]('done')
      await logWritten()
      expect(records.map(({ name, level, message }) => [name, level, message])).to.deep.equal([['page', level, 'done']])
    })
  }

  it('masks numbers', async () => {
    logManager.setGlobalLogLevel('info')
    logManager.getLogger('page').logInfo('dialled 19234567890')
    await logWritten()
    expect(records[0]?.message).to.equal('dialled *********90')
  })

  it('logs a value that is no text', async () => {
    logManager.setGlobalLogLevel('info')
    logManager.getLogger('page').logInfo({ state: 'connected' })
    await logWritten()
    expect(records[0]?.details).to.deep.equal([{ state: 'connected' }])
  })

  it('gives the same logger for the same name', () => {
    expect(logManager.getLogger('page')).to.equal(logManager.getLogger('page'))
  })

  it('lists a logger the page made, until the page deletes it', () => {
    logManager.createCustomLogger('mine')
    expect(logManager.getLoggers()).to.include('mine')
    logManager.deleteCustomLogger('mine')
    expect(logManager.getLoggers()).not.to.include('mine')
  })

  it('tells a logger the page made from the others', () => {
    const made = logManager.createCustomLogger('mine')
    expect([made.isCustomType(), logManager.getLogger('page').isCustomType()]).to.deep.equal([true, false])
    logManager.deleteCustomLogger('mine')
  })

  it('does not delete a logger the page did not make', () => {
    logManager.getLogger('page')
    logManager.deleteCustomLogger('page')
    expect(logManager.getLoggers()).to.include('page')
  })

  it('lists the level of each module beside the one it has by default', () => {
    logManager.getLogger('page').setLogLevel('debug')
    expect(logManager.getCurrentModuleLogLevels()['page']).to.equal('debug')
    expect(logManager.getModuleDefaults()['page']).to.equal('silent')
  })
})
