import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createGateway } from '../src/index.ts'
import { RawClient, send } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

describe('log in', () => {
  const gateway = runningGateway({ sessionsPerUser: 2 })

  it('answers 201 with the path and the life of the session', async () => {
    const client = await RawClient.withToken(gateway.origin, 'alice')
    const { status, headers, text } = await client.logIn()
    assert.equal(status, 201)
    assert.match(headers.get('location') ?? '', /^\/RTC\/v1\/sessions\/[^/]+$/)
    assert.equal(headers.get('x-expires'), '3600')
    assert.equal(text, '')
  })

  it('tells a client with extensions the address others reach it at', async () => {
    const client = await RawClient.withToken(gateway.origin, 'bob')
    const { body, headers } = await client.logIn({ extensions: true, eventChannel: 'sse' })
    assert.equal(headers.get('x-userId'), 'sip:bob@example.com')
    assert.deepEqual(body, {
      session: { userId: 'sip:bob@example.com', eventChannel: 'sse', pingInterval: 15, pollWait: 25 },
    })
  })

  it('is refused with SVC8512 for another user than the token’s', async () => {
    const client = await RawClient.withToken(gateway.origin, 'carol')
    const { status, messageId } = await client.logIn({ userId: 'dave' })
    assert.deepEqual([status, messageId], [400, 'SVC8512'])
  })

  it('is refused with POL1100 when the user is signed in too often', async () => {
    const client = await RawClient.withToken(gateway.origin, 'erin')
    await client.logIn()
    await client.logIn()
    const { status, messageId } = await client.logIn()
    assert.deepEqual([status, messageId], [403, 'POL1100'])
  })

  it('is refused with SVC0019 for an E911 id that is none', async () => {
    const client = await RawClient.withToken(gateway.origin, 'frank')
    const { status, messageId } = await client.logIn({}, { 'x-e911Id': 'not an id' })
    assert.deepEqual([status, messageId], [400, 'SVC0019'])
  })

  it('takes the session of a page that was loaded anew up, for its user alone', async () => {
    const extended = { extensions: true, eventChannel: 'websocket' } as const
    const page = await RawClient.withToken(gateway.origin, 'heidi')
    const before = (await page.logIn(extended)).headers.get('location') ?? ''
    const resume = before.split('/').at(-1) ?? ''
    const again = await page.logIn({ ...extended, resume })
    assert.deepEqual([again.status, again.headers.get('location')], [201, before])
    assert.equal((again.body as { session: { lastEvent: number } }).session.lastEvent, 0)
    const stranger = await RawClient.withToken(gateway.origin, 'ivan')
    const foreign = await stranger.logIn({ ...extended, resume })
    assert.equal(foreign.status, 201)
    assert.notEqual(foreign.headers.get('location'), before)
    const late = await page.logIn({ ...extended, resume: 'gone' })
    assert.notEqual(late.headers.get('location'), before)
  })

  for (const [what, raw, expected] of [
    ['no body', undefined, [400, 'SVC0002']],
    ['a body without a session', '{}', [400, 'SVC0002']],
    ['a channel that does not exist', '{"session":{"eventChannel":"pigeon"}}', [400, 'SVC0002']],
    ['extensions that are no boolean', '{"session":{"extensions":"yes"}}', [400, 'SVC0002']],
    ['broken JSON', '{"session":', [400, 'SVC0001']],
    ['a poisoned prototype', '{"session":{},"__proto__":{"x":1}}', [400, 'SVC0001']],
    ['more than 64 kB', `{"session":{"mediaType":"${'x'.repeat(66_000)}"}}`, [413, 'SVC0002']],
  ] as const) {
    it(`is refused with ${expected.join(' ')} for ${what}`, async () => {
      const client = await RawClient.withToken(gateway.origin, 'grace')
      const { status, messageId } = await client.send('POST', '/RTC/v1/sessions', raw === undefined ? {} : { raw })
      assert.deepEqual([status, messageId], expected)
    })
  }
})

describe('a session', () => {
  const gateway = runningGateway()

  it('is refreshed by an empty PUT, even one that names a content type', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    for (const options of [{}, { raw: '' }]) {
      const { status, headers } = await client.send('PUT', client.session, options)
      assert.deepEqual([status, headers.get('x-expires')], [204, '3600'])
    }
  })

  it('takes an E911 id', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { status } = await client.send('PUT', client.session, { body: { e911Association: { e911Id: 'id-1' } } })
    assert.equal(status, 204)
  })

  it('refuses an E911 id that is none with SVC0019', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const { status, messageId } = await client.send('PUT', client.session, {
      body: { e911Association: { e911Id: '' } },
    })
    assert.deepEqual([status, messageId], [400, 'SVC0019'])
  })

  it('is gone after logout, in the words that mean it expired', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    assert.equal((await client.send('DELETE', client.session)).status, 204)
    const { status, text } = await client.send('GET', `${client.session}/events`)
    assert.equal(status, 404)
    assert.match(text, /The requested session resource was not found/)
  })

  it('is not another user’s: POL0001, and POL1102 for logout', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    const mallory = await RawClient.login(gateway.origin, 'mallory')
    const refusals = await Promise.all([
      mallory.send('PUT', alice.session),
      mallory.send('GET', `${alice.session}/events`),
      mallory.send('POST', `${alice.session}/websockets`),
      mallory.send('POST', `${alice.session}/calls`, { body: { call: { calledParty: 'bob', sdp: 'offer' } } }),
      mallory.send('DELETE', alice.session),
    ])
    assert.deepEqual(
      refusals.map(({ status, messageId }) => `${String(status)} ${messageId ?? ''}`),
      ['403 POL0001', '403 POL0001', '403 POL0001', '403 POL0001', '403 POL1102'],
    )
    assert.equal((await alice.send('PUT', alice.session)).status, 204)
  })

  it('serves another token of the same user', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    const renewed = await RawClient.withToken(gateway.origin, 'alice')
    assert.equal((await renewed.send('PUT', client.session)).status, 204)
  })
})

