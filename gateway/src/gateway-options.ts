import { canonicalAddress } from '../../src/exchange/canonical-address.ts'
import type { E911Provider } from './e911-provider.ts'
import type { ServedFolder } from './routes/served-folders.ts'

/** Where tokens come from in production: JWTs that an issuer signs. */
export interface TokenIssuer {
  /** Where the issuer publishes its keys (RFC 7517). */
  readonly jwksUrl: string
  /** What the `iss` claim has to be. Default: not checked. */
  readonly issuer?: string | undefined
  /** What the `aud` claim has to be. Default: not checked. */
  readonly audience?: string | undefined
  /** How far the clocks of issuer and gateway may be apart, in seconds: so long a token is good beyond its term. Default 30. */
  readonly clockTolerance?: number | undefined
}

/** All optional, but tokens have to come from somewhere: `devTokens` or `tokenIssuer`. */
export interface GatewayOptions {
  /** Address to listen at. Default `127.0.0.1`. */
  readonly host?: string
  /** Port to listen at; 0 for any free one. Default 8080. */
  readonly port?: number
  /** What the resources' paths begin with. Default `/RTC/v1`. */
  readonly basePath?: string
  /** Domain of user ids that come without one. Default `localhost`. */
  readonly domain?: string
  /** Whether `POST /tokens` gives anybody a token, and `POST /e911ids` an E911 id. Only where `host` is a loopback address. Default false. */
  readonly devTokens?: boolean
  readonly tokenIssuer?: TokenIssuer | undefined
  /** Whom visitors may call with a token that `POST /guest-tokens` gives them. Default: there are no guests. */
  readonly guestAllow?: readonly string[] | undefined
  /** Guest tokens to one network address in a minute, and calls of guests from one. Default 10. */
  readonly guestRate?: number
  /** Knows the E911 ids that users pass. Default: with `devTokens` one that takes any address; else none is asked. */
  readonly e911Provider?: E911Provider | undefined
  /** How long an E911 provider is waited for, in seconds. Default 10. */
  readonly e911Timeout?: number
  /** How long a session lives without a refresh, in seconds. Default 3600. */
  readonly sessionTtl?: number
  /** How long a session with extensions lives without an event channel, in seconds. Default 60. */
  readonly channelGrace?: number
  /** How long a long poll waits for an event, in seconds: less than a proxy waits for an answer. Default 25. */
  readonly pollWait?: number
  /**
   * Time between the pings of an open event channel, in seconds: of a WebSocket (RFC 6455, 5.5.2) and of an event stream
   * (a comment). They keep it open behind a proxy that ends silent connections. Default 15.
   */
  readonly pingInterval?: number
  /** How long a WebSocket ticket is good, in seconds. Default 30. */
  readonly ticketTtl?: number
  /** Events that wait for a client before its session is given up. Default 256. */
  readonly eventLimit?: number
  /** Sessions of one user at a time. Default 20. */
  readonly sessionsPerUser?: number
  /** Requests of one user, or of one address without a valid token, in 10 seconds. Default 600. */
  readonly rateLimit?: number
  /** How long a request may take to come, its body included, in seconds. Default 30. */
  readonly requestTimeout?: number
  /** How long its headers may take, in seconds; at most as long as all of it. Default 10. */
  readonly headersTimeout?: number
  /** Connections at a time; more are cut at once. Default 10,000. */
  readonly maxConnections?: number
  /**
   * Connections at a time of one address (IPv6: /64); more are cut at once. Those of `trustedProxies` do not count.
   * Default 1000.
   */
  readonly connectionsPerAddress?: number
  /** What `GET /metrics` asks of who comes from elsewhere than this machine (`Authorization: Bearer`). Default: nobody may. */
  readonly metricsToken?: string | undefined
  /** Seconds from `close()` to the end of the calls: so long `GET /readyz` says that no users shall be sent. Default 0. */
  readonly drainTime?: number
  /** Origins whose pages may use the gateway, `https://example.com`. Default: any. */
  readonly allowedOrigins?: readonly string[] | undefined
  /** How browsers reach the gateway, where a proxy stands before it: `https://phone.example.com`. */
  readonly publicUrl?: string | undefined
  /** Addresses and networks of proxies whose X-Forwarded- headers are believed: `10.0.0.0/8`. Default: none. */
  readonly trustedProxies?: readonly string[] | undefined
  /** WebSocket addresses of Janus instances that mix conferences, `ws://10.0.0.7:8188`. Default: hosts mix their own. */
  readonly janusUrls?: readonly string[] | undefined
  /** What every request to them has to carry (`api_secret` of Janus). Default: nothing. */
  readonly janusApiSecret?: string | undefined
  /** What making a room takes (`admin_key` of the AudioBridge and VideoRoom plugins). Default: nothing. */
  readonly janusAdminKey?: string | undefined
  /** Folders to serve beside the resources. */
  readonly serve?: readonly ServedFolder[]
  /** Least severe level to log. Numbers, addresses and tokens are masked. Default `silent`. */
  readonly logLevel?: 'silent' | 'error' | 'warn' | 'info' | 'debug'
}

