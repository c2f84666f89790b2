import { canonicalAddress } from '../../../src/exchange/canonical-address.ts'
import { OwnTokens, type GivenToken } from '../own-tokens.ts'
import { invalidUserId } from '../request-error.ts'
import { holderOf, type TokenHolder, type UserKind } from '../token-holder.ts'
import { assertUser, tokenRefusal, type ExpiredTokens, type TokenVerifier } from '../token-verifier.ts'
import { isSpecialUser, userAddress } from '../user-address.ts'
import { MobileNumbers } from './mobile-numbers.ts'

const ttl = 3600

/**
 * What a token may be asked for, in the words of the original's sample server: a kind of user, or the registration of
 * emergency addresses alone.
 */
export const appScopes = ['MOBILE_NUMBER', 'VIRTUAL_NUMBER', 'ACCOUNT_ID', 'E911'] as const

export type AppScope = (typeof appScopes)[number]

/** Numbers have `tel:` addresses, accounts have `sip:` ones. */
const hasNumber = (kind: UserKind | undefined): boolean => kind !== 'ACCOUNT_ID'

/** Tokens for anybody, good until the process ends: for development. */
export class DevTokens implements TokenVerifier {
  readonly #tokens = new OwnTokens()
  readonly #numbers = new MobileNumbers()
  /** Users of tokens that came without one, by token id. */
  readonly #associated = new Map<string, { readonly user: string; readonly until: number }>()
  readonly #domain: string

  constructor(domain: string) {
    this.#domain = domain
  }

  /**
   * A token for `userId`, of no kind; what is dialled as a telephone number is one.
   *
   * @throws ExchangeError SVC0004 when it is no address, SVC8514 when it is a special number, or as nobody is written.
   */
  async issue(userId: string): Promise<GivenToken> {
    const isNumber = canonicalAddress(userId, this.#domain).startsWith('tel:')
    if (userAddress(userId, isNumber, this.#domain) === undefined) throw invalidUserId(userId)
    return this.#give({ sub: userId, ...(isNumber && { phone_number: userId }) })
  }

  /**
   * A token for a kind of user. A mobile number it has at once, the same for the same `authCode`; any other user it
   * gets by `associate`. One of scope `E911` has no user, and gets none.
   */
  async issueByScope(scope: AppScope, authCode?: string): Promise<GivenToken> {
    if (scope === 'E911') return this.#give({})
    return this.#give({ kind: scope, ...(scope === 'MOBILE_NUMBER' && { sub: this.#numbers.assign(authCode) }) })
  }

  async verify(token: string, expired?: ExpiredTokens): Promise<TokenHolder> {
    try {
      const holder = holderOf(await this.#tokens.verify(token, expired), this.#domain)
      return holder.user ? holder : { ...holder, user: this.#associated.get(holder.tokenId)?.user ?? null }
    } catch (error) {
      throw tokenRefusal(error)
    }
  }

  associate(holder: TokenHolder, user: string): string {
    if (holder.user) return assertUser(holder, user)
    if (!holder.kind || hasNumber(holder.kind) !== user.startsWith('tel:') || isSpecialUser(user))
      throw invalidUserId(user)
    this.#forget(Date.now())
    // An expired token still ends what its holder has.
    this.#associated.set(holder.tokenId, { user, until: Date.now() + 2 * ttl * 1000 })
    return user
  }

  async #give(claims: Readonly<Record<string, unknown>>): Promise<GivenToken> {
    return { access_token: await this.#tokens.sign(claims, ttl), token_type: 'bearer', expires_in: ttl }
  }

  /** Lets go of tokens that have expired. */
  #forget(now: number): void {
    for (const [id, { until }] of this.#associated) if (until < now) this.#associated.delete(id)
  }
}
