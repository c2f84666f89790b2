import { randomBytes } from 'node:crypto'
import { canonicalAddress } from '../../src/exchange/canonical-address.ts'
import { OwnTokens, type GivenToken } from './own-tokens.ts'
import { holderOf, type TokenHolder } from './token-holder.ts'
import { assertUser, tokenRefusal, type ExpiredTokens, type TokenVerifier } from './token-verifier.ts'

/** How long a guest's token opens a session, in seconds: as long as it takes to press a button. */
const signInTtl = 300
/** How long it serves that session, in seconds. */
const ttl = 4 * 3600

/** A guest's token, what it is called, and whom it may call. */
export interface GuestToken extends GivenToken {
  readonly user_id: string
  readonly allow: readonly string[]
}

/** Tokens for visitors who may call a few addresses and nobody else; those of users are another verifier's. */
export class GuestTokens implements TokenVerifier {
  readonly #tokens = new OwnTokens()
  readonly #users: TokenVerifier
  readonly #allow: readonly string[]
  readonly #domain: string

  /**
   * `allow`: whom guests may call.
   *
   * @throws ExchangeError SVC0004 when one of them is no address.
   */
  constructor(users: TokenVerifier, allow: readonly string[], domain: string) {
    this.#users = users
    this.#allow = allow.map((address) => canonicalAddress(address, domain))
    this.#domain = domain
  }

  /** A token for a guest of its own. */
  async issue(): Promise<GuestToken> {
    // Nobody else has an address of that domain (RFC 6761, 6.4).
    const user = `guest-${randomBytes(6).toString('hex')}@guest.invalid`
    const signInBefore = Math.floor(Date.now() / 1000) + signInTtl
    const claims = { sub: user, kind: 'GUEST', allow: [...this.#allow], sign_in_before: signInBefore }
    return {
      access_token: await this.#tokens.sign(claims, ttl),
      token_type: 'bearer',
      expires_in: signInTtl,
      user_id: user,
      allow: this.#allow,
    }
  }

  async verify(token: string, expired?: ExpiredTokens): Promise<TokenHolder> {
    if (!this.#tokens.claims(token)) return this.#users.verify(token, expired)
    try {
      return holderOf(await this.#tokens.verify(token, expired), this.#domain)
    } catch (error) {
      throw tokenRefusal(error)
    }
  }

  associate(holder: TokenHolder, user: string): string {
    return holder.kind === 'GUEST' ? assertUser(holder, user) : this.#users.associate(holder, user)
  }

  async isReady(): Promise<boolean> {
    return (await this.#users.isReady?.()) ?? true
  }
}
