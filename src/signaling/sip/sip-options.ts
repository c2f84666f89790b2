/** One address of a SIP server, `wss://pbx.example.com/ws`. */
export interface SipServer {
  readonly url: string
  /** Share of the sign-ins among the servers that answer (RFC 2782); 0 is used when no other is left. Default 1. */
  readonly weight?: number
}

/** Secrets of a SIP account: one of the two. */
export interface SipCredentials {
  readonly password?: string | undefined
  /** Bearer token (RFC 8898). */
  readonly token?: string | undefined
}

export type TransferPolicy = boolean | 'ask' | 'same-domain'

export interface SipOptions {
  readonly servers: string | readonly (string | SipServer)[]
  /** Asked for before each registration after the first, for secrets that live shortly. */
  readonly credentials?: () => Promise<SipCredentials>
  /**
   * Realms of further proxies that may ask calls for the password (407), as a digest. What asked this account's own
   * registration may ask anyhow. Default: none.
   */
  readonly realms?: readonly string[]
  /** User name of the account, where it is not the user part of the address. */
  readonly authorizationUser?: string
  /**
   * Whether the far side may have this one call another address (REFER). `ask`: the person is asked each time
   * (`call:transfer-requested`). `same-domain`: they are not asked about addresses of their own domain. `true`: never,
   * but for emergency and premium numbers. `false`: it may not, and nobody may take its place (Replaces). Default `ask`.
   */
  readonly allowTransfers?: TransferPolicy
  /**
   * Whether the name and number that the server asserts (P-Asserted-Identity, RFC 3325) count for more than what a caller
   * says. Only for a server that takes the field away where it comes from outside. Default `true`.
   */
  readonly trustAssertedIdentity?: boolean
  /** Lifetime asked for in REGISTER, in s. Default 600. */
  readonly registerExpires?: number
  /** Session-Expires of calls, in s (RFC 4028, 4); at least 60. Default 1800. */
  readonly sessionExpires?: number
  /** UUID of this device (RFC 5626, 4.1). Default: a new one for each session. */
  readonly instanceId?: string
  /** How long a server may take to open the connection, in ms. Default 10 000. */
  readonly openTimeout?: number
  /**
   * How often the connection is kept open, in ms, whether the registrar asks for it (Flow-Timer) or not: a fifth of it is
   * chance. 0: only where the registrar asks. Default 19 000, so every 15 to 19 s.
   */
  readonly keepAliveInterval?: number
  /** How long the far side's user may take to answer a request for video, in ms. Default 30 000. */
  readonly changeTimeout?: number
  /** Header fields for every invitation. */
  readonly headers?: Readonly<Record<string, string>>
}

export const defaultOpenTimeout = 10_000
/** Half of what most networks keep an idle flow in mind. */
export const defaultKeepAliveInterval = 19_000
export const defaultChangeTimeout = 30_000
