import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { RawClient } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'
import { address, askE911Id, clientOf, e911IdFor } from './testing/sample-server.ts'

describe('POST /e911ids', () => {
  const gateway = runningGateway()

  it('gives a confirmed address an id of its own', async () => {
    const client = await clientOf(gateway.origin, 'ACCOUNT_ID')
    const { status, body } = await askE911Id(client)
    assert.equal(status, 200)
    const { e911Locations } = body as { e911Locations: { addressIdentifier: string; status: string } }
    assert.equal(e911Locations.status, 'Validated')
    assert.notEqual(e911Locations.addressIdentifier, await e911IdFor(client))
  })

  for (const [what, body] of [
    ['true', { is_confirmed: true }],
    ['"true"', { is_confirmed: 'true' }],
    ['"true" in the address', { is_confirmed: undefined, address: { ...address, is_confirmed: 'true' } }],
  ] as const) {
    it(`takes ${what} for a confirmation`, async () => {
      assert.equal((await askE911Id(await clientOf(gateway.origin, 'ACCOUNT_ID'), body)).status, 200)
    })
  }

  for (const [what, body, expected] of [
    ['no street', { address: { ...address, street: undefined } }, [400, 'SVC0015']],
    ['a street of blanks', { address: { ...address, street: '  ' } }, [400, 'SVC0015']],
    ['no city', { address: { ...address, city: '' } }, [400, 'SVC0015']],
    ['a state that is none', { address: { ...address, state: 'ZZ' } }, [400, 'SVC0015']],
    ['a zip code of four digits', { address: { ...address, zip: '9805' } }, [400, 'SVC0015']],
    ['an address nobody confirmed', { is_confirmed: false }, [400, 'SVC0016']],
    ['an address nobody confirmed or not', { is_confirmed: undefined }, [400, 'SVC0016']],
    ['an address that is a text', { address: 'Main Street' }, [400, 'SVC0002']],
    ['a street that is no text', { address: { ...address, street: 5 } }, [400, 'SVC0002']],
    ['no token', { token: undefined }, [400, 'SVC0002']],
    ['a bad token', { token: 'nonsense' }, [401, 'POL0001']],
  ] as const) {
    it(`refuses ${what} with ${expected.join(' ')}`, async () => {
      const { status, messageId } = await askE911Id(await clientOf(gateway.origin, 'ACCOUNT_ID'), body)
      assert.deepEqual([status, messageId], expected)
    })
  }
})

describe('a user of a telephone number', () => {
  const gateway = runningGateway()

  it('signs in with an E911 id', async () => {
    const client = await clientOf(gateway.origin, 'MOBILE_NUMBER')
    assert.equal((await client.logIn({}, { 'x-e911Id': await e911IdFor(client) })).status, 201)
  })

  for (const scope of ['MOBILE_NUMBER', 'VIRTUAL_NUMBER']) {
    for (const [what, headers] of [
      ['without one', {}],
      ['with an empty one', { 'x-e911Id': '' }],
      ['with none, as a browser writes it', { 'x-e911Id': 'null' }],
    ] as const) {
      it(`is refused with SVC8511 ${what}: ${scope}`, async () => {
        const client = await clientOf(gateway.origin, scope)
        await client.send('PUT', '/RTC/v1/userIds/2005550100')
        const { status, messageId } = await client.logIn({}, headers)
        assert.deepEqual([status, messageId], [400, 'SVC8511'])
      })
    }
  }
})

describe('an E911 id', () => {
  const gateway = runningGateway()

  async function account(): Promise<RawClient> {
    const client = await clientOf(gateway.origin, 'ACCOUNT_ID')
    await client.send('PUT', '/RTC/v1/userIds/alice@example.com')
    return client
  }

  it('is optional for an account', async () => {
    assert.equal((await (await account()).logIn()).status, 201)
  })

  it('of an account has to be known too', async () => {
    const { status, messageId } = await (await account()).logIn({}, { 'x-e911Id': 'unknown' })
    assert.deepEqual([status, messageId], [400, 'SVC0019'])
  })

  it('of a user whose token tells no kind is taken as it is', async () => {
    const client = await RawClient.withToken(gateway.origin, 'bob')
    assert.equal((await client.logIn({}, { 'x-e911Id': 'unknown' })).status, 201)
  })

  it('of a session is replaced by another', async () => {
    const client = await account()
    const { headers } = await client.logIn()
    const body = { e911Association: { e911Id: await e911IdFor(client) } }
    const { status } = await client.send('PUT', headers.get('location') ?? '', { body })
    assert.equal(status, 204)
  })

  it('of a session is not replaced by one that nobody knows: SVC0019', async () => {
    const client = await account()
    const { headers } = await client.logIn()
    const body = { e911Association: { e911Id: 'unknown' } }
    const { status, messageId } = await client.send('PUT', headers.get('location') ?? '', { body })
    assert.deepEqual([status, messageId], [400, 'SVC0019'])
  })
})
