import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import { createGateway, type Gateway } from '../src/index.ts'
import { send, type Answer } from './testing/raw-client.ts'

const issuer = 'https://issuer.example'
const audience = 'phones'

describe('tokens of an issuer', () => {
  let keys: Server
  let gateway: Gateway
  let origin: string
  let issuersKey: CryptoKey
  let strangersKey: CryptoKey

  before(async () => {
    const pair = await generateKeyPair('ES256')
    issuersKey = pair.privateKey
    strangersKey = (await generateKeyPair('ES256')).privateKey
    const jwk = await exportJWK(pair.publicKey)
    keys = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1')
    await once(keys, 'listening')
    const jwksUrl = `http://127.0.0.1:${String((keys.address() as AddressInfo).port)}/keys`
    gateway = createGateway({ port: 0, domain: 'example.com', tokenIssuer: { jwksUrl, issuer, audience } })
    origin = await gateway.listen()
  })
  after(async () => {
    await gateway.close()
    keys.close()
  })

  interface Claims {
    readonly sub?: string
    readonly issuer?: string
    readonly audience?: string
    readonly expires?: string
    readonly key?: CryptoKey
  }

  async function logIn(claims: Claims): Promise<Answer> {
    let token = new SignJWT(claims.sub === undefined ? {} : { sub: claims.sub })
      .setProtectedHeader({ alg: 'ES256' })
      .setIssuer(claims.issuer ?? issuer)
      .setAudience(claims.audience ?? audience)
    if (claims.expires !== 'never') token = token.setExpirationTime(claims.expires ?? '5m')
    const authorization = `Bearer ${await token.sign(claims.key ?? issuersKey)}`
    return send(`${origin}RTC/v1/sessions`, 'POST', {
      headers: { authorization },
      body: { session: { extensions: true } },
    })
  }

  it('sign in the user they name', async () => {
    const { status, body } = await logIn({ sub: 'alice@other.org' })
    assert.equal(status, 201)
    assert.equal((body as { readonly session: { readonly userId: string } }).session.userId, 'sip:alice@other.org')
  })

  for (const [what, claims] of [
    ['expired', { sub: 'alice', expires: '-1m' }],
    ['everlasting', { sub: 'alice', expires: 'never' }],
    ['for nobody', {}],
    ['of another issuer', { sub: 'alice', issuer: 'https://other.example' }],
    ['for another service', { sub: 'alice', audience: 'fax machines' }],
  ] as const) {
    it(`are refused with 401 POL0001 when they are ${what}`, async () => {
      const { status, messageId } = await logIn(claims)
      assert.deepEqual([status, messageId], [401, 'POL0001'])
    })
  }

  it('are refused when another key signed them', async () => {
    const { status, messageId } = await logIn({ sub: 'alice', key: strangersKey })
    assert.deepEqual([status, messageId], [401, 'POL0001'])
  })

  it('are not given by the gateway', async () => {
    const { status } = await send(`${origin}tokens`, 'POST', { body: { userId: 'alice' } })
    assert.equal(status, 404)
  })
})
