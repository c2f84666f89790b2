import assert from 'node:assert/strict'
import { describe, it, type TestContext } from 'node:test'
import { FarQuestion } from './far-question.ts'

const minute = 60_000

/** A far side that asks, and what it heard. */
function farSide(t: TestContext) {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const gone = new AbortController()
  const question = new FarQuestion(gone.signal)
  const heard: string[] = []
  const ask = () => question.ask(async (accept) => void heard.push(accept ? 'yes' : 'no'))
  const isAskedAfter = (time: number) => {
    t.mock.timers.tick(time)
    return ask()
  }
  return { gone, question, heard, ask, isAskedAfter }
}

describe('a question that the person said no to', () => {
  it('is refused at once for a minute, and then asked again', async (t) => {
    const { question, heard, ask, isAskedAfter } = farSide(t)
    assert.equal(ask(), true)
    await question.answer(false)
    for (let time = 1; time <= 100; time++) assert.equal(ask(), false)
    assert.equal(heard.filter((word) => word === 'no').length, 101)
    assert.equal(isAskedAfter(minute - 1), false)
    assert.equal(isAskedAfter(1), true)
    assert(!heard.includes('yes'))
  })

  it('waits twice as long after each further no, up to 64 minutes', async (t) => {
    const { question, ask, isAskedAfter } = farSide(t)
    ask()
    for (const minutes of [1, 2, 4, 8, 16, 32, 64, 64, 64]) {
      await question.answer(false)
      assert.equal(isAskedAfter(minutes * minute - 1), false, `${minutes} minutes`)
      assert.equal(isAskedAfter(1), true, `${minutes} minutes`)
    }
  })

  it('does not wait longer because it is asked meanwhile', async (t) => {
    const { question, ask, isAskedAfter } = farSide(t)
    ask()
    await question.answer(false)
    for (let second = 1; second < 60; second++) assert.equal(isAskedAfter(1000), false)
    assert.equal(isAskedAfter(1000), true)
  })

  it('may be asked at once where the last word was a yes', async (t) => {
    const { question, ask, isAskedAfter } = farSide(t)
    ask()
    await question.answer(false)
    assert.equal(isAskedAfter(minute), true)
    await question.answer(true)
    assert.equal(ask(), true)
    await question.answer(false)
    assert.equal(isAskedAfter(minute), true, 'the pauses begin anew')
  })

  it('is no other where the person was silent', (t) => {
    const { heard, ask, isAskedAfter } = farSide(t)
    ask()
    assert.equal(isAskedAfter(30_000), false)
    assert.deepEqual(heard, ['no', 'no'])
  })
})

describe('a question that is taken back', () => {
  it('may be asked again twice, and then counts as a no', (t) => {
    const { question, ask, isAskedAfter } = farSide(t)
    for (const asked of [true, true, true, false]) {
      assert.equal(ask(), asked)
      question.withdraw()
    }
    assert.equal(isAskedAfter(minute), true)
  })

  it('is no other where another one takes its place', (t) => {
    const { ask } = farSide(t)
    assert.deepEqual([ask(), ask(), ask(), ask()], [true, true, true, false])
  })

  it('is not there to take back where nothing is asked', (t) => {
    const { question, ask } = farSide(t)
    for (let time = 1; time <= 10; time++) question.withdraw()
    assert.equal(ask(), true)
  })
})

describe('a question of a call that ends', () => {
  it('is answered by nobody', (t) => {
    const { gone, heard, ask } = farSide(t)
    ask()
    gone.abort()
    t.mock.timers.tick(minute)
    assert.deepEqual(heard, [])
  })
})