describe('a session that nobody refreshes', () => {
  const gateway = runningGateway({ sessionTtl: 0.3 })

  it('expires: its calls end and its channel closes', async () => {
    const alice = await RawClient.login(gateway.origin, 'alice')
    await alice.dial('bob')
    const stopped = await alice.poll()
    assert.equal(stopped.status, 204)
    assert.equal((await alice.send('PUT', alice.session)).status, 404)
    const { body } = await send(`${gateway.origin}healthz`, 'GET')
    assert.deepEqual(body, { status: 'ok', sessions: 0 })
  })
})

describe('a token', () => {
  const gateway = runningGateway()

  for (const [what, headers] of [
    ['missing', {}],
    ['not a bearer token', { authorization: 'Basic YTpi' }],
    ['nonsense', { authorization: 'Bearer nonsense' }],
    ['unsigned', { authorization: `Bearer ${btoa('{"alg":"none"}')}.${btoa('{"sub":"alice"}')}.` }],
  ] as const) {
    it(`that is ${what} is refused with 401 POL0001`, async () => {
      const { status, messageId } = await send(`${gateway.origin}RTC/v1/sessions`, 'POST', { headers })
      assert.deepEqual([status, messageId], [401, 'POL0001'])
    })
  }

  it('of another process is refused', async () => {
    const other = createGateway({ port: 0, devTokens: true, domain: 'example.com' })
    const stranger = await RawClient.withToken(await other.listen(), 'alice')
    await other.close()
    const authorization = `Bearer ${stranger.token}`
    const { status } = await send(`${gateway.origin}RTC/v1/sessions`, 'POST', { headers: { authorization } })
    assert.equal(status, 401)
  })

  for (const [userId, expected] of [
    ['alice', [204, undefined]],
    ['alice%40example.com', [204, undefined]],
    ['bob', [400, 'SVC8512']],
    ['not%20an%20id', [404, 'SVC8514']],
  ] as const) {
    it(`of alice is associated with ${userId}: ${String(expected[0])}`, async () => {
      const client = await RawClient.withToken(gateway.origin, 'alice')
      const { status, messageId } = await client.send('PUT', `/RTC/v1/userIds/${userId}`)
      assert.deepEqual([status, messageId], expected)
    })
  }

  it('for no address is not given', async () => {
    const { status, messageId } = await send(`${gateway.origin}tokens`, 'POST', { body: { userId: '<b>' } })
    assert.deepEqual([status, messageId], [400, 'SVC0004'])
  })
})

describe('development tokens', () => {
  it('are refused at an address others can reach', () => {
    assert.throws(() => createGateway({ devTokens: true, host: '0.0.0.0' }), /loopback/)
  })

  it('have to be asked for', () => {
    assert.throws(() => createGateway({}), /No source of tokens/)
  })
})

describe('pages of other origins', () => {
  const gateway = runningGateway()
  const origin = 'https://page.example'

  it('may send every header of the protocol, and need ask only once', async () => {
    const { status, headers } = await send(`${gateway.origin}RTC/v1/sessions/x/calls/y`, 'OPTIONS', {
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,content-type,x-calls-action,x-delete-reason,x-modid',
      },
    })
    assert.equal(status, 204)
    assert.equal(headers.get('access-control-allow-origin'), '*')
    assert.equal(
      headers.get('access-control-allow-headers'),
      'authorization,content-type,x-calls-action,x-delete-reason,x-modid',
    )
    assert.match(headers.get('access-control-allow-methods') ?? '', /PATCH/)
    assert.ok(Number(headers.get('access-control-max-age')) > 0)
  })

  it('may read the headers of the protocol, of refusals too', async () => {
    const { headers } = await send(`${gateway.origin}RTC/v1/sessions`, 'POST', { headers: { origin } })
    assert.match(headers.get('access-control-expose-headers') ?? '', /Location.*x-expires.*x-state.*x-modId/)
    assert.equal(headers.get('access-control-allow-origin'), '*')
  })
})

describe('pages of origins that are not allowed', () => {
  const gateway = runningGateway({ allowedOrigins: ['https://page.example'] })

  it('are told nothing', async () => {
    for (const [origin, allowed] of [
      ['https://page.example', 'https://page.example'],
      ['https://evil.example', null],
    ] as const) {
      const { headers } = await send(`${gateway.origin}healthz`, 'GET', { headers: { origin } })
      assert.equal(headers.get('access-control-allow-origin'), allowed)
    }
  })
})

describe('too many requests', () => {
  const gateway = runningGateway({ rateLimit: 3 })

  it('of one user are refused with 429 and when to come again; another user is served', async () => {
    const client = await RawClient.login(gateway.origin, 'alice')
    await client.send('PUT', client.session)
    await client.send('PUT', client.session)
    const { status, headers, messageId } = await client.send('PUT', client.session)
    assert.deepEqual([status, messageId], [429, ''])
    assert.ok(Number(headers.get('retry-after')) > 0)
    await RawClient.login(gateway.origin, 'bob')
  })

  it('without a good token are refused with 429 too', async () => {
    const statuses = []
    for (let sent = 0; sent < 5; sent += 1) {
      statuses.push((await send(`${gateway.origin}RTC/v1/sessions`, 'POST')).status)
    }
    assert.deepEqual(statuses, [401, 401, 401, 429, 429])
  })
})
