import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { Outbox } from './outbox.ts'
import { SignalingError } from './signaling.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))
const unreachable = new SignalingError('unreachable', 'No network')
const refused = new SignalingError('refused', 'No such call', { status: 404 })

describe('an outbox', () => {
  let outbox: Outbox
  let attempts = 0
  let answer: () => Promise<string>
  const attempt = () => {
    attempts++
    return answer()
  }

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'] })
    outbox = new Outbox()
    attempts = 0
    answer = () => Promise.reject(unreachable)
  })
  afterEach(() => {
    outbox.close()
    mock.timers.reset()
  })

  it('says a thing once where it is heard', async () => {
    answer = async () => 'heard'
    assert.equal(await outbox.deliver(attempt), 'heard')
    outbox.back()
    await turn()
    assert.equal(attempts, 1)
  })

  it('says it at once, so that a page that goes away has said it', () => {
    void outbox.deliver(attempt).catch(() => {})
    assert.equal(attempts, 1)
  })

  it('says it again as soon as the network is back', async () => {
    const delivery = outbox.deliver(attempt)
    await turn()
    answer = async () => 'heard'
    outbox.back()
    assert.equal(await delivery, 'heard')
    assert.equal(attempts, 2)
  })

  it('says it again after growing pauses where nobody tells that the network is back', async () => {
    const delivery = outbox.deliver(attempt)
    for (const wait of [1000, 2000, 4000, 8000, 8000]) {
      await turn()
      const before = attempts
      mock.timers.tick(wait - 1)
      await turn()
      assert.equal(attempts, before)
      if (wait === 8000 && before === 5) answer = async () => 'heard'
      mock.timers.tick(1)
      await turn()
      assert.equal(attempts, before + 1)
    }
    assert.equal(await delivery, 'heard')
  })

  it('does not wait for an answer by a way that is gone', async () => {
    const waits = (back: AbortSignal) =>
      new Promise<string>((_, reject) => back.addEventListener('abort', () => reject(back.reason)))
    let count = 0
    const delivery = outbox.deliver((back) => (count++ === 0 ? waits(back) : Promise.resolve('heard')))
    await turn()
    outbox.back()
    assert.equal(await delivery, 'heard')
  })

  it('takes a refusal as an answer', async () => {
    answer = () => Promise.reject(refused)
    await assert.rejects(outbox.deliver(attempt), refused)
    assert.equal(attempts, 1)
  })

  it('takes a timeout that somebody answered with as an answer', async () => {
    const timeout = new SignalingError('timeout', 'Request Timeout', { status: 408 })
    answer = () => Promise.reject(timeout)
    await assert.rejects(outbox.deliver(attempt), timeout)
  })

  it('tells once that nobody heard it', async () => {
    let told = 0
    const delivery = outbox.deliver(attempt, { onUnheard: () => told++ })
    await turn()
    outbox.back()
    await turn()
    assert.equal(told, 1)
    answer = async () => 'heard'
    outbox.back()
    await delivery
  })

  it('gives up after five minutes', async () => {
    const delivery = assert.rejects(outbox.deliver(attempt), unreachable)
    for (let passed = 0; passed <= 310_000; passed += 8000) {
      await turn()
      mock.timers.tick(8000)
    }
    await delivery
  })

  it('says nothing any more when it is closed', async () => {
    const delivery = assert.rejects(outbox.deliver(attempt), { kind: 'expired' })
    await turn()
    outbox.close()
    await delivery
    assert.equal(attempts, 1)
  })
})
