import type { JWTPayload } from 'jose'
import { canonicalAddress } from '../../src/exchange/canonical-address.ts'
import { ExchangeError } from '../../src/exchange/protocol.ts'
import { badCredentials } from './request-error.ts'

/** Kinds of user, as the `kind` claim of a token names them. They differ in what they owe the emergency services. */
export const userKinds = ['MOBILE_NUMBER', 'VIRTUAL_NUMBER', 'ACCOUNT_ID', 'GUEST'] as const

export type UserKind = (typeof userKinds)[number]

/** What a good access token says of who bears it. */
export interface TokenHolder {
  /** Id of the token (its `jti` claim); of its user where it has none. */
  readonly tokenId: string
  /** Canonical URI of the user; `null` while a development token is not associated with one. */
  readonly user: string | null
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

/**
 * Reads the claims of a token whose signature is good.
 *
 * @throws ExchangeError POL0001 where a claim is not as it has to be.
 */
export function holderOf({ sub, jti, kind, allow, ...claims }: JWTPayload, domain: string): TokenHolder {
  try {
    const user = sub ? canonicalAddress(sub, domain) : null
    const until = claims['sign_in_before']
    return {
      tokenId: jti ?? user ?? '',
      user,
      kind: kindOf(kind),
      allow: allowOf(allow, domain),
      signInBefore: typeof until === 'number' ? until * 1000 : undefined,
    }
  } catch (error) {
    if (error instanceof ExchangeError && error.status === 400)
      throw badCredentials('The access token names an address that is none')
    throw error
  }
}
