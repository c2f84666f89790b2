import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { SessionTimer } from './session-timer.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms)
  await turn()
}

describe('the timer of a session', () => {
  let life: AbortController
  let sent = 0
  let answer: () => Promise<void>
  let timer: SessionTimer

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    life = new AbortController()
    sent = 0
    answer = async () => timer.agreed(90, true)
    timer = new SessionTimer(() => {
      sent++
      return answer()
    }, life.signal)
  })
  afterEach(() => {
    life.abort()
    mock.timers.reset()
  })

  const refuse = () => Promise.reject(new Error('503'))

  it('refreshes at half of its time, again and again', async () => {
    timer.agreed(90, true)
    await pass(44_999)
    assert.equal(sent, 0)
    await pass(1)
    assert.equal(sent, 1)
    await pass(45_000)
    assert.equal(sent, 2)
  })

  it('tries again where a sign of life was refused, until it is taken', async () => {
    timer.agreed(90, true)
    answer = refuse
    await pass(45_000)
    for (const count of [2, 3, 4]) {
      await pass(5000)
      assert.equal(sent, count)
    }
    answer = async () => timer.agreed(90, true)
    await pass(5000)
    assert.equal(sent, 5)
    await pass(44_999)
    assert.equal(sent, 5)
    await pass(1)
    assert.equal(sent, 6)
  })

  it('tries again where the answer agrees on nothing', async () => {
    timer.agreed(90, true)
    answer = async () => {}
    await pass(45_000)
    await pass(5000)
    assert.equal(sent, 2)
  })

  it('asks the far side that did not refresh in time', async () => {
    timer.agreed(90, false)
    await pass(59_999)
    assert.equal(sent, 0)
    await pass(1)
    assert.equal(sent, 1)
  })

  it('leaves a far side alone that refreshes', async () => {
    timer.agreed(90, false)
    for (let count = 0; count < 4; count++) {
      await pass(45_000)
      timer.agreed(90, false)
    }
    assert.equal(sent, 0)
  })

  it('is over with the call', async () => {
    timer.agreed(90, true)
    life.abort()
    await pass(200_000)
    assert.equal(sent, 0)
    timer.agreed(90, true)
    await pass(200_000)
    assert.equal(sent, 0)
  })

  it('is over with a call that ends while a sign of life is under way', async () => {
    timer.agreed(90, true)
    let fail = () => {}
    answer = () => new Promise((_, reject) => (fail = () => reject(new Error('gone'))))
    await pass(45_000)
    life.abort()
    fail()
    await turn()
    await pass(200_000)
    assert.equal(sent, 1)
  })
})
