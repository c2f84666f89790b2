import { decodeProtectedHeader, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose'
import { ExchangeError } from '../../src/exchange/protocol.ts'
import type { TokenIssuer } from './gateway-options.ts'
import { IssuerKeys, KeyNotRead, KeysUnavailable } from './issuer-keys.ts'
import { badCredentials, foreignUser } from './request-error.ts'
import { holderOf, type TokenHolder } from './token-holder.ts'

/** `taken`: for what its holder may always do, which is to end what they have. */
export type ExpiredTokens = 'taken' | 'refused'

/**
 * The claims of a token, which `verifying` checks.
 *
 * @throws as `verifying` does, but for a token that is only too old where such are `taken`: jose looks at the term last.
 */
export async function claimsOf(
  verifying: Promise<{ readonly payload: JWTPayload }>,
  expired: ExpiredTokens = 'refused',
): Promise<JWTPayload> {
  try {
    return (await verifying).payload
  } catch (error) {
    if (expired === 'taken' && error instanceof errors.JWTExpired && error.claim === 'exp') return error.payload
    throw error
  }
}

/** Finds out whose an access token is. */
export interface TokenVerifier {
  /**
   * @param expired what becomes of a token that is good but for its term; `refused` by default.
   * @throws ExchangeError POL0001 when the token is not good.
   */
  verify(token: string, expired?: ExpiredTokens): Promise<TokenHolder>
  /**
   * Makes `user`, a canonical URI, the user of a token; gives it back. It changes nothing where the token has that user.
   *
   * @throws ExchangeError SVC8512 when the token has another user, SVC8514 when its kind of user has no such id.
   */
  associate(holder: TokenHolder, user: string): string
  /** Whether it can tell good tokens from others now. Without this it always can. */
  isReady?(): Promise<boolean>
}

/** A token that cannot be checked yet, though the issuer answers: it counts as one that is not good. */
export class UncheckedToken extends ExchangeError {}

/** The refusal that an error of a verification comes to. */
export function tokenRefusal(error: unknown): unknown {
  if (error instanceof ExchangeError) return error
  if (error instanceof errors.JWTExpired) return badCredentials('The access token has expired: get another one')
  if (error instanceof KeyNotRead)
    return new UncheckedToken(503, '', 'The key of this token is not known yet: try again in a moment')
  if (error instanceof KeysUnavailable || !(error instanceof errors.JOSEError)) {
    return new ExchangeError(503, '', 'The keys of the token issuer cannot be read now')
  }
  return badCredentials('The access token is not valid')
}

/** @throws ExchangeError SVC8512 */
export function assertUser(holder: TokenHolder, user: string): string {
  if (holder.user !== user) throw foreignUser()
  return user
}

/** Tokens of an issuer, checked against the keys it publishes. */
export class IssuedTokens implements TokenVerifier {
  readonly #keys: IssuerKeys
  readonly #options: JWTVerifyOptions
  readonly #domain: string

  constructor({ jwksUrl, issuer, audience, clockTolerance = 30 }: TokenIssuer, domain: string) {
    this.#keys = new IssuerKeys(new URL(jwksUrl))
    const expected = { ...(issuer && { issuer }), ...(audience && { audience }) }
    this.#options = { requiredClaims: ['exp', 'sub'], clockTolerance, ...expected }
    this.#domain = domain
  }

  async verify(token: string, expired?: ExpiredTokens): Promise<TokenHolder> {
    try {
      return holderOf(await this.#claims(token, expired), this.#domain)
    } catch (error) {
      throw tokenRefusal(error)
    }
  }

  async #claims(token: string, expired?: ExpiredTokens): Promise<JWTPayload> {
    try {
      return await this.#check(token, expired)
    } catch (error) {
      const isForged = error instanceof errors.JWSSignatureVerificationFailed
      // One that names its key was checked by that key. Else the issuer may have changed it.
      if (!isForged || decodeProtectedHeader(token).kid !== undefined || !(await this.#keys.renew())) throw error
      return this.#check(token, expired)
    }
  }

  /** Of an issuer that gives its keys no names each that may have signed the token is tried. */
  async #check(token: string, expired?: ExpiredTokens): Promise<JWTPayload> {
    try {
      return await claimsOf(jwtVerify(token, this.#keys.find, this.#options), expired)
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error
      for await (const key of error) {
        const claims = claimsOf(jwtVerify(token, key, this.#options), expired)
        const found = await claims.catch((cause: unknown) => {
          if (!(cause instanceof errors.JWSSignatureVerificationFailed)) throw cause
          return null
        })
        if (found) return found
      }
      throw new errors.JWSSignatureVerificationFailed()
    }
  }

  associate(holder: TokenHolder, user: string): string {
    return assertUser(holder, user)
  }

  isReady(): Promise<boolean> {
    return this.#keys.areThere()
  }
}
