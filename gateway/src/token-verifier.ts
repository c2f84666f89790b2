import {
  createRemoteJWKSet,
  errors,
  jwtVerify,
  SignJWT,
  type JWTPayload,
  type JWTVerifyGetKey,
  type JWTVerifyOptions,
} from 'jose'
import { randomBytes } from 'node:crypto'
import { canonicalAddress } from '../../src/exchange/canonical-address.ts'
import { ExchangeError } from '../../src/exchange/protocol.ts'
import type { TokenIssuer } from './gateway-options.ts'
import { badCredentials } from './request-error.ts'

const devIssuer = 'att-phone-gateway-development'
const devTokenTtl = 3600

/** Finds out whose an access token is. */
export interface TokenVerifier {
  /**
   * Canonical URI of the token's user.
   *
   * @throws ExchangeError POL0001 when the token is not good.
   */
  verify(token: string): Promise<string>
}

function refusal(error: unknown): unknown {
  if (error instanceof ExchangeError) return error
  if (error instanceof errors.JWTExpired) return badCredentials('The access token has expired: get another one')
  if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) {
    return new ExchangeError(503, '', 'The keys of the token issuer cannot be read now')
  }
  return badCredentials('The access token is not valid')
}

function userOf({ sub }: JWTPayload, domain: string): string {
  if (!sub) throw badCredentials('The access token names no user (its sub claim)')
  return canonicalAddress(sub, domain)
}

/** Tokens of an issuer, checked against the keys it publishes. */
export class IssuedTokens implements TokenVerifier {
  readonly #keys: JWTVerifyGetKey
  readonly #options: JWTVerifyOptions
  readonly #domain: string

  constructor({ jwksUrl, issuer, audience }: TokenIssuer, domain: string) {
    this.#keys = createRemoteJWKSet(new URL(jwksUrl))
    this.#options = { requiredClaims: ['exp', 'sub'], ...(issuer && { issuer }), ...(audience && { audience }) }
    this.#domain = domain
  }

  async verify(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, this.#keys, this.#options)
      return userOf(payload, this.#domain)
    } catch (error) {
      throw refusal(error)
    }
  }
}

/** Tokens for anybody, signed with a key that lives as long as the process: for development. */
export class DevTokens implements TokenVerifier {
  readonly #key = randomBytes(32)
  readonly #domain: string

  constructor(domain: string) {
    this.#domain = domain
  }

  /** A token for `userId`, and how long it is good, in seconds. */
  async issue(userId: string): Promise<{ readonly access_token: string; readonly expires_in: number }> {
    canonicalAddress(userId, this.#domain)
    const token = await new SignJWT()
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer(devIssuer)
      .setSubject(userId)
      .setIssuedAt()
      .setExpirationTime(`${String(devTokenTtl)}s`)
      .sign(this.#key)
    return { access_token: token, expires_in: devTokenTtl }
  }

  async verify(token: string): Promise<string> {
    try {
      const { payload } = await jwtVerify(token, this.#key, { issuer: devIssuer, algorithms: ['HS256'] })
      return userOf(payload, this.#domain)
    } catch (error) {
      throw refusal(error)
    }
  }
}
