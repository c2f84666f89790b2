import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { runningIssuer } from './testing/issuer.ts'
import { RawClient, send } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'

const issuer = runningIssuer()

describe('a display name', () => {
  const gateway = runningGateway({ guestAllow: ['sales'], guestRate: 1000 }, issuer)

  /** Signs in with extensions, with that name, and what the token says. */
  async function signedIn(sub: string, displayName?: unknown, claims: object = {}): Promise<RawClient> {
    const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub, ...claims }))
    const body = { session: { extensions: true, eventChannel: 'long-poll', displayName } }
    const { status, headers } = await client.send('POST', '/RTC/v1/sessions', { body })
    assert.equal(status, 201)
    client.session = headers.get('location') ?? ''
    return client
  }

  const heardBy = async (callee: RawClient): Promise<unknown> =>
    ((await callee.poll()).events[0] as { readonly fromName?: string } | undefined)?.fromName

  it('of the caller reaches the callee', async () => {
    const bob = await signedIn('bob')
    await (await signedIn('alice', 'Alice Müller')).dial('bob')
    assert.equal(await heardBy(bob), 'Alice Müller')
  })

  it('is one line that turns no text around', async () => {
    const bob = await signedIn('bob2')
    await (await signedIn('alice2', 'Alice\r\n\u202EMüller')).dial('bob2')
    assert.equal(await heardBy(bob), 'Alice Müller')
  })

  it('that the token has cannot be changed by its bearer', async () => {
    const bob = await signedIn('bob3')
    await (await signedIn('mallory', 'The boss', { name: 'Mallory' })).dial('bob3')
    assert.equal(await heardBy(bob), 'Mallory')
  })

  it('is refused where it is no text, or too long', async () => {
    for (const displayName of [{}, ['a'], 'x'.repeat(256)]) {
      const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub: 'carol' }))
      const { status } = await client.send('POST', '/RTC/v1/sessions', { body: { session: { displayName } } })
      assert.equal(status, 400)
    }
  })

  it('of a guest reaches whom they may call', async () => {
    const sales = await signedIn('sales')
    const { body } = await send(`${gateway.origin}guest-tokens`, 'POST')
    const guest = RawClient.bearing(gateway.origin, (body as { readonly access_token: string }).access_token)
    const login = { session: { extensions: true, displayName: 'Visitor, Prices page' } }
    const { headers } = await guest.send('POST', '/RTC/v1/sessions', { body: login })
    guest.session = headers.get('location') ?? ''
    await guest.dial('sales')
    assert.equal(await heardBy(sales), 'Visitor, Prices page')
  })
})
