import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { SignalingError } from '../signaling.ts'
import { AccessToken } from './access-token.ts'

/** Lets everything happen that waits for no timer. */
const turn = () => new Promise((resolve) => setImmediate(resolve))

async function pass(seconds: number): Promise<void> {
  mock.timers.tick(seconds * 1000)
  await turn()
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token that is over in so many seconds. */
const lasting = (seconds: number, name = ''): string =>
  `${encoded({ alg: 'none' })}.${encoded({ sub: `ünï-${name}`, exp: Date.now() / 1000 + seconds })}.signature`

const refusal = (status: number): SignalingError => new SignalingError('refused', 'No', { status })

describe('an access token', () => {
  let asked = 0
  let next: () => Promise<string>
  let life: AbortController
  let ends: SignalingError[]

  beforeEach(() => {
    mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 })
    asked = 0
    ends = []
    life = new AbortController()
    next = async () => lasting(3600, String(asked))
  })
  afterEach(() => {
    life.abort()
    mock.timers.reset()
  })

  function kept(first: string): AccessToken {
    const token = new AccessToken(first, () => {
      asked += 1
      return next()
    })
    token.keepFresh((error) => ends.push(error), life.signal)
    return token
  }

  it('is replaced before it expires', async () => {
    const first = lasting(10)
    const token = kept(first)
    await pass(7.9)
    assert.equal(asked, 0)
    await pass(0.2)
    assert.equal(asked, 1)
    assert.notEqual(token.value, first)
  })

  it('that lasts an hour is replaced a minute before its end', async () => {
    kept(lasting(3600))
    await pass(3539)
    assert.equal(asked, 0)
    await pass(2)
    assert.equal(asked, 1)
  })

  it('is replaced again and again', async () => {
    next = async () => lasting(10)
    kept(lasting(10))
    for (let life = 0; life < 3; life += 1) await pass(8.1)
    assert.equal(asked, 3)
  })

  it('of another kind than JWT is replaced when the gateway refuses it', async () => {
    const token = kept('opaque')
    await pass(100_000)
    assert.equal(asked, 0)
    assert.equal(await token.renew('opaque'), token.value)
    assert.equal(asked, 1)
  })

  it('that lives longer than a timer can count is not asked for at once', async () => {
    kept(lasting(365 * 86_400))
    await pass(3600)
    assert.equal(asked, 0)
  })

  it('is asked for once by all who need it at the same time', async () => {
    const token = kept('old')
    const tokens = await Promise.all([token.renew('old'), token.renew('old'), token.renew('old')])
    assert.deepEqual([asked, new Set(tokens).size], [1, 1])
  })

  it('is not asked for by one who still had the one before', async () => {
    const token = kept('old')
    await token.renew('old')
    assert.equal(await token.renew('old'), token.value)
    assert.equal(asked, 1)
  })

  it('that cannot be had now is a network that is away, and is asked for again', async () => {
    next = () => Promise.reject(new Error('The issuer is down'))
    const token = kept('old')
    await assert.rejects(token.renew('old'), { kind: 'unreachable' })
    next = async () => 'fresh'
    await pass(1.1)
    assert.deepEqual([token.value, ends], ['fresh', []])
  })

  for (const nothing of ['', undefined, null]) {
    it(`is none where the page gives ${JSON.stringify(nothing)}`, async () => {
      next = async () => nothing as string
      await assert.rejects(kept('old').renew('old'), { kind: 'unreachable' })
    })
  }

  for (const status of [429, 503]) {
    it(`that the gateway has no time for (${String(status)}) ends nothing`, async () => {
      next = () => Promise.reject(new SignalingError(status === 503 ? 'unreachable' : 'refused', 'Later', { status }))
      await assert.rejects(kept('old').renew('old'), { kind: 'unreachable' })
      assert.deepEqual(ends, [])
    })
  }

  it('that the gateway refuses though it is fresh ends the session, once', async () => {
    next = () => Promise.reject(refusal(401))
    const token = kept('old')
    await assert.rejects(token.renew('old'), { kind: 'expired' })
    await assert.rejects(token.renew('old'), { kind: 'expired' })
    assert.deepEqual([asked, ends.length, token.renewable], [1, 1, false])
  })

  it('that a request finds refused though it is fresh ends the session', async () => {
    const token = kept('old')
    const fresh = await token.renew('old')
    assert.equal(token.refuse(fresh, refusal(401)).kind, 'expired')
    assert.equal(ends.length, 1)
  })

  it('is not asked for after the session', async () => {
    kept(lasting(10))
    life.abort()
    await pass(3600)
    assert.equal(asked, 0)
  })

  it('that is the same as before is asked for again, but not at once', async () => {
    const same = lasting(1)
    next = async () => same
    kept(same)
    await pass(0.85)
    assert.equal(asked, 1)
    await pass(0.9)
    assert.equal(asked, 1)
  })

  it('is not replaced where the page told no way to get another', async () => {
    const token = new AccessToken(lasting(10))
    token.keepFresh((error) => ends.push(error), life.signal)
    await pass(3600)
    assert.deepEqual([token.renewable, ends], [false, []])
  })
})
