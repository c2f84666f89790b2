import type { JWTPayload } from 'jose'
import { canonicalAddress } from '../../src/exchange/canonical-address.ts'
import { ExchangeError } from '../../src/exchange/protocol.ts'
import { badCredentials } from './request-error.ts'
import { accountAddress, userAddress } from './user-address.ts'

/** Kinds of user, as the `kind` claim of a token names them. They differ in what they owe the emergency services. */
export const userKinds = ['MOBILE_NUMBER', 'VIRTUAL_NUMBER', 'ACCOUNT_ID', 'GUEST'] as const

export type UserKind = (typeof userKinds)[number]

/** What a good access token says of its holder. */
export interface TokenHolder {
  /** Id of the token (its `jti` claim); of its user where it has none. */
  readonly tokenId: string
  /** Canonical URI of the user; `null` while a development token is not associated with one. */
  readonly user: string | null
  /** The `name` claim: how its user is called, which the client cannot change. */
  readonly name: string | undefined
  /** The `kind` claim. Without one the user is an account, and which E911 ids it has is not the gateway's matter. */
  readonly kind: UserKind | undefined
  /** The `allow` claim: canonical URIs of the only ones this user may call. Without one: anybody. */
  readonly allow: ReadonlySet<string> | undefined
  /** Time until which the token opens sessions, in ms since 1970; it serves them until it expires. */
  readonly signInBefore: number | undefined
}

function kindOf(claim: unknown): UserKind | undefined {
  const kind = userKinds.find((known) => known === claim)
  if (claim !== undefined && !kind) throw badCredentials('The kind claim of the access token is none the gateway knows')
  return kind
}

function allowOf(claim: unknown, domain: string): ReadonlySet<string> | undefined {
  if (claim === undefined) return undefined
  if (!Array.isArray(claim)) throw badCredentials('The allow claim of the access token is no list of addresses')
  return new Set(claim.map((address) => canonicalAddress(String(address), domain)))
}

/** Whether a token says that `sub` is a telephone number: by its kind, or as the verified number of its user. */
function namesNumber(sub: string, { kind, ...claims }: JWTPayload, domain: string): boolean {
  if (kind === 'MOBILE_NUMBER' || kind === 'VIRTUAL_NUMBER') return true
  // OpenID Connect Core 1.0, section 5.1.
  const number = claims['phone_number']
  if (typeof number !== 'string' || claims['phone_number_verified'] === false) return false
  return canonicalAddress(number, domain) === canonicalAddress(sub, domain)
}

/** @throws ExchangeError POL0001 where the `sub` claim is none that a user can have. */
function userOf({ sub, ...claims }: JWTPayload, domain: string): string | null {
  if (sub === undefined) return null
  if (typeof sub !== 'string' || sub === '')
    throw badCredentials('The access token names its user (its sub claim) by no text')
  const user = userAddress(sub, namesNumber(sub, claims, domain), domain)
  if (user === undefined)
    throw badCredentials('The access token names a user (its sub claim) by a special number, or by text nobody has')
  return user
}

/**
 * The URI that a client means which gives its own user id, as its token has it or in any other way.
 *
 * @throws ExchangeError SVC0004 when it is no address.
 */
export function ownAddress({ user }: TokenHolder, id: string, domain: string): string {
  const account = accountAddress(id, domain)
  return account === user ? account : canonicalAddress(id, domain)
}

/**
 * Reads the claims of a token whose signature is good.
 *
 * @throws ExchangeError POL0001 where a claim is not as it has to be.
 */
export function holderOf(claims: JWTPayload, domain: string): TokenHolder {
  try {
    const user = userOf(claims, domain)
    const { jti, name, sign_in_before: until } = claims
    return {
      tokenId: typeof jti === 'string' ? jti : (user ?? ''),
      user,
      name: typeof name === 'string' && name.trim() ? name : undefined,
      kind: kindOf(claims['kind']),
      allow: allowOf(claims['allow'], domain),
      signInBefore: typeof until === 'number' ? until * 1000 : undefined,
    }
  } catch (error) {
    if (error instanceof ExchangeError && error.status === 400)
      throw badCredentials('The access token names an address that is none')
    throw error
  }
}
