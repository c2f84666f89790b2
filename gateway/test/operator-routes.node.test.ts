import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { createGateway, type Gateway } from '../src/index.ts'
import { heldClock } from './testing/held-clock.ts'
import { runningIssuer } from './testing/issuer.ts'
import { RawClient, send, type Answer } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const issuer = runningIssuer()
const ready = (origin: string): Promise<Answer> => send(`${origin}readyz`, 'GET')

describe('whether a gateway is ready', () => {
  const gateway = runningGateway({}, issuer)
  const development = runningGateway()

  it('is told once it has the keys of the issuer', async () => {
    const { status, body } = await ready(gateway.origin)
    assert.deepEqual([status, body], [200, { status: 'ready', keys: true, draining: false }])
  })

  it('does not depend on keys where tokens are its own', async () => {
    assert.equal((await ready(development.origin)).status, 200)
  })

  it('is no while the issuer gives no keys, and it is alive all the same', async () => {
    const issuerless = createGateway({ port: 0, tokenIssuer: { jwksUrl: 'http://127.0.0.1:9/keys' } })
    const origin = await issuerless.listen()
    const { status, body } = await ready(origin)
    assert.deepEqual([status, body], [503, { status: 'not-ready', keys: false, draining: false }])
    assert.equal((await send(`${origin}healthz`, 'GET')).status, 200)
    await issuerless.close()
  })

  it('is no where guests alone could sign in', async () => {
    const issuerless = createGateway({
      port: 0,
      guestAllow: ['sales'],
      tokenIssuer: { jwksUrl: 'http://127.0.0.1:9/keys' },
    })
    assert.equal((await ready(await issuerless.listen())).status, 503)
    await issuerless.close()
  })

  it('is no while no media server can be reached', async () => {
    const alone = createGateway({ port: 0, devTokens: true, janusUrls: ['ws://127.0.0.1:9'] })
    const { status, body } = await ready(await alone.listen())
    assert.equal(status, 503)
    assert.equal((body as { mediaServers: number }).mediaServers, 0)
    await alone.close()
  })
})

describe('a gateway that is about to stop', () => {
  const drainTime = 71
  const clock = heldClock(drainTime)
  let gateway: Gateway
  let origin = ''

  before(async () => {
    gateway = createGateway({ port: 0, domain: 'example.com', devTokens: true, drainTime })
    origin = await gateway.listen()
  })

  it('is not ready, lets nobody sign in, and keeps its calls until the time is over', async () => {
    const alice = await RawClient.login(origin, 'alice')
    const bob = await RawClient.login(origin, 'bob')
    const late = await RawClient.withToken(origin, 'late')
    const waits = clock.next(drainTime)
    const closed = gateway.close()
    await waits
    const { status, body } = await ready(origin)
    assert.deepEqual([status, (body as { draining: boolean }).draining], [503, true])
    const refused = await late.logIn()
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '5'])
    assert.equal((await alice.dial('bob')).status, 201)
    assert.deepEqual(await bob.heard(), ['invitation-received'])
    const ended = bob.poll()
    await bob.send('PUT', bob.session)
    clock.fire(drainTime)
    assert.equal((await ended).events[0]?.detail, 'server-stopping')
    await closed
  })
})

