import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTPayload } from 'jose'

/** An issuer of tokens, whose keys a gateway reads over HTTP. */
export interface Issuer {
  /** There while tests run. */
  readonly jwksUrl: string
  /** A token with `claims`, good for five minutes unless they say otherwise. */
  sign(claims: JWTPayload): Promise<string>
}

/** An issuer for the tests of one group. */
export function runningIssuer(): Issuer {
  let key: CryptoKey | undefined
  let server: Server | undefined
  const issuer = {
    jwksUrl: '',
    sign: (claims: JWTPayload) => {
      if (!key) throw new Error('The issuer is there while tests run, not before')
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256' })
        .setExpirationTime(claims.exp ?? '5m')
        .sign(key)
    },
  }
  before(async () => {
    const pair = await generateKeyPair('ES256')
    key = pair.privateKey
    const jwk = await exportJWK(pair.publicKey)
    server = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] }))).listen(0, '127.0.0.1')
    await once(server, 'listening')
    issuer.jwksUrl = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/keys`
  })
  after(() => server?.close())
  return issuer
}
