import { parseArgs } from 'node:util'
import type { GatewayOptions } from './gateway-options.ts'

export const usage = `att-phone-gateway [--serve PREFIX=DIRECTORY]...

  --serve PREFIX=DIRECTORY  serves the files of a folder below a path; may be given many times
  --help                    prints this

Environment:
  PORT             port to listen at (8080)
  HOST             address to listen at (127.0.0.1)
  BASE_PATH        what the resources' paths begin with (/RTC/v1)
  DOMAIN           domain of user ids that come without one (localhost)
  DEV_TOKENS       1: POST /tokens gives anybody a token; only at a loopback address
  TOKEN_JWKS_URL   where the issuer of the tokens publishes its keys
  TOKEN_ISSUER     what the iss claim of a token has to be
  TOKEN_AUDIENCE   what the aud claim of a token has to be
  TOKEN_CLOCK_TOLERANCE
                   seconds the clocks of issuer and gateway may be apart (30)
  GUEST_ALLOW      addresses that guests may call, separated by commas (no guests)
  GUEST_RATE       guests, and calls of guests, of one network address in a minute (10)
  SESSION_TTL      seconds a session lives without a refresh (3600)
  CHANNEL_GRACE    seconds a session with extensions lives without an event channel (60)
  PING_INTERVAL    seconds between the pings of an open WebSocket or event stream (15): less than half of what a
                   proxy lets a connection be silent for
  POLL_WAIT        seconds a long poll waits for an event (25): less than a proxy waits for an answer
  RATE_LIMIT       requests of a user in 10 seconds (600)
  REQUEST_TIMEOUT  seconds a request may take to come (30)
  HEADERS_TIMEOUT  seconds its headers may take (10)
  MAX_CONNECTIONS  connections at a time (10000)
  CONNECTIONS_PER_ADDRESS
                   the same of one address, or IPv6 /64; not of trusted proxies (1000)
  METRICS_TOKEN    what GET /metrics asks of who comes from elsewhere than this machine (nobody may)
  DRAIN_TIME       seconds from SIGTERM to the end of the calls; GET /readyz says 503 meanwhile (0)
  ALLOWED_ORIGINS  origins whose pages may use the gateway, separated by commas (any)
  PUBLIC_URL       how browsers reach the gateway, where a proxy stands before it
  TRUSTED_PROXIES  addresses of proxies whose X-Forwarded- headers are believed, separated by commas (none)
  JANUS_URLS       WebSocket addresses of Janus instances that mix conferences, separated by commas (none)
  JANUS_API_SECRET what Janus asks of every request (nothing)
  JANUS_ADMIN_KEY  what its AudioBridge asks of who makes a room (nothing)
  LOG_LEVEL        silent, error, warn, info or debug (silent)
`

type Environment = Readonly<Record<string, string | undefined>>

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const

function numberFrom(environment: Environment, name: string, least: number): number | undefined {
  const text = environment[name]
  if (!text) return undefined
  const number = Number(text)
  if (!Number.isFinite(number) || number < least)
    throw new Error(`${name} has to be a number of ${String(least)} or more, not "${text}"`)
  return number
}

function logLevelFrom({ LOG_LEVEL: text }: Environment): GatewayOptions['logLevel'] {
  if (!text) return undefined
  const level = logLevels.find((known) => known === text)
  if (!level) throw new Error(`LOG_LEVEL has to be one of ${logLevels.join(', ')}, not "${text}"`)
  return level
}

function servedFolder(text: string): { readonly prefix: string; readonly directory: string } {
  const at = text.indexOf('=')
  if (at < 1 || at === text.length - 1) throw new Error(`--serve takes PREFIX=DIRECTORY, not "${text}"`)
  return { prefix: text.slice(0, at), directory: text.slice(at + 1) }
}

function listFrom(environment: Environment, name: string): readonly string[] | undefined {
  const entries = environment[name]?.split(',').map((entry) => entry.trim())
  return entries?.some(Boolean) ? entries.filter(Boolean) : undefined
}

function isSet(text: string | undefined): boolean {
  return text !== undefined && !['', '0', 'false', 'no'].includes(text.toLowerCase())
}

/** Leaves out what was not said, so that defaults take its place. */
function said<T extends object>(options: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as never
}

/**
 * The options that a command line and an environment ask for; `null` where the command line asks for help.
 *
 * @throws Error that says which of them is wrong, and how.
 */
export function cliOptions(args: readonly string[], environment: Environment): GatewayOptions | null {
  const { values } = parseArgs({
    args: [...args],
    options: { serve: { type: 'string', multiple: true }, help: { type: 'boolean' } },
  })
  if (values.help) return null
  const { TOKEN_JWKS_URL: jwksUrl, TOKEN_ISSUER: issuer, TOKEN_AUDIENCE: audience } = environment
  const clockTolerance = numberFrom(environment, 'TOKEN_CLOCK_TOLERANCE', 0)
  return said({
    port: numberFrom(environment, 'PORT', 0),
    host: environment['HOST'] || undefined,
    basePath: environment['BASE_PATH'] || undefined,
    domain: environment['DOMAIN'] || undefined,
    devTokens: isSet(environment['DEV_TOKENS']),
    tokenIssuer: jwksUrl ? { jwksUrl, issuer, audience, clockTolerance } : undefined,
    guestAllow: listFrom(environment, 'GUEST_ALLOW'),
    guestRate: numberFrom(environment, 'GUEST_RATE', 1),
    sessionTtl: numberFrom(environment, 'SESSION_TTL', 1),
    channelGrace: numberFrom(environment, 'CHANNEL_GRACE', 1),
    pingInterval: numberFrom(environment, 'PING_INTERVAL', 1),
    pollWait: numberFrom(environment, 'POLL_WAIT', 1),
    rateLimit: numberFrom(environment, 'RATE_LIMIT', 1),
    requestTimeout: numberFrom(environment, 'REQUEST_TIMEOUT', 1),
    headersTimeout: numberFrom(environment, 'HEADERS_TIMEOUT', 1),
    maxConnections: numberFrom(environment, 'MAX_CONNECTIONS', 1),
    connectionsPerAddress: numberFrom(environment, 'CONNECTIONS_PER_ADDRESS', 1),
    metricsToken: environment['METRICS_TOKEN'] || undefined,
    drainTime: numberFrom(environment, 'DRAIN_TIME', 0),
    allowedOrigins: listFrom(environment, 'ALLOWED_ORIGINS'),
    publicUrl: environment['PUBLIC_URL'] || undefined,
    trustedProxies: listFrom(environment, 'TRUSTED_PROXIES'),
    janusUrls: listFrom(environment, 'JANUS_URLS'),
    janusApiSecret: environment['JANUS_API_SECRET'] || undefined,
    janusAdminKey: environment['JANUS_ADMIN_KEY'] || undefined,
    logLevel: logLevelFrom(environment),
    serve: (values.serve ?? []).map(servedFolder),
  })
}
