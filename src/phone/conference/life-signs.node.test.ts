import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { LifeSigns } from './life-signs.ts'

/** What the statistics of a connection say, as far as it is read. */
interface Far {
  packets: number
  /** When its last report came, in ms. */
  reported: number
}

describe('signs of life of a far side', () => {
  let far: Far
  let expected: boolean
  let told: boolean[]
  let gone: AbortController

  beforeEach(() => {
    mock.timers.enable({ apis: ['setInterval'] })
    far = { packets: 0, reported: 0 }
    expected = true
    told = []
    gone = new AbortController()
    const report = () => [
      { type: 'inbound-rtp', packetsReceived: far.packets, timestamp: 0 },
      { type: 'remote-inbound-rtp', timestamp: far.reported },
    ]
    const connection = { getStats: async () => report() } as unknown as RTCPeerConnection
    const changed = (alive: boolean) => void told.push(alive)
    new LifeSigns({ connection: () => connection, expected: () => expected, changed }, gone.signal)
  })
  afterEach(() => {
    gone.abort()
    mock.timers.reset()
  })

  /** Lets seconds pass; in each the far side does this. */
  async function pass(seconds: number, does: () => void = () => {}): Promise<void> {
    for (let second = 0; second < seconds; second++) {
      does()
      mock.timers.tick(1000)
      await new Promise((resolve) => setImmediate(resolve))
    }
  }

  const sends = () => void (far.packets += 50)

  it('are there while packets come', async () => {
    await pass(10, sends)
    assert.deepEqual(told, [])
  })

  it('are there while its reports come, though it sends nothing', async () => {
    await pass(1, sends)
    await pass(10, () => void (far.reported += 1000))
    assert.deepEqual(told, [])
  })

  it('are missed after 3 s of nothing, and told of when they come again', async () => {
    await pass(1, sends)
    await pass(2)
    assert.deepEqual(told, [])
    await pass(5)
    assert.deepEqual(told, [false])
    await pass(1, sends)
    assert.deepEqual(told, [false, true])
  })

  it('are not missed before the first', async () => {
    await pass(10)
    assert.deepEqual(told, [])
  })

  it('are not missed while none are expected, nor for 3 s after', async () => {
    await pass(1, sends)
    expected = false
    await pass(10)
    expected = true
    await pass(2)
    assert.deepEqual(told, [])
  })

  it('are not looked for any more when the far side is gone', async () => {
    await pass(1, sends)
    gone.abort()
    await pass(10)
    assert.deepEqual(told, [])
  })
})
