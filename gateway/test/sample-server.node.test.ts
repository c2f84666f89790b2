import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient, send, type Answer } from './testing/raw-client.ts'
import { runningIssuer } from './testing/issuer.ts'
import { runningGateway } from './testing/running-gateway.ts'
import { clientOf, e911IdFor } from './testing/sample-server.ts'

const associate = (client: RawClient, userId: string): Promise<Answer> =>
  client.send('PUT', `/RTC/v1/userIds/${encodeURIComponent(userId)}`)

/** Signs in; gives the address the gateway knows the client by. */
async function addressOf(client: RawClient): Promise<string | null> {
  const { headers } = await client.logIn({ extensions: true }, { 'x-e911Id': await e911IdFor(client) })
  return headers.get('x-userId')
}

describe('POST /tokens with app_scope', () => {
  const gateway = runningGateway()

  it('gives a bearer token and its term', async () => {
    const { status, headers, body } = await send(`${gateway.origin}tokens`, 'POST', {
      body: { app_scope: 'ACCOUNT_ID' },
    })
    const { access_token: token, ...rest } = body as Record<string, unknown>
    assert.deepEqual([status, headers.get('cache-control')], [200, 'no-store'])
    assert.equal(typeof token, 'string')
    assert.deepEqual(rest, { token_type: 'bearer', expires_in: 3600 })
  })

  it('gives a mobile user a number, a new one each time', async () => {
    const addresses = [
      await addressOf(await clientOf(gateway.origin, 'MOBILE_NUMBER')),
      await addressOf(await clientOf(gateway.origin, 'MOBILE_NUMBER')),
    ]
    for (const address of addresses) assert.match(address ?? '', /^tel:\+1\d{3}55501\d\d$/)
    assert.notEqual(addresses[0], addresses[1])
  })

  it('gives a mobile user the same number for the same authorization', async () => {
    const first = await addressOf(await clientOf(gateway.origin, 'MOBILE_NUMBER', 'code-1'))
    const second = await addressOf(await clientOf(gateway.origin, 'MOBILE_NUMBER', 'code-1'))
    assert.equal(first, second)
  })

  it('takes an authorization of null as none', async () => {
    const { status } = await send(`${gateway.origin}tokens`, 'POST', {
      body: { app_scope: 'VIRTUAL_NUMBER', auth_code: null },
    })
    assert.equal(status, 200)
  })

  it('gives a token of scope E911, which registers addresses and signs nobody in', async () => {
    const { status, body } = await send(`${gateway.origin}tokens`, 'POST', {
      body: { app_scope: 'E911', auth_code: null },
    })
    assert.equal(status, 200)
    const client = RawClient.bearing(gateway.origin, (body as { access_token: string }).access_token)
    assert.match(await e911IdFor(client), /^[\w-]+$/)
    for (const userId of ['alice', '2005550100']) {
      const refused = await associate(client, userId)
      assert.deepEqual([refused.status, refused.messageId], [404, 'SVC8514'])
    }
    assert.equal((await client.logIn()).status, 403)
  })

  for (const [what, body] of [
    ['an unknown scope', { app_scope: 'PIGEON' }],
    ['neither a scope nor a user', {}],
  ] as const) {
    it(`refuses ${what} with SVC0002`, async () => {
      const { status, messageId } = await send(`${gateway.origin}tokens`, 'POST', { body })
      assert.deepEqual([status, messageId], [400, 'SVC0002'])
    })
  }
})

describe('a token without a user', () => {
  const gateway = runningGateway()

  it('opens no session: POL1009', async () => {
    const { status, messageId } = await (await clientOf(gateway.origin, 'ACCOUNT_ID')).logIn()
    assert.deepEqual([status, messageId], [403, 'POL1009'])
  })

  it('does once PUT /userIds has associated it', async () => {
    const client = await clientOf(gateway.origin, 'ACCOUNT_ID')
    assert.equal((await associate(client, 'alice@example.com')).status, 204)
    assert.equal(await addressOf(client), 'sip:alice@example.com')
  })

  it('does once a client with extensions has signed in as a user', async () => {
    const client = await clientOf(gateway.origin, 'ACCOUNT_ID')
    assert.equal((await client.logIn({ userId: 'bob' })).status, 201)
    assert.equal(await addressOf(client), 'sip:bob@example.com')
  })

  it('has its user for good: SVC8512 for another, 204 for the same', async () => {
    const client = await clientOf(gateway.origin, 'ACCOUNT_ID')
    await associate(client, 'alice@example.com')
    const other = await associate(client, 'bob@example.com')
    assert.deepEqual([other.status, other.messageId], [400, 'SVC8512'])
    assert.equal((await associate(client, 'alice')).status, 204)
  })

  for (const [scope, userId, expected] of [
    ['VIRTUAL_NUMBER', '2005550100', [204, undefined]],
    ['VIRTUAL_NUMBER', 'vtn:2005550101', [204, undefined]],
    ['VIRTUAL_NUMBER', 'vtn:alice', [404, 'SVC8514']],
    ['ACCOUNT_ID', 'vtn:2005550101', [404, 'SVC8514']],
    ['VIRTUAL_NUMBER', 'alice@example.com', [404, 'SVC8514']],
    ['ACCOUNT_ID', '2005550100', [404, 'SVC8514']],
    ['ACCOUNT_ID', 'no id', [404, 'SVC8514']],
    ['MOBILE_NUMBER', '2005550100', [400, 'SVC8512']],
  ] as const) {
    it(`of a ${scope} becomes ${userId}: ${expected.join(' ')}`, async () => {
      const { status, messageId } = await associate(await clientOf(gateway.origin, scope), userId)
      assert.deepEqual([status, messageId], expected)
    })
  }

  it('is refused without changing the token when the E911 id is', async () => {
    const client = await clientOf(gateway.origin, 'VIRTUAL_NUMBER')
    await client.logIn({ userId: '2005550100' })
    assert.equal((await associate(client, '2005550101')).status, 204)
  })
})

describe('GET /config', () => {
  const gateway = runningGateway()

  for (const path of ['config', 'config/'])
    it(`tells a page where everything is: /${path}`, async () => {
      const { status, body } = await send(gateway.origin + path, 'GET')
      const { virtual_numbers_pool: numbers, info, ...rest } = body as Record<string, unknown>
      const origin = gateway.origin.slice(0, -1)
      assert.equal(status, 200)
      assert.deepEqual(rest, {
        api_endpoint: origin,
        ewebrtc_uri: '/RTC/v1',
        ewebrtc_domain: 'example.com',
        app_token_url: `${origin}/tokens`,
        app_e911id_url: `${origin}/e911ids`,
        app_key: 'development',
        oauth_callback: `${origin}/`,
      })
      const { dhs_version: version, ...about } = info as Record<string, unknown>
      assert.match(String(version), /^\d+\.\d+/)
      assert.deepEqual(about, { dhs_name: 'att-phone-gateway', dhs_platform: 'Nodejs' })
      assert.ok(Array.isArray(numbers) && numbers.every((number) => /^\d{10}$/.test(String(number))))
    })
})

describe('a gateway that is not for development', () => {
  const issuer = runningIssuer()
  const gateway = runningGateway({}, issuer)

  for (const [method, path] of [
    ['POST', 'tokens'],
    ['POST', 'e911ids'],
    ['GET', 'config'],
    ['POST', 'guest-tokens'],
  ] as const) {
    it(`has no ${method} /${path}`, async () => {
      const { status } = await send(gateway.origin + path, method, method === 'POST' ? { body: {} } : {})
      assert.equal(status, 404)
    })
  }
})