describe('metrics', () => {
  const gateway = runningGateway({ metricsToken: 'scrape-me', trustedProxies: ['127.0.0.2'] })
  const open = runningGateway()

  const scrape = (headers: Readonly<Record<string, string>> = {}, origin = gateway.origin): Promise<Answer> =>
    send(`${origin}metrics`, 'GET', { headers })

  it('are OpenMetrics', async () => {
    const { status, headers, text } = await scrape()
    assert.equal(status, 200)
    assert.match(headers.get('content-type') ?? '', /^application\/openmetrics-text; version=1\.0\.0/)
    assert.match(text, /# EOF\n$/)
  })

  it('count sessions, calls, events, queues, and how long answers and events take', async () => {
    const [alice, bob] = [await RawClient.login(open.origin, 'alice'), await RawClient.login(open.origin, 'bob')]
    const call = (await alice.dial('bob')).headers.get('location') ?? ''
    const ringing = (await scrape({}, open.origin)).text
    assert.match(ringing, /^att_phone_sessions 2$/m)
    assert.match(ringing, /^att_phone_calls 1$/m)
    assert.match(ringing, /^att_phone_event_queue_bytes [1-9]\d*$/m)
    assert.match(ringing, /^att_phone_events_total\{state="invitation-received"\} 1$/m)
    await bob.poll()
    await alice.end(call, 'cancel')
    await bob.poll()
    const ended = (await scrape({}, open.origin)).text
    assert.match(ended, /^att_phone_calls 0$/m)
    assert.match(ended, /^att_phone_event_queue_bytes \d+$/m)
    assert.match(ended, /^att_phone_event_delay_seconds_count [1-9]\d*$/m)
    assert.match(
      ended,
      /^att_phone_request_duration_seconds_count\{method="POST",route="\/RTC\/v1\/sessions\/:session\/calls",status="201"\} 1$/m,
    )
  })

  it('name nobody: no address, id or token', async () => {
    const alice = await RawClient.login(open.origin, 'alice-of-metrics')
    await alice.dial('nobody-of-metrics')
    await send(`${open.origin}nothing/secret-path`, 'GET')
    const { text } = await scrape({}, open.origin)
    for (const secret of ['of-metrics', 'secret-path', alice.session, alice.token]) assert.ok(!text.includes(secret))
  })

  it('are for who has the token, from anywhere', async () => {
    const proxied = { 'x-forwarded-for': '198.51.100.1' }
    assert.equal((await scrape({ ...proxied, authorization: 'Bearer scrape-me' })).status, 200)
    assert.equal((await scrape(proxied)).status, 401)
    for (const authorization of ['Bearer scrape-mf', 'Bearer', 'Bearer undefined', 'Basic scrape-me'])
      assert.equal((await scrape({ ...proxied, authorization })).status, 401)
  })

  for (const headers of [
    { 'x-forwarded-for': '127.0.0.1' },
    { forwarded: 'for=127.0.0.1' },
    { via: '1.1 proxy' },
    { origin: 'https://page.example' },
    { 'sec-fetch-site': 'cross-site' },
    { authorization: 'Bearer guess' },
  ]) {
    it(`are not for who comes by way of another: ${Object.keys(headers).join('')}`, async () => {
      assert.equal((await scrape(headers, open.origin)).status, 401)
    })
  }

  for (const [host, expected] of [
    ['rebound.example', 401],
    ['rebound.example:8080', 401],
    ['198.51.100.1', 401],
    ['localhost.example', 401],
    ['[2001:db8::1]:80', 401],
    ['localhost', 200],
    ['LOCALHOST:8080', 200],
    ['gateway.localhost', 200],
    ['127.0.0.1:8080', 200],
    ['127.8.8.8', 200],
    ['[::1]:8080', 200],
  ] as const)
    it(`come to ${String(expected)} where a page of this machine asks by the name ${host}`, async () => {
      const here = createGateway({ devTokens: true })
      const { statusCode } = await here.app.inject({ url: '/metrics', headers: { host } })
      await here.close()
      assert.equal(statusCode, expected)
    })

  it('are not for another machine', async () => {
    const remote = createGateway({ devTokens: true })
    for (const remoteAddress of ['198.51.100.1', '10.0.0.1', '2001:db8::1']) {
      const { statusCode } = await remote.app.inject({ url: '/metrics', remoteAddress })
      assert.equal(statusCode, 401)
    }
    assert.equal((await remote.app.inject({ url: '/metrics', remoteAddress: '::1' })).statusCode, 200)
    await remote.close()
  })
})

describe('the start of a gateway', () => {
  let keys: Server
  let jwksUrl = ''

  before(async () => {
    keys = createServer((_request, response) => response.end('{"keys":[]}')).listen(0, '127.0.0.1')
    await once(keys, 'listening')
    jwksUrl = `http://127.0.0.1:${String((keys.address() as AddressInfo).port)}/keys`
  })
  after(() => keys.close())

  /** Codes and texts of the warnings of a start. */
  async function warningsOf(options: Parameters<typeof createGateway>[0]): Promise<readonly string[]> {
    const warnings: string[] = []
    const listener = ({ code, message }: Error & { readonly code?: string }): void => {
      if (code === 'ATT_PHONE_ANY_TOKEN') warnings.push(message)
    }
    process.on('warning', listener)
    const gateway = createGateway({ port: 0, ...options })
    await gateway.listen()
    await gateway.close()
    process.off('warning', listener)
    return warnings
  }

  for (const [claims, named] of [
    [{}, /^TOKEN_ISSUER \(iss\) and TOKEN_AUDIENCE \(aud\) not set: any token/],
    [{ issuer: 'https://id.example.com' }, /^TOKEN_AUDIENCE \(aud\) not set/],
    [{ audience: 'phone' }, /^TOKEN_ISSUER \(iss\) not set/],
  ] as const) {
    it(`warns once where claims are not checked, given ${JSON.stringify(claims)}`, async () => {
      const [warning = '', ...more] = await warningsOf({ tokenIssuer: { jwksUrl, ...claims } })
      assert.match(warning, named)
      assert.deepEqual(more, [])
    })
  }

  it('warns of nothing where both are, or where tokens are for development', async () => {
    const issuer = 'https://id.example.com'
    assert.deepEqual(await warningsOf({ tokenIssuer: { jwksUrl, issuer, audience: 'phone' } }), [])
    assert.deepEqual(await warningsOf({ devTokens: true }), [])
  })
})
