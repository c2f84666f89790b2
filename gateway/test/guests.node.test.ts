import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { createGateway } from '../src/index.ts'
import { runningIssuer } from './testing/issuer.ts'
import { RawClient, send } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'
import { guestOf } from './testing/sample-server.ts'

const issuer = runningIssuer()

async function signedIn(client: RawClient): Promise<RawClient> {
  const { status, headers } = await client.logIn()
  assert.equal(status, 201)
  client.session = headers.get('location') ?? ''
  return client
}

describe('a guest', () => {
  const gateway = runningGateway({ guestAllow: ['sales', '(555) 123-4567'], guestRate: 1000 }, issuer)

  const user = async (sub: string): Promise<RawClient> =>
    signedIn(RawClient.bearing(gateway.origin, await issuer.sign({ sub })))

  it('is given a token, its term, a name and whom it may call', async () => {
    const { status, headers, body } = await send(`${gateway.origin}guest-tokens`, 'POST')
    const { access_token: token, user_id: name, ...rest } = body as Record<string, unknown>
    assert.deepEqual([status, headers.get('cache-control'), typeof token], [200, 'no-store', 'string'])
    assert.match(String(name), /^guest-[\da-f]{12}@guest\.invalid$/)
    const allow = ['sip:sales@example.com', 'tel:+15551234567']
    assert.deepEqual(rest, { token_type: 'bearer', expires_in: 300, allow })
  })

  it('calls an address that it may call', async () => {
    const sales = await user('sales')
    const guest = await signedIn(await guestOf(gateway.origin))
    assert.equal((await guest.dial('sales')).status, 201)
    assert.match((await sales.poll()).events[0]?.from ?? '', /^sip:guest-[\da-f]{12}@guest\.invalid$/)
  })

  it('calls nobody else: POL0002', async () => {
    await user('boss')
    const { status, messageId } = await (await signedIn(await guestOf(gateway.origin))).dial('boss')
    assert.deepEqual([status, messageId], [403, 'POL0002'])
  })

  it('has one call at a time, on both of its sessions: SVC0020', async () => {
    await user('sales')
    const token = await guestOf(gateway.origin)
    const [guest, again] = [
      await signedIn(token),
      await signedIn(RawClient.bearing(gateway.origin, token.token)),
    ] as const
    assert.equal((await guest.dial('sales')).status, 201)
    for (const session of [guest, again]) {
      const { status, messageId } = await session.dial('sales')
      assert.deepEqual([status, messageId], [400, 'SVC0020'])
    }
  })

  it('of the token issuer has one call at a time, too', async () => {
    await user('sales')
    const claims = { sub: 'visitor', kind: 'GUEST', allow: ['sales'] }
    const guest = await signedIn(RawClient.bearing(gateway.origin, await issuer.sign(claims)))
    assert.equal((await guest.dial('sales')).status, 201)
    assert.equal((await guest.dial('sales')).status, 400)
  })

  it('is not another guest', async () => {
    const one = await signedIn(await guestOf(gateway.origin))
    const other = await guestOf(gateway.origin)
    assert.equal((await other.send('PUT', one.session)).status, 403)
  })

  it('becomes no user: SVC8512', async () => {
    const guest = await guestOf(gateway.origin)
    const { status, messageId } = await guest.send('PUT', '/RTC/v1/userIds/boss')
    assert.deepEqual([status, messageId], [400, 'SVC8512'])
  })

  it('has no E911 id: SVC8510', async () => {
    const guest = await guestOf(gateway.origin)
    const { status, messageId } = await guest.logIn({}, { 'x-e911Id': 'home' })
    assert.deepEqual([status, messageId], [400, 'SVC8510'])
  })

  it('is signed in twice at the most: POL1100', async () => {
    const guest = await signedIn(await signedIn(await guestOf(gateway.origin)))
    const { status, messageId } = await guest.logIn()
    assert.deepEqual([status, messageId], [403, 'POL1100'])
  })

  it('signs in within five minutes, and stays for hours', async () => {
    const guest = await signedIn(await guestOf(gateway.origin))
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 301_000 })
    try {
      const { status, messageId } = await guest.logIn()
      assert.deepEqual([status, messageId], [401, 'POL0001'])
      assert.equal((await guest.send('PUT', guest.session)).status, 204)
      mock.timers.setTime(Date.now() + 4 * 3_600_000)
      assert.equal((await guest.send('PUT', guest.session)).status, 401)
    } finally {
      mock.timers.reset()
    }
  })

  it('of another gateway is nobody', async () => {
    const other = createGateway({ port: 0, devTokens: true, guestAllow: ['sales'] })
    const { token } = await guestOf(await other.listen())
    await other.close()
    assert.equal((await RawClient.bearing(gateway.origin, token).logIn()).status, 401)
  })
})

describe('guests of one network address', () => {
  const gateway = runningGateway({ guestAllow: ['sales'], guestRate: 2, trustedProxies: ['127.0.0.1'] })

  const ask = (forwarded: string): ReturnType<typeof send> =>
    send(`${gateway.origin}guest-tokens`, 'POST', { headers: { 'x-forwarded-for': forwarded } })

  it('are refused with 429 and when to come again when there are too many; those of another are not', async () => {
    await ask('198.51.100.1')
    await ask('198.51.100.1')
    const { status, headers } = await ask('198.51.100.1')
    assert.equal(status, 429)
    assert.ok(Number(headers.get('retry-after')) > 0)
    assert.equal((await ask('198.51.100.2')).status, 200)
  })

  it('are counted together where they come from one IPv6 network of 64 bits', async () => {
    const statuses = []
    for (const host of ['::1', ':ffff::2', ':a:b:c:d']) statuses.push((await ask(`2001:db8:5:6${host}`)).status)
    assert.deepEqual(statuses, [200, 200, 429])
    assert.equal((await ask('2001:db8:5:7::1')).status, 200)
  })

  it('make few calls in a minute; users make as many as they like', async () => {
    const sales = await RawClient.login(gateway.origin, 'sales')
    const guest = await signedIn(await guestOf(gateway.origin))
    const statuses = []
    for (let calls = 0; calls < 3; calls += 1) {
      const { status, headers } = await guest.dial('sales')
      statuses.push(status)
      if (status === 201) await guest.end(headers.get('location') ?? '', 'cancel')
    }
    assert.deepEqual(statuses, [201, 201, 429])
    const user = await RawClient.login(gateway.origin, 'alice')
    for (let calls = 0; calls < 3; calls += 1) assert.equal((await user.dial('sales')).status, 201)
    assert.ok(sales.session)
  })
})

describe('a gateway that trusts no proxy', () => {
  const gateway = runningGateway({ guestAllow: ['sales'], guestRate: 1 })

  it('counts guests by the address they really come from', async () => {
    const statuses = []
    for (const forwarded of ['198.51.100.1', '198.51.100.2']) {
      const headers = { 'x-forwarded-for': forwarded }
      statuses.push((await send(`${gateway.origin}guest-tokens`, 'POST', { headers })).status)
    }
    assert.deepEqual(statuses, [200, 429])
  })
})

describe('whom guests may call', () => {
  it('has to be an address', () => {
    assert.throws(() => createGateway({ devTokens: true, guestAllow: ['sales', '<b>'] }), /GUEST_ALLOW.*"<b>"/)
  })
})
