import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { JWTPayload } from 'jose'
import type { E911Provider } from '../src/index.ts'
import { runningIssuer } from './testing/issuer.ts'
import { RawClient } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const issuer = runningIssuer()

const provider: E911Provider = {
  register: async () => ({ id: 'home' }),
  has: async (id) => id === 'home',
}

describe('the kind claim of a token', () => {
  const gateway = runningGateway({ e911Provider: provider }, issuer)
  let users = 0

  for (const [kind, e911Id, expected] of [
    [undefined, undefined, [201, undefined]],
    [undefined, 'anything', [201, undefined]],
    ['ACCOUNT_ID', undefined, [201, undefined]],
    ['ACCOUNT_ID', 'home', [201, undefined]],
    ['ACCOUNT_ID', 'unknown', [400, 'SVC0019']],
    ['MOBILE_NUMBER', 'home', [201, undefined]],
    ['MOBILE_NUMBER', undefined, [400, 'SVC8511']],
    ['VIRTUAL_NUMBER', 'unknown', [400, 'SVC0019']],
    ['VIRTUAL_NUMBER', undefined, [400, 'SVC8511']],
    ['GUEST', undefined, [201, undefined]],
    ['GUEST', 'home', [400, 'SVC8510']],
    ['PIGEON', 'home', [401, 'POL0001']],
  ] as const) {
    it(`${kind ?? 'missing'}, with ${e911Id ?? 'no'} E911 id, comes to ${expected.join(' ')}`, async () => {
      users += 1
      const claims = { sub: `155512345${String(users).padStart(2, '0')}`, ...(kind && { kind }) }
      const client = RawClient.bearing(gateway.origin, await issuer.sign(claims))
      const { status, messageId } = await client.logIn({}, e911Id ? { 'x-e911Id': e911Id } : {})
      assert.deepEqual([status, messageId], expected)
    })
  }
})

describe('the allow claim of a token', () => {
  const gateway = runningGateway({}, issuer)

  async function visitor(allow: unknown): Promise<RawClient> {
    const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub: 'visitor', allow }))
    client.session = (await client.logIn()).headers.get('location') ?? ''
    return client
  }

  async function user(sub: string): Promise<RawClient> {
    const claims = { sub, ...(/^[\d() -]+$/.test(sub) && { phone_number: sub }) }
    const client = RawClient.bearing(gateway.origin, await issuer.sign(claims))
    client.session = (await client.logIn()).headers.get('location') ?? ''
    return client
  }

  for (const [written, dialled] of [
    ['sales', 'sip:sales@example.com'],
    ['sip:sales@Example.com', 'sales'],
    ['(555) 123-4567', 'tel:+5551234567'],
  ] as const) {
    it(`lets ${dialled} be called where it names ${written}`, async () => {
      await user(written)
      assert.equal((await (await visitor([written])).dial(dialled)).status, 201)
    })
  }

  it('refuses calls to anybody else with POL0002, and they do not ring', async () => {
    const boss = await user('boss')
    const client = await visitor(['sales'])
    const { status, messageId } = await client.dial('boss')
    assert.deepEqual([status, messageId], [403, 'POL0002'])
    // The first thing that is heard is a call that is allowed.
    await (await user('sales')).dial('boss')
    assert.equal((await boss.poll()).events[0]?.from, 'sip:sales@example.com')
  })

  it('lets nobody be called where it is empty', async () => {
    await user('sales')
    assert.equal((await (await visitor([])).dial('sales')).status, 403)
  })

  it('makes the token useless where it is no list of addresses', async () => {
    for (const allow of ['sales', [5, '<b>']]) {
      const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub: 'visitor', allow }))
      const { status, messageId } = await client.logIn()
      assert.deepEqual([status, messageId], [401, 'POL0001'])
    }
  })
})

