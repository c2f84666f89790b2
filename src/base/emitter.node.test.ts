import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Emitter } from './emitter.ts'

/** Resolves with the next error that nobody catches, in place of the end of the process. */
function uncaught(): Promise<unknown> {
  const runners = process.listeners('uncaughtException')
  process.removeAllListeners('uncaughtException')
  return new Promise((resolve) => {
    process.once('uncaughtException', (error) => {
      for (const runner of runners) process.on('uncaughtException', runner)
      resolve(error)
    })
  })
}

interface Events {
  ring: number
  end: string
}

/** An emitter, what its listeners heard, and a maker of listeners that write it down. */
function setup() {
  const emitter = new Emitter<Events>()
  const heard: string[] = []
  const listener = (who: string) => (payload: unknown) => void heard.push(`${who} ${String(payload)}`)
  return { emitter, heard, listener }
}

describe('an emitter', () => {
  it('tells every listener of a name, in the order they were added', () => {
    const { emitter, heard, listener } = setup()
    emitter.on('ring', listener('a'))
    emitter.on('ring', listener('b'))
    emitter.emit('ring', 1)
    assert.deepEqual(heard, ['a 1', 'b 1'])
  })

  it('tells nobody of another name', () => {
    const { emitter, heard, listener } = setup()
    emitter.on('ring', listener('a'))
    emitter.emit('end', 'x')
    assert.deepEqual(heard, [])
  })

  it('keeps a listener once that was added twice', () => {
    const { emitter, heard, listener } = setup()
    const a = listener('a')
    emitter.on('ring', a)
    emitter.on('ring', a)
    emitter.emit('ring', 1)
    assert.deepEqual(heard, ['a 1'])
  })

  it('stops telling a listener that was taken off', () => {
    const { emitter, heard, listener } = setup()
    const a = listener('a')
    emitter.on('ring', a)
    emitter.on('ring', listener('b'))
    emitter.off('ring', a)
    emitter.emit('ring', 1)
    assert.deepEqual(heard, ['b 1'])
  })

  it('takes off every listener of a name when none is given', () => {
    const { emitter, heard, listener } = setup()
    emitter.on('ring', listener('a'))
    emitter.on('end', listener('b'))
    emitter.off('ring')
    emitter.emit('ring', 1)
    emitter.emit('end', 'x')
    assert.deepEqual(heard, ['b x'])
  })

  it('forgets every listener when cleared', () => {
    const { emitter, heard, listener } = setup()
    emitter.on('ring', listener('a'))
    emitter.on('end', listener('b'))
    emitter.clear()
    emitter.emit('ring', 1)
    emitter.emit('end', 'x')
    assert.deepEqual(heard, [])
  })

  it('does not mind taking off what was never on', () => {
    const { emitter, listener } = setup()
    assert.doesNotThrow(() => {
      emitter.off('ring')
      emitter.off('ring', listener('a'))
    })
  })
})

describe('a signal given with a listener', () => {
  it('ends the listening when it aborts', () => {
    const { emitter, heard, listener } = setup()
    const end = new AbortController()
    emitter.on('ring', listener('a'), { signal: end.signal })
    end.abort()
    emitter.emit('ring', 1)
    assert.deepEqual(heard, [])
  })

  it('lets no listener in when it has aborted before', () => {
    const { emitter, heard, listener } = setup()
    emitter.on('ring', listener('a'), { signal: AbortSignal.abort() })
    emitter.emit('ring', 1)
    assert.deepEqual(heard, [])
  })

  it('has no hold on the same listener once that was taken off and added anew', () => {
    const { emitter, heard, listener } = setup()
    const end = new AbortController()
    const a = listener('a')
    emitter.on('ring', a, { signal: end.signal })
    emitter.off('ring', a)
    emitter.on('ring', a)
    end.abort()
    emitter.emit('ring', 1)
    assert.deepEqual(heard, ['a 1'])
  })

  for (const [how, takeOff] of [
    ['taken off', (emitter, a) => emitter.off('ring', a)],
    ['taken off with all of its name', (emitter) => emitter.off('ring')],
    ['cleared', (emitter) => emitter.clear()],
  ] as readonly (readonly [string, (emitter: Emitter<Events>, a: () => void) => void])[]) {
    it(`is let go of when the listener is ${how}`, () => {
      const { emitter } = setup()
      let held = 0
      const signal = {
        aborted: false,
        reason: undefined,
        addEventListener: () => {
          held++
        },
        removeEventListener: () => {
          held--
        },
      }
      const a = (): void => undefined
      emitter.on('ring', a, { signal })
      assert.equal(held, 1)
      takeOff(emitter, a)
      assert.equal(held, 0)
    })
  }
})

describe('while an emitter tells', () => {
  it('a listener that was taken off by one before it hears no more', () => {
    const { emitter, heard, listener } = setup()
    const b = listener('b')
    emitter.on('ring', () => emitter.off('ring', b))
    emitter.on('ring', b)
    emitter.emit('ring', 1)
    assert.deepEqual(heard, [])
  })

  it('a listener whose signal one before it aborted hears no more', () => {
    const { emitter, heard, listener } = setup()
    const end = new AbortController()
    emitter.on('ring', () => end.abort())
    emitter.on('ring', listener('b'), { signal: end.signal })
    emitter.emit('ring', 1)
    assert.deepEqual(heard, [])
  })

  it('a listener that is added hears from the next time on', () => {
    const { emitter, heard, listener } = setup()
    const b = listener('b')
    emitter.on('ring', () => emitter.on('ring', b))
    emitter.emit('ring', 1)
    emitter.emit('ring', 2)
    assert.deepEqual(heard, ['b 2'])
  })

  it('one that throws does not keep the next from hearing, and is reported', async () => {
    const { emitter, heard, listener } = setup()
    const mistake = new Error('of the page')
    emitter.on('ring', () => {
      throw mistake
    })
    emitter.on('ring', listener('b'))
    const reported = uncaught()
    emitter.emit('ring', 1)
    assert.deepEqual(heard, ['b 1'])
    assert.equal(await reported, mistake)
  })
})
