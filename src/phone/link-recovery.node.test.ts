import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { Emitter } from '../base/emitter.ts'
import { SignalingError, type Leg, type LegEvents } from '../signaling/signaling.ts'
import { LinkRecovery } from './link-recovery.ts'

const turn = () => new Promise((resolve) => setImmediate(resolve))

async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms)
  await turn()
}

describe('a media path', () => {
  let events: Emitter<LegEvents>
  let gone: AbortController
  let restarts = 0
  let restart: () => Promise<void>
  let links: string[] = []
  let recovery: LinkRecovery
  let packets = 0
  let direction: RTCRtpTransceiverDirection
  let held = false
  let abandoned = 0

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    events = new Emitter()
    gone = new AbortController()
    links = []
    restarts = 0
    restart = async () => {}
    packets = 0
    direction = 'sendrecv'
    held = false
    abandoned = 0
    const connection = {
      getTransceivers: () => [{ currentDirection: direction }],
      getStats: async () => new Map([['1', { type: 'inbound-rtp', packetsReceived: packets }]]),
    } as unknown as RTCPeerConnection
    const leg: Pick<Leg, 'on' | 'restartMedia' | 'connection'> = {
      connection,
      on: (name, listener, options) => events.on(name, listener, options),
      restartMedia: () => {
        restarts++
        return restart()
      },
    }
    recovery = new LinkRecovery(
      leg as Leg,
      {
        changed: (link) => links.push(link),
        held: () => held,
        abandoned: () => {
          abandoned++
          gone.abort()
        },
      },
      gone.signal,
    )
  })
  afterEach(() => {
    gone.abort()
    mock.timers.reset()
  })

  const link = (state: LegEvents['link']) => events.emit('link', state)
  const fail = () => Promise.reject(new Error('A modification is under way'))

  it('is left alone as long as it is up', async () => {
    link('ok')
    await pass(60_000)
    assert.deepEqual([links, restarts], [[], 0])
  })

  it('that is interrupted is shown as recovering', () => {
    link('recovering')
    assert.deepEqual(links, ['recovering'])
  })

  it('that is interrupted may come back by itself', async () => {
    link('recovering')
    await pass(2499)
    link('ok')
    await pass(60_000)
    assert.deepEqual([links, restarts], [['recovering', 'ok'], 0])
  })

  it('that stays interrupted is built anew', async () => {
    link('recovering')
    await pass(2500)
    assert.equal(restarts, 1)
  })

  it('that is lost is built anew at once', async () => {
    link('lost')
    await pass(0)
    assert.equal(restarts, 1)
  })

  it('that is lost while its time to come back runs is built anew at once, once', async () => {
    link('recovering')
    link('lost')
    await pass(0)
    assert.equal(restarts, 1)
    await pass(1999)
    assert.equal(restarts, 1)
  })

  it('is tried again after growing pauses, and then given up', async () => {
    link('lost')
    for (const wait of [0, 2000, 4000, 8000, 15_000]) {
      const before = restarts
      if (wait > 0) await pass(wait - 1)
      assert.equal(restarts, before, `before ${wait} ms`)
      await pass(wait > 0 ? 1 : 0)
      assert.equal(restarts, before + 1, `after ${wait} ms`)
    }
    assert.deepEqual(links, ['recovering', 'lost'])
    await pass(60_000)
    assert.equal(restarts, 5)
  })

  it('is tried again where an attempt was refused', async () => {
    restart = fail
    link('lost')
    await pass(0)
    await pass(2000)
    assert.equal(restarts, 2)
  })

  it('that is back is left alone again', async () => {
    link('lost')
    await pass(0)
    link('ok')
    await pass(60_000)
    assert.deepEqual([links, restarts], [['recovering', 'ok'], 1])
  })

  it('that is back has all its attempts again', async () => {
    link('lost')
    for (const wait of [0, 2000, 4000]) await pass(wait)
    link('ok')
    link('lost')
    await pass(0)
    await pass(2000)
    assert.equal(restarts, 5)
  })

  it('that was given up is tried again when the network changes', async () => {
    link('lost')
    for (const wait of [0, 2000, 4000, 8000, 15_000]) await pass(wait)
    recovery.retry()
    await pass(0)
    assert.equal(restarts, 6)
    assert.deepEqual(links, ['recovering', 'lost', 'recovering'])
  })

  it('is tried at once, no matter what pause there is, when the network changes', async () => {
    link('lost')
    for (const wait of [0, 2000]) await pass(wait)
    recovery.retry()
    await pass(0)
    assert.equal(restarts, 3)
  })

  it('that is up is left alone when the network changes and packets arrive', async () => {
    recovery.retry()
    await turn()
    packets = 1
    await pass(60_000)
    assert.deepEqual([links, restarts], [[], 0])
  })

  it('is built anew at once when the network changes and nothing arrives by it, though the browser says it is up', async () => {
    packets = 100
    recovery.retry()
    await turn()
    await pass(499)
    assert.equal(restarts, 0)
    await pass(1)
    assert.equal(restarts, 1)
  })

  it('is listened to once, however often the network changes', async () => {
    for (let count = 0; count < 3; count++) recovery.retry()
    await turn()
    await pass(500)
    assert.equal(restarts, 1)
  })

  it('by which nothing is to come is left alone when the network changes', async () => {
    direction = 'sendonly'
    recovery.retry()
    await turn()
    await pass(60_000)
    assert.equal(restarts, 0)
  })

  it('of a call that is over is left alone', async () => {
    link('lost')
    gone.abort()
    await pass(60_000)
    assert.equal(restarts, 0)
  })

  it('of a call that ends while it is being built is left alone', async () => {
    let answer = () => {}
    restart = () => new Promise((resolve) => (answer = resolve))
    link('lost')
    await pass(0)
    gone.abort()
    answer()
    await turn()
    await pass(60_000)
    assert.equal(restarts, 1)
  })

  describe('to a far side that is away', () => {
    const absent = () =>
      Promise.reject(new SignalingError('refused', 'Temporarily Unavailable', { status: 480, absent: true }))
    const timeout = () => Promise.reject(new SignalingError('timeout', 'The other side did not answer'))
    const unreachable = () => Promise.reject(new SignalingError('unreachable', 'The connection to the server was lost'))

    /** Lets time go by in steps, so that what waits for another promise comes to its turn. */
    async function wait(ms: number): Promise<void> {
      for (let passed = 0; passed < ms; passed += 500) {
        await pass(500)
        await turn()
      }
    }

    /** The path is lost, and the first attempt hears that the far side's device is gone. */
    async function isGone(): Promise<void> {
      restart = absent
      link('lost')
      await pass(0)
    }

    async function isGivenUpAfter(ms: number): Promise<void> {
      await wait(ms - 500)
      assert.equal(abandoned, 0)
      await wait(500)
      assert.equal(abandoned, 1)
    }

    async function isKept(): Promise<void> {
      await wait(600_000)
      assert.equal(abandoned, 0)
    }

    it('is given up 6 s after the network said that its device is gone', async () => {
      await isGone()
      await isGivenUpAfter(6000)
    })

    it('is asked nothing after it was given up', async () => {
      await isGone()
      await wait(6000)
      const before = restarts
      await wait(600_000)
      assert.deepEqual([abandoned, restarts], [1, before])
    })

    it('is kept where it comes back', async () => {
      await isGone()
      await wait(3000)
      link('ok')
      await isKept()
    })

    it('is kept where it answers again, though it is not connected yet', async () => {
      await isGone()
      restart = async () => {}
      await isKept()
    })

    it('is kept where something else is wrong with the last attempt', async () => {
      await isGone()
      restart = fail
      await isKept()
    })

    it('has all its time again, where it was back for a while', async () => {
      await isGone()
      await wait(5000)
      link('ok')
      link('lost')
      await pass(0)
      await isGivenUpAfter(6000)
    })

    it('is kept while packets arrive', async () => {
      restart = () => {
        packets++
        return absent()
      }
      link('lost')
      await isKept()
    })

    it('is kept while it is held', async () => {
      restart = absent
      held = true
      link('lost')
      await isKept()
    })

    it('that does not answer is kept for 5 minutes: it may sleep', async () => {
      restart = timeout
      link('recovering')
      await isGivenUpAfter(300_000)
    })

    it('is kept while this side cannot reach the network', async () => {
      restart = unreachable
      link('lost')
      await isKept()
    })

    it('has 5 minutes again when the network changes', async () => {
      restart = unreachable
      link('lost')
      await wait(310_000)
      restart = timeout
      recovery.retry()
      await isGivenUpAfter(300_000)
    })

    it('is not given up in a call that is over', async () => {
      await isGone()
      gone.abort()
      await isKept()
    })
  })
})
