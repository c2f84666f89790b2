import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { FlowKeeper } from './flow-keeper.ts'

/** In steps: the clock of a machine that does not sleep. */
function pass(ms: number): void {
  for (let left = ms; left > 0; left -= 500) mock.timers.tick(Math.min(left, 500))
}

describe('a flow', () => {
  let sent: string[]
  let dead = 0
  let keeper: FlowKeeper

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'] })
    sent = []
    dead = 0
    keeper = new FlowKeeper({ send: (text) => sent.push(text), question: () => 'OPTIONS', onDead: () => dead++ })
    keeper.start()
  })
  afterEach(() => {
    keeper.stop()
    mock.timers.reset()
  })

  it('is asked by both ways until it is known which the server answers', () => {
    keeper.every(16_000)
    pass(16_000)
    assert.deepEqual(sent, ['\r\n\r\n', 'OPTIONS'])
  })

  it('is asked by keep-alives alone where the server answers them', () => {
    keeper.probe()
    keeper.heard('\r\n')
    sent.length = 0
    keeper.probe()
    assert.deepEqual(sent, ['\r\n\r\n'])
  })

  it('is asked by questions alone where the server answers no keep-alive', () => {
    for (let count = 0; count < 3; count++) {
      keeper.probe()
      keeper.heard('SIP/2.0 404 Not Found')
    }
    sent.length = 0
    keeper.probe()
    assert.deepEqual(sent, ['OPTIONS'])
  })

  it('is dead where a keep-alive stays unanswered: 3 s later', () => {
    keeper.every(16_000)
    pass(18_999)
    assert.equal(dead, 0)
    pass(1)
    assert.equal(dead, 1)
    pass(60_000)
    assert.equal(dead, 1)
  })

  it('lives on while anything comes', () => {
    keeper.every(16_000)
    for (let count = 0; count < 10; count++) {
      pass(16_000)
      keeper.heard('INVITE sip:alice@example.com SIP/2.0')
    }
    assert.equal(dead, 0)
  })

  it('is suspect where a request stays unanswered for 8 s, and dead 2 s later', () => {
    keeper.asked()
    pass(7999)
    assert.deepEqual(sent, [])
    pass(1)
    assert.equal(sent.length, 2)
    pass(2000)
    assert.equal(dead, 1)
  })

  it('is not suspect where a request was answered', () => {
    keeper.asked()
    pass(5000)
    keeper.heard('SIP/2.0 100 Trying')
    pass(60_000)
    assert.deepEqual([sent, dead], [[], 0])
  })

  it('that is asked while a slower answer is waited for has no longer than that question gives it', () => {
    keeper.every(16_000)
    pass(16_000)
    keeper.probe()
    pass(2000)
    assert.equal(dead, 1)
  })

  it('is asked at once after the machine slept', () => {
    pass(1000)
    mock.timers.setTime(Date.now() + 30_000)
    sent.length = 0
    pass(1000)
    assert.ok(sent.length > 0)
  })

  it('is left alone after it was given up', () => {
    keeper.every(16_000)
    keeper.asked()
    keeper.stop()
    pass(60_000)
    keeper.probe()
    assert.deepEqual([sent, dead], [[], 0])
  })
})
