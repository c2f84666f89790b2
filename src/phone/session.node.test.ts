import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { SignalingError, type Leg } from '../signaling/signaling.ts'
import { Session, signedOut } from './session.ts'
import { SignalingDouble } from './testing/signaling-double.ts'

const unreachable = new SignalingError('unreachable', 'No answer')
const expired = new SignalingError('expired', 'Session id not found')

/** Lets everything happen that waits for no timer. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function pass(ms: number): Promise<void> {
  mock.timers.tick(ms)
  await turn()
}

describe('a session', () => {
  let network: SignalingDouble
  let session: Session
  let told: string[] = []
  let states: string[] = []
  let prepare: () => Promise<unknown> = () => Promise.resolve()

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout'] })
    // The chance in each pause is none.
    mock.method(Math, 'random', () => 0.5)
    told = []
    states = []
    network = new SignalingDouble()
    prepare = () => Promise.resolve()
    session = new Session({
      changed: ({ state }) => states.push(state),
      prepare: async (identity) => {
        await prepare()
        return identity
      },
      incoming: (leg) => told.push(`incoming ${leg.id}`),
      unreachable: (id) => told.push(`unreachable ${id}`),
      recovered: () => told.push('recovered'),
      expired: (id) => told.push(`expired ${id}`),
    })
  })
  afterEach(async () => {
    await session.disconnect()
    mock.timers.reset()
    mock.restoreAll()
  })

  const signIn = () => session.connect({ userId: 'alice' }, { signaling: () => network })
  const lose = () => network.events.emit('link', { state: 'lost', error: unreachable })
  const fail = (error: Error) => () => Promise.reject(error)
  const times = (what: string) => network.asked.filter((each) => each === what).length

  describe('signing in', () => {
    it('is shown while it lasts, with the name that was given', async () => {
      const signingIn = signIn()
      assert.deepEqual([session.snapshot.state, session.snapshot.userId], ['signing-in', 'alice'])
      await signingIn
    })

    it('shows what the network says', async () => {
      assert.equal(await signIn(), 'session-1')
      assert.deepEqual(session.snapshot, {
        state: 'ready',
        userId: 'alice@example.com',
        id: 'session-1',
        capabilities: network.capabilities,
        network: 'double',
      })
    })

    it('reaches the network after what calls need is there', async () => {
      let prepared: (value: unknown) => void = () => {}
      prepare = () => new Promise((resolve) => (prepared = resolve))
      const signingIn = signIn()
      await turn()
      assert.deepEqual(network.asked, [])
      prepared(undefined)
      await signingIn
      assert.deepEqual(network.asked, ['connect'])
    })

    it('fails where what calls need cannot be loaded', async () => {
      const error = new TypeError('Failed to fetch')
      prepare = fail(error)
      await assert.rejects(signIn(), error)
      assert.equal(session.snapshot, signedOut)
      assert.deepEqual(network.asked, [])
    })

    it('that fails leaves nobody signed in, and the network is let go', async () => {
      network.outcomes.connect = fail(unreachable)
      await assert.rejects(signIn(), unreachable)
      assert.equal(session.snapshot, signedOut)
      assert.deepEqual(network.asked, ['connect', 'disconnect'])
    })

    it('stops when it is signed out meanwhile', async () => {
      network.outcomes.connect = (signal) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
      const signingIn = signIn()
      await turn()
      await session.disconnect()
      await assert.rejects(signingIn, { name: 'AbortError' })
      assert.deepEqual(states.at(-1), 'signed-out')
    })

    it('has no effect when its answer comes after it was signed out', async () => {
      let answer = () => {}
      network.outcomes.connect = () => new Promise((resolve) => (answer = resolve))
      const signingIn = signIn()
      await turn()
      await session.disconnect()
      answer()
      await assert.rejects(signingIn, { name: 'AbortError' })
      assert.equal(session.snapshot.state, 'signed-out')
    })
  })

  describe('signing out', () => {
    it('lets the network go, and shows it', async () => {
      await signIn()
      await session.disconnect()
      assert.equal(session.snapshot, signedOut)
      assert.equal(network.asked.at(-1), 'disconnect')
    })

    it('is the end of what the network tells', async () => {
      await signIn()
      await session.disconnect()
      network.events.emit('expired', expired)
      network.events.emit('incoming', { id: 'late' } as Leg)
      lose()
      assert.deepEqual([told, session.snapshot.state], [[], 'signed-out'])
    })

    it('leaves no network to call by', async () => {
      await signIn()
      await session.disconnect()
      assert.throws(() => session.signaling, { kind: 'expired' })
    })
  })

  it('hands over what comes in', async () => {
    await signIn()
    network.events.emit('incoming', { id: 'call-1' } as Leg)
    assert.deepEqual(told, ['incoming call-1'])
  })

  it('shows what the network can do when that changes', async () => {
    await signIn()
    network.events.emit('capabilities', { ...network.capabilities, transfer: true })
    assert.equal(session.snapshot.capabilities.transfer, true)
  })

  describe('is kept alive', () => {
    beforeEach(() => {
      network.info = { ...network.info, expiresIn: 100_000 }
    })

    it('by a refresh when four fifths of its life are over', async () => {
      await signIn()
      await pass(79_999)
      assert.equal(times('refresh'), 0)
      await pass(1)
      assert.equal(times('refresh'), 1)
    })

    it('again and again', async () => {
      await signIn()
      for (let life = 0; life < 3; life++) await pass(80_000)
      assert.equal(times('refresh'), 3)
    })

    it('by one refresh for each life, also after an outage', async () => {
      await signIn()
      lose()
      await pass(0)
      assert.equal(session.snapshot.state, 'ready')
      await pass(80_000)
      assert.equal(times('refresh'), 1)
    })

    it('by another refresh, soon, after one that failed', async () => {
      await signIn()
      network.outcomes.refresh = fail(unreachable)
      await pass(80_000)
      assert.equal(session.snapshot.state, 'ready')
      await pass(10_000)
      assert.equal(times('refresh'), 2)
    })

    it('no more when it is over', async () => {
      await signIn()
      await session.disconnect()
      await pass(100_000)
      assert.equal(times('refresh'), 0)
    })

    it('without a timer where the network does that itself', async () => {
      network.info = { id: 'session-1', userId: 'alice' }
      await signIn()
      await pass(2 ** 31)
      assert.equal(times('refresh'), 0)
    })

    it('where it lives longer than a timer can count', async () => {
      network.info = { ...network.info, expiresIn: 2 ** 40 }
      await signIn()
      await pass(1)
      assert.equal(times('refresh'), 0)
    })

    it('until a refresh says that the network has forgotten it', async () => {
      await signIn()
      network.outcomes.refresh = fail(expired)
      await pass(80_000)
      assert.deepEqual([told, session.snapshot.state], [['expired session-1'], 'expired'])
    })
  })

  describe('that lost its network', () => {
    it('is shown as recovering, and can still be used', async () => {
      await signIn()
      lose()
      assert.deepEqual([session.snapshot.state, session.ready], ['recovering', true])
    })

    it('is taken up at once, and nobody hears of an outage', async () => {
      await signIn()
      lose()
      await pass(0)
      assert.deepEqual([told, session.snapshot.state], [['recovered'], 'ready'])
    })

    it('is tried again after growing pauses, of which the last goes on', async () => {
      await signIn()
      network.outcomes.resume = fail(unreachable)
      lose()
      for (const wait of [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000, 30_000]) {
        const before = times('resume')
        await pass(Math.max(0, wait - 1))
        assert.equal(times('resume'), wait === 0 ? before + 1 : before, `before ${wait} ms`)
        if (wait > 0) await pass(1)
        assert.equal(times('resume'), before + 1, `after ${wait} ms`)
      }
    })

    it('tells of the outage once, however long it lasts', async () => {
      await signIn()
      network.outcomes.resume = fail(unreachable)
      lose()
      for (const wait of [0, 500, 1000, 2000]) await pass(wait)
      assert.deepEqual(told, ['unreachable session-1'])
    })

    it('tells of the next outage too', async () => {
      await signIn()
      for (let outage = 0; outage < 2; outage++) {
        network.outcomes.resume = fail(unreachable)
        lose()
        await pass(0)
        network.outcomes.resume = async () => {}
        await pass(500)
      }
      assert.deepEqual(told, ['unreachable session-1', 'recovered', 'unreachable session-1', 'recovered'])
    })

    it('is tried at once when the browser has a network again', async () => {
      await signIn()
      network.outcomes.resume = fail(unreachable)
      lose()
      for (const wait of [0, 500, 1000]) await pass(wait)
      network.outcomes.resume = async () => {}
      session.retry()
      await pass(0)
      assert.equal(session.snapshot.state, 'ready')
    })

    it('is not tried where nothing was lost', async () => {
      await signIn()
      session.retry()
      await pass(60_000)
      assert.equal(times('resume'), 0)
    })

    it('is lost once, however often that is told', async () => {
      await signIn()
      network.outcomes.resume = fail(unreachable)
      lose()
      lose()
      await pass(0)
      assert.equal(times('resume'), 1)
    })

    it('is back when the network says so', async () => {
      await signIn()
      network.outcomes.resume = fail(unreachable)
      lose()
      await pass(0)
      network.events.emit('link', { state: 'ok' })
      assert.equal(session.snapshot.state, 'ready')
    })

    it('has ended when the network has forgotten it', async () => {
      await signIn()
      network.outcomes.resume = fail(expired)
      lose()
      await pass(0)
      assert.deepEqual([told, session.snapshot.state], [['expired session-1'], 'expired'])
      assert.equal(network.asked.at(-1), 'disconnect')
    })

    it('is tried no more after it was signed out', async () => {
      await signIn()
      network.outcomes.resume = fail(unreachable)
      lose()
      await pass(0)
      await session.disconnect()
      await pass(60_000)
      assert.equal(times('resume'), 1)
    })
  })

  describe('that the network ended', () => {
    it('is told with its id, and shown as expired', async () => {
      await signIn()
      network.events.emit('expired', expired)
      await turn()
      assert.deepEqual(told, ['expired session-1'])
      assert.deepEqual([session.snapshot.state, session.snapshot.id], ['expired', null])
    })

    it('is told once', async () => {
      await signIn()
      network.events.emit('expired', expired)
      network.events.emit('expired', expired)
      await turn()
      assert.deepEqual(told, ['expired session-1'])
    })

    it('can begin anew', async () => {
      await signIn()
      network.events.emit('expired', expired)
      await turn()
      await signIn()
      assert.equal(session.snapshot.state, 'ready')
    })
  })
})
