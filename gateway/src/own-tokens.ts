import { decodeProtectedHeader, jwtVerify, SignJWT, type JWTPayload } from 'jose'
import { randomBytes, randomUUID } from 'node:crypto'
import { claimsOf, type ExpiredTokens } from './token-verifier.ts'

/** A token, as it is given to who asked (RFC 6749, 5.1). */
export interface GivenToken {
  readonly access_token: string
  readonly token_type: 'bearer'
  /** Seconds. */
  readonly expires_in: number
}

/** Tokens that this process signs and it alone understands: the key lives as long as the process. */
export class OwnTokens {
  readonly #key = randomBytes(32)
  readonly #keyId = randomUUID()

  /** A token with `claims`, an id and a term; `ttl` in seconds. */
  sign(claims: JWTPayload, ttl: number): Promise<string> {
    return new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'HS256', kid: this.#keyId })
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${String(ttl)}s`)
      .sign(this.#key)
  }

  /** Whether the token says that it was signed here. */
  claims(token: string): boolean {
    try {
      return decodeProtectedHeader(token).kid === this.#keyId
    } catch {
      return false
    }
  }

  /** @throws JOSEError when the token was not signed here, or has expired. */
  async verify(token: string, expired?: ExpiredTokens): Promise<JWTPayload> {
    const options = { algorithms: ['HS256'], requiredClaims: ['exp', 'jti'] }
    return claimsOf(jwtVerify(token, this.#key, options), expired)
  }
}