/** `GatewayOptions` with the defaults filled in. */
export type GatewaySettings = Required<GatewayOptions>

const defaults: GatewaySettings = {
  host: '127.0.0.1',
  port: 8080,
  basePath: '/RTC/v1',
  domain: 'localhost',
  devTokens: false,
  tokenIssuer: undefined,
  guestAllow: undefined,
  guestRate: 10,
  e911Provider: undefined,
  e911Timeout: 10,
  sessionTtl: 3600,
  channelGrace: 60,
  pollWait: 25,
  pingInterval: 15,
  ticketTtl: 30,
  eventLimit: 256,
  sessionsPerUser: 20,
  rateLimit: 600,
  requestTimeout: 30,
  headersTimeout: 10,
  maxConnections: 10_000,
  connectionsPerAddress: 1000,
  metricsToken: undefined,
  drainTime: 0,
  allowedOrigins: undefined,
  publicUrl: undefined,
  trustedProxies: undefined,
  janusUrls: undefined,
  janusApiSecret: undefined,
  janusAdminKey: undefined,
  serve: [],
  logLevel: 'silent',
}

const positive = [
  'sessionTtl',
  'channelGrace',
  'pollWait',
  'pingInterval',
  'ticketTtl',
  'rateLimit',
  'guestRate',
  'requestTimeout',
  'headersTimeout',
  'maxConnections',
  'connectionsPerAddress',
  'e911Timeout',
] as const

/** Longest time between signs of life of a channel, in seconds: what clients believe. */
const longestPause = 3600

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)

function assertAddress(address: string, domain: string): void {
  try {
    canonicalAddress(address, domain)
  } catch {
    throw new Error(
      `guestAllow (GUEST_ALLOW) has to be addresses: a number, a user id, or user@domain, not "${address}"`,
    )
  }
}

function assertWebSocketUrl(text: string): void {
  if (!/^wss?:\/\/[^/]/.test(text) || !URL.canParse(text))
    throw new Error(`janusUrls (JANUS_URLS) has to be WebSocket addresses, ws://host:8188, not "${text}"`)
}

/**
 * Fills in the defaults.
 *
 * @throws Error where the options leave the gateway without tokens, or open to everybody.
 */
export function gatewaySettings(options: GatewayOptions): GatewaySettings {
  const settings = { ...defaults, ...options }
  if (settings.devTokens && !isLoopback(settings.host)) {
    throw new Error(
      `Development tokens let anybody be anybody, so they are given only at a loopback address, not at ${settings.host}. ` +
        'Listen at 127.0.0.1, or name a token issuer instead.',
    )
  }
  if (!settings.devTokens && !settings.tokenIssuer) {
    throw new Error(
      'No source of tokens: name the URL of a token issuer’s keys (TOKEN_JWKS_URL), or, on this machine alone, ' +
        'switch development tokens on (DEV_TOKENS=1).',
    )
  }
  for (const address of settings.guestAllow ?? []) assertAddress(address, settings.domain)
  for (const url of settings.janusUrls ?? []) assertWebSocketUrl(url)
  for (const name of positive) {
    if (!(settings[name] > 0)) throw new Error(`${name} has to be a positive number, not ${String(settings[name])}`)
  }
  for (const name of ['pingInterval', 'pollWait'] as const) {
    if (settings[name] > longestPause)
      throw new Error(`${name} has to be ${String(longestPause)} seconds or less, not ${String(settings[name])}`)
  }
  return settings
}
