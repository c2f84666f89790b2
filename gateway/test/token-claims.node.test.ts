import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
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
    const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub }))
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
