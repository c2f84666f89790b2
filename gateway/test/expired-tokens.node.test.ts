import assert from 'node:assert/strict'
import { describe, it, mock } from 'node:test'
import { runningIssuer } from './testing/issuer.ts'
import { RawClient } from './testing/raw-client.ts'
import { runningGateway } from './testing/running-gateway.ts'
import { guestOf } from './testing/sample-server.ts'

const hour = 3600
const now = (): number => Math.floor(Date.now() / 1000)

describe('a token that has expired', () => {
  const issuer = runningIssuer()
  const gateway = runningGateway({ guestAllow: ['sales'] }, issuer)

  const signedIn = async (sub: string): Promise<RawClient> => {
    const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub }))
    client.session = (await client.logIn()).headers.get('location') ?? ''
    return client
  }
  /** The same user with a token that was good an hour ago. */
  const later = async (sub: string, of: RawClient): Promise<RawClient> => {
    const client = RawClient.bearing(gateway.origin, await issuer.sign({ sub, exp: now() - hour }))
    client.session = of.session
    return client
  }
  const callTo = async (caller: RawClient, to: string): Promise<string> =>
    (await caller.dial(to)).headers.get('location') ?? ''

  it('hangs up: the far side hears of it', async () => {
    const bob = await signedIn('bob')
    const alice = await signedIn('alice')
    const call = await callTo(alice, 'bob')
    await bob.poll()
    assert.equal((await (await later('alice', alice)).end(call, 'cancel')).status, 204)
    assert.deepEqual(await bob.heard(), ['session-terminated: Call canceled'])
  })

  it('signs out', async () => {
    const alice = await signedIn('alice2')
    assert.equal((await (await later('alice2', alice)).send('DELETE', alice.session)).status, 204)
    assert.equal((await alice.send('PUT', alice.session)).status, 404)
  })

  for (const [what, method, path] of [
    ['refresh', 'PUT', ''],
    ['dial', 'POST', '/calls'],
    ['hear events', 'GET', '/events'],
    ['open a socket', 'POST', '/websockets'],
  ] as const) {
    it(`does not ${what}`, async () => {
      const alice = await signedIn('alice3')
      const { status, messageId } = await (await later('alice3', alice)).send(method, alice.session + path)
      assert.deepEqual([status, messageId], [401, 'POL0001'])
    })
  }

  it('of somebody else ends nothing', async () => {
    const bob = await signedIn('bob4')
    const alice = await signedIn('alice4')
    const call = await callTo(alice, 'bob4')
    const mallory = await later('mallory', alice)
    assert.deepEqual(
      [(await mallory.end(call, 'cancel')).status, (await mallory.send('DELETE', alice.session)).status],
      [403, 403],
    )
    assert.equal((await bob.heard())[0], 'invitation-received')
  })

  it('that another key signed ends nothing', async () => {
    const alice = await signedIn('alice5')
    const [header, payload] = (await later('alice5', alice)).token.split('.')
    const forged = RawClient.bearing(gateway.origin, `${header ?? ''}.${payload ?? ''}.${'A'.repeat(86)}`)
    assert.equal((await forged.send('DELETE', alice.session)).status, 401)
  })

  it('that is not good yet ends nothing', async () => {
    const alice = await signedIn('alice6')
    const claims = { sub: 'alice6', nbf: now() + hour, exp: now() + 2 * hour }
    const early = RawClient.bearing(gateway.origin, await issuer.sign(claims))
    assert.equal((await early.send('DELETE', alice.session)).status, 401)
  })

  it('of a guest hangs up, too', async () => {
    const sales = await signedIn('sales')
    const guest = await guestOf(gateway.origin)
    guest.session = (await guest.logIn()).headers.get('location') ?? ''
    const call = await callTo(guest, 'sales')
    await sales.poll()
    mock.timers.enable({ apis: ['Date'], now: Date.now() + 5 * hour * 1000 })
    try {
      assert.equal((await guest.send('PUT', guest.session)).status, 401)
      assert.equal((await guest.end(call, 'cancel')).status, 204)
    } finally {
      mock.timers.reset()
    }
    assert.deepEqual(await sales.heard(), ['session-terminated: Call canceled'])
  })
})
