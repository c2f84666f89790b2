import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, it, mock } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { createGateway, type Gateway } from '../src/index.ts'
import { RawClient } from './testing/raw-client.ts'

const minute = 60_000

/** Ways in which a key server is of no use. */
const faults: readonly (readonly [string, RequestListener])[] = [
  ['answers 500', (_request, response) => response.writeHead(500).end('{"keys":[]}')],
  ['answers 404', (_request, response) => response.writeHead(404).end()],
  ['answers 401', (_request, response) => response.writeHead(401).end()],
  ['answers with a page', (_request, response) => response.end('<!doctype html><title>Maintenance</title>')],
  ['answers with something else', (_request, response) => response.end('{"status":"ok"}')],
  ['publishes no keys', (_request, response) => response.end('{"keys":[]}')],
  ['breaks off', (request) => request.socket.destroy()],
  [
    'breaks off in the middle',
    (_request, response) => {
      response.write('{"keys":[')
      response.destroy()
    },
  ],
]

describe('an issuer whose key server is of no use', () => {
  let answer: RequestListener
  let asked: number
  let keys: string
  let key: CryptoKey
  let server: Server
  let gateway: Gateway
  let origin: string

  const publish: RequestListener = (_request, response) => response.end(keys)

  beforeEach(async () => {
    asked = 0
    const pair = await generateKeyPair('ES256')
    key = pair.privateKey
    keys = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'one' }] })
    answer = publish
    server = createServer((request, response) => {
      asked += 1
      answer(request, response)
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const jwksUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/keys`
    gateway = createGateway({ port: 0, domain: 'example.com', tokenIssuer: { jwksUrl } })
    origin = await gateway.listen()
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
  })
  afterEach(async () => {
    mock.timers.reset()
    await gateway.close()
    server.closeAllConnections()
    server.close()
  })

  /** A key of its own, and how the issuer publishes it. */
  const another = async (kid?: string): Promise<readonly [CryptoKey, object]> => {
    const { privateKey, publicKey } = await generateKeyPair('ES256')
    return [privateKey, { ...(await exportJWK(publicKey)), ...(kid && { kid }) }]
  }
  const publishes = (...set: readonly object[]): void => {
    keys = JSON.stringify({ keys: set })
  }

  /** `kid`: `null` where the token does not name its key. */
  const client = async (kid: string | null = 'one', signed = key): Promise<RawClient> => {
    const header = { alg: 'ES256', ...(kid !== null && { kid }) }
    const token = new SignJWT({ sub: 'alice' }).setProtectedHeader(header).setExpirationTime('2d')
    return RawClient.bearing(origin, await token.sign(signed))
  }
  /** Status of a sign-in, and whether it says when to come again. */
  const logIn = async (by?: RawClient): Promise<readonly [number, boolean]> => {
    const { status, headers } = await (by ?? (await client())).logIn()
    return [status, Number(headers.get('retry-after')) > 0]
  }

  for (const [what, fault] of faults) {
    it(`that ${what}: tokens are neither good nor bad, 503`, async () => {
      answer = fault
      assert.deepEqual(await logIn(), [503, true])
    })

    it(`that ${what} later: the keys it published serve for a day, and no longer`, async () => {
      assert.equal((await logIn())[0], 201)
      answer = fault
      for (const later of [11, 60, 22 * 60]) {
        mock.timers.setTime(Date.now() + later * minute)
        assert.equal((await logIn())[0], 201)
      }
      mock.timers.setTime(Date.now() + 24 * 60 * minute)
      assert.deepEqual(await logIn(), [503, true])
    })

    it(`that ${what} later: a token of a key it may have published since is neither good nor bad`, async () => {
      assert.equal((await logIn())[0], 201)
      answer = fault
      mock.timers.setTime(Date.now() + minute)
      assert.deepEqual(await logIn(await client('two')), [503, true])
    })
  }

  it('that is silent keeps nobody waiting whose key is known', async () => {
    assert.equal((await logIn())[0], 201)
    answer = () => {}
    mock.timers.setTime(Date.now() + 11 * minute)
    assert.equal((await logIn())[0], 201)
  })

  it('that cannot be reached: 503', async () => {
    server.close()
    assert.deepEqual(await logIn(), [503, true])
  })

  it('that is back serves again, a few seconds later', async () => {
    answer = (_request, response) => response.writeHead(500).end()
    assert.equal((await logIn())[0], 503)
    answer = publish
    mock.timers.setTime(Date.now() + 6000)
    assert.equal((await logIn())[0], 201)
  })

  it('is asked again for a key that it published since', async () => {
    assert.equal((await logIn())[0], 201)
    const [second, published] = await another('two')
    publishes(published)
    mock.timers.setTime(Date.now() + minute)
    assert.equal((await logIn(await client('two', second)))[0], 201)
  })

  it('says nothing against a token of a new key while it was asked just now', async () => {
    assert.equal((await logIn())[0], 201)
    mock.timers.setTime(Date.now() + minute)
    // Anybody can have it asked by a token of a key that nobody has.
    assert.deepEqual(await logIn(await client('nobody’s')), [401, false])
    const [second, published] = await another('two')
    publishes(published)
    const alice = await client('two', second)
    assert.deepEqual(await logIn(alice), [503, true])
    assert.deepEqual(await logIn(await client('nobody’s')), [401, false])
    mock.timers.setTime(Date.now() + minute)
    assert.equal((await logIn(alice))[0], 201)
    assert.equal(asked, 3)
  })

  it('does not let tokens of unknown keys come without end: 429', async () => {
    assert.equal((await logIn())[0], 201)
    const statuses = new Set<number>()
    for (let requests = 0; requests < 620; requests += 1)
      statuses.add((await logIn(await client(`unknown ${String(requests)}`)))[0])
    assert.deepEqual([...statuses].at(-1), 429)
    assert.equal(asked, 1)
  })

  it('that has several keys and names none: each may be the one', async () => {
    const [[first, one], [second, two]] = [await another(), await another()]
    publishes(one, two)
    for (const signed of [first, second]) assert.equal((await logIn(await client(null, signed)))[0], 201)
    assert.deepEqual(await logIn(await client(null)), [401, false])
  })

  it('that changes its key and names none is asked again', async () => {
    const [[first, one], [second, two]] = [await another(), await another()]
    publishes(one)
    assert.equal((await logIn(await client(null, first)))[0], 201)
    publishes(two)
    mock.timers.setTime(Date.now() + minute)
    assert.equal((await logIn(await client(null, second)))[0], 201)
    assert.deepEqual(await logIn(await client(null, first)), [401, false])
    assert.equal(asked, 2)
  })

  it('refuses by its keys a token that another signed: 401', async () => {
    const { privateKey } = await generateKeyPair('ES256')
    assert.deepEqual(await logIn(await client('one', privateKey)), [401, false])
  })

  it('is not asked for each token of an unknown key: 401', async () => {
    assert.equal((await logIn())[0], 201)
    mock.timers.setTime(Date.now() + minute)
    for (let tokens = 0; tokens < 5; tokens += 1) assert.deepEqual(await logIn(await client('two')), [401, false])
    assert.equal(asked, 2)
  })

  it('costs a client with a good token no part of what it may ask for', async () => {
    answer = (_request, response) => response.writeHead(500).end()
    const alice = await client()
    for (let requests = 0; requests < 620; requests += 1) assert.equal((await alice.logIn()).status, 503)
  })
})
