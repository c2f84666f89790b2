import { errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose'
import { ExchangeError } from '../../src/exchange/protocol.ts'
import type { TokenIssuer } from './gateway-options.ts'
import { IssuerKeys, KeysUnavailable } from './issuer-keys.ts'
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

/** The refusal that an error of a verification comes to. */
export function tokenRefusal(error: unknown): unknown {
  if (error instanceof ExchangeError) return error
  if (error instanceof errors.JWTExpired) return badCredentials('The access token has expired: get another one')
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
      const payload = await claimsOf(jwtVerify(token, this.#keys.find, this.#options), expired)
      return holderOf(payload, this.#domain)
    } catch (error) {
      throw tokenRefusal(error)
    }
  }

  associate(holder: TokenHolder, user: string): string {
    return assertUser(holder, user)
  }

  isReady(): Promise<boolean> {
    return this.#keys.areThere()
  }
}