describe('the sub claim of a token', () => {
  const gateway = runningGateway({}, issuer)

  async function signIn(claims: object): Promise<readonly [status: number, code: string | undefined]> {
    const client = RawClient.bearing(gateway.origin, await issuer.sign(claims as JWTPayload))
    const { status, messageId, body } = await client.logIn({ extensions: true })
    return [status, messageId ?? (body as { session: { userId: string } }).session.userId]
  }

  for (const [claims, user] of [
    [{ sub: '5551234567' }, 'sip:5551234567@example.com'],
    [{ sub: '15551234567' }, 'sip:15551234567@example.com'],
    [{ sub: '011442071838750' }, 'sip:011442071838750@example.com'],
    [{ sub: '555-123-4567' }, 'sip:555-123-4567@example.com'],
    [{ sub: '5551234567', kind: 'ACCOUNT_ID' }, 'sip:5551234567@example.com'],
    [{ sub: '5551234567', phone_number: '+15557654321' }, 'sip:5551234567@example.com'],
    [{ sub: '5551234567', phone_number: '+15551234567', phone_number_verified: false }, 'sip:5551234567@example.com'],
    [{ sub: '5551234567', phone_number: '+1 (555) 123-4567' }, 'tel:+15551234567'],
    [{ sub: '+15551234567' }, 'tel:+15551234567'],
    [{ sub: 'tel:+15551234567' }, 'tel:+15551234567'],
    [{ sub: '1001' }, 'sip:1001@example.com'],
    [{ sub: '900123' }, 'sip:900123@example.com'],
    [{ sub: 'alice@Example.com' }, 'sip:alice@example.com'],
  ] as const) {
    it(`${JSON.stringify(claims)} is ${user}`, async () => {
      assert.deepEqual(await signIn(claims), [201, user])
    })
  }

  it('of digits is a number where the kind of token says so', async () => {
    const bearer = RawClient.bearing(gateway.origin, await issuer.sign({ sub: '5551234567', kind: 'VIRTUAL_NUMBER' }))
    const { status } = await bearer.send('PUT', '/RTC/v1/userIds/vtn:5551234567')
    assert.equal(status, 204)
  })

  it('of digits is taken from a client that names itself by it', async () => {
    const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub: '5551234567' }))
    assert.equal((await client.send('PUT', '/RTC/v1/userIds/5551234567')).status, 204)
    assert.equal((await client.logIn({ userId: '5551234567' })).status, 201)
    assert.equal((await client.logIn({ userId: '5551234568' })).messageId, 'SVC8512')
  })

  for (const sub of [
    ...['911', 'tel:911', 'sip:911@example.com', '411', '112', '999', '000', '15', '*69', 'tel:*69', 'tel:#89'],
    ...['9005551234', '+19005551234', 'tel:9005551234', '09005551234', '+499005551234', '011449098790000'],
  ]) {
    it(`is no special number: ${sub}`, async () => {
      assert.deepEqual(await signIn({ sub }), [401, 'POL0001'])
      assert.deepEqual(await signIn({ sub, phone_number: sub }), [401, 'POL0001'])
    })
  }

  for (const sub of [
    ...[
      ' alice',
      'alice ',
      'alice@example.com.',
      '%EF%BC%99%EF%BC%91%EF%BC%91',
      '%D9%A1%D9%A1%D9%A2@example.com',
      '%C2%B9%C2%B9%C2%B2',
      '\talice',
      'alice\n',
      '\u00a0alice',
      'al\u0000ice',
      'alice\u200b',
      '\u202ealice',
      'a\u007f',
    ],
    ...['jose\u0301', 'jos\u00e9', '\uff41lice', '%61lice', 'sip:al%69ce@example.com', '+1\u00a05551234567'],
    ...['sip:alice@example.com;transport=tls', 'alice@example.com?subject=x', 'tel:+15551234567;ext=1'],
    ...['', 5551234567, true, ['alice'], { name: 'alice' }, null],
  ]) {
    it(`is canonical text, not ${JSON.stringify(sub)}`, async () => {
      assert.deepEqual(await signIn({ sub }), [401, 'POL0001'])
    })
  }
})
