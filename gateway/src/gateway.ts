import fastifyCors from '@fastify/cors'
import fastifyRateLimit from '@fastify/rate-limit'
import fastifyWebSocket from '@fastify/websocket'
import { fastify, type FastifyInstance } from 'fastify'
import { Conferences } from './conferences/conferences.ts'
import { limitConnections, requestTimes } from './connection-limits.ts'
import { DevE911Provider } from './development/dev-e911-provider.ts'
import { DevTokens } from './development/dev-tokens.ts'
import { sampleServerRoutes } from './development/sample-server-routes.ts'
import { E911Desk } from './e911-desk.ts'
import { gatewaySettings, type GatewayOptions, type GatewaySettings } from './gateway-options.ts'
import { GatewayMetrics } from './gateway-metrics.ts'
import { GatewaySessions } from './gateway-sessions.ts'
import { GuestTokens } from './guest-tokens.ts'
import { loggerOptions } from './log-masking.ts'
import { noSuchResource, requestErrorBody, sendError, stopping } from './request-error.ts'
import { authenticate } from './routes/authentication.ts'
import { callRoutes } from './routes/call-routes.ts'
import { commandChannelRoute } from './routes/command-channel.ts'
import { conferenceRoutes } from './routes/conference-routes.ts'
import { eventRoutes, webSocketRoute } from './routes/event-routes.ts'
import { guestTokenRoute } from './routes/guest-token-route.ts'
import { hostedConferenceRoutes } from './routes/hosted-conference-routes.ts'
import { legRoutes } from './routes/leg-routes.ts'
import { operatorRoutes } from './routes/operator-routes.ts'
import { answerOnce } from './routes/repeated-requests.ts'
import { replyBeforeEvents } from './routes/reply-order.ts'
import { serveFolders } from './routes/served-folders.ts'
import { sessionRoutes } from './routes/session-routes.ts'
import { TicketOffice } from './ticket-office.ts'
import { IssuedTokens, type TokenVerifier } from './token-verifier.ts'

/** Largest request body, in bytes. */
const bodyLimit = 64 * 1024
/** Largest message of a WebSocket, in bytes: a request with its body and its header fields. */
const frameLimit = bodyLimit + 16 * 1024
/** How long a browser remembers a preflight answer, in seconds. */
const preflightAge = 7200

/** A running or prepared gateway. */
export interface Gateway {
  readonly app: FastifyInstance
  /** Begins to listen; gives the address, `http://127.0.0.1:8080/`. */
  listen(): Promise<string>
  /** Ends every call, answers waiting polls, closes every connection. */
  close(): Promise<void>
}

function createApp(settings: GatewaySettings): FastifyInstance {
  const app = fastify({
    ...requestTimes(settings),
    bodyLimit,
    logger: loggerOptions(settings),
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    trustProxy: settings.trustedProxies ? [...settings.trustedProxies] : false,
    routerOptions: { maxParamLength: 255 },
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, allowUnionTypes: true } },
  })
  const parseJson = app.getDefaultJsonParser('error', 'error')
  limitConnections(app.server, settings)
  app.removeAllContentTypeParsers()
  // Old clients name a content type even where they send nothing.
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null)
    else void parseJson(request, String(body), done)
  })
  app.addContentTypeParser('application/trickle-ice-sdpfrag', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )
  app.setErrorHandler(sendError)
  app.setNotFoundHandler((_request, reply) => reply.status(404).send(requestErrorBody(noSuchResource())))
  return app
}

function registerPlugins(app: FastifyInstance, { allowedOrigins }: GatewaySettings): void {
  app.register(fastifyCors, {
    origin: allowedOrigins ? [...allowedOrigins] : '*',
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: ['Location', 'x-expires', 'x-state', 'x-modId', 'x-userId', 'Retry-After'],
    maxAge: preflightAge,
  })
  app.register(fastifyWebSocket, { options: { maxPayload: frameLimit } })
  app.register(fastifyRateLimit, { global: false, cache: 20_000 })
}

/** Where the tokens that a gateway takes come from. */
interface TokenSources {
  readonly verifier: TokenVerifier
  /** Those it gives itself. */
  readonly development: DevTokens | undefined
  readonly guests: GuestTokens | undefined
}

function tokenSources({ devTokens, tokenIssuer, guestAllow, domain }: GatewaySettings): TokenSources {
  const development = devTokens ? new DevTokens(domain) : undefined
  const users = development ?? (tokenIssuer && new IssuedTokens(tokenIssuer, domain))
  if (!users) throw new Error('No source of tokens')
  const guests = guestAllow && new GuestTokens(users, guestAllow, domain)
  return { verifier: guests ?? users, development, guests }
}

/** Conferences on media servers, where there are such. */
function mixedConferences({ exchange }: GatewaySessions, settings: GatewaySettings): Conferences | undefined {
  const { janusUrls = [], janusApiSecret: apiSecret, janusAdminKey: adminKey } = settings
  return janusUrls.length === 0 ? undefined : new Conferences(exchange, janusUrls, { apiSecret, adminKey })
}

/** The WebSockets: a browser sends no token with one. */
function channelRoutes(
  app: FastifyInstance,
  sessions: GatewaySessions,
  tickets: TicketOffice,
  settings: GatewaySettings,
): void {
  webSocketRoute(app, sessions, tickets)
  commandChannelRoute(app, sessions, settings)
}

/** Says once, at every log level, that tokens are good here which were given for something else. */
function warnOfAnyToken({ tokenIssuer }: GatewaySettings): void {
  if (!tokenIssuer) return
  const { issuer, audience } = tokenIssuer
  const unset = [!issuer && 'TOKEN_ISSUER (iss)', !audience && 'TOKEN_AUDIENCE (aud)'].filter(Boolean)
  if (unset.length === 0) return
  process.emitWarning(
    `${unset.join(' and ')} not set: any token that the keys of the issuer sign is good here, ` +
      'also one that was given for another service. Set what your tokens have in these claims.',
    { type: 'SecurityWarning', code: 'ATT_PHONE_ANY_TOKEN' },
  )
}

/**
 * Makes a gateway: sessions, events and calls over REST, server-sent events and WebSocket.
 *
 * @throws Error where the options contradict each other; see `GatewayOptions`.
 */
export function createGateway(options: GatewayOptions): Gateway {
  const settings = gatewaySettings(options)
  const { basePath, ticketTtl, host, port, e911Timeout, drainTime } = settings
  const { verifier, development, guests } = tokenSources(settings)
  const e911Provider = settings.e911Provider ?? (development && new DevE911Provider())
  const e911 = new E911Desk(e911Provider, e911Timeout * 1000)
  const metrics = new GatewayMetrics()
  const sessions = new GatewaySessions(settings, metrics)
  metrics.watch(sessions)
  let draining = false
  const conferences = mixedConferences(sessions, settings)
  const tickets = new TicketOffice(ticketTtl * 1000)
  const app = createApp(settings)
  registerPlugins(app, settings)
  app.addHook('onResponse', async ({ method, routeOptions: { url: route = 'none' } }, { statusCode, elapsedTime }) =>
    metrics.answered({ method, route, status: statusCode }, elapsedTime),
  )
  app.register(
    async (api) => {
      authenticate(api, verifier, settings.rateLimit)
      api.addHook('onRequest', async ({ method, routeOptions: { url } }) => {
        if (draining && method === 'POST' && url === `${basePath}/sessions`) throw stopping()
      })
      sessionRoutes(api, sessions, verifier, e911, settings, conferences)
      eventRoutes(api, sessions, tickets, settings)
      api.register(async (calls) => {
        replyBeforeEvents(calls, sessions)
        answerOnce(calls, sessions)
        callRoutes(calls, sessions, settings)
        legRoutes(calls, sessions)
        conferenceRoutes(calls, sessions)
        hostedConferenceRoutes(calls, sessions, conferences, settings)
      })
    },
    { prefix: basePath },
  )
  app.register(async (open) => channelRoutes(open, sessions, tickets, settings), { prefix: basePath })
  app.register(async (open) => {
    operatorRoutes(open, { sessions, conferences, verifier, metrics, isDraining: () => draining }, settings)
    if (development) sampleServerRoutes(open, development, e911, settings)
    if (guests) guestTokenRoute(open, guests, settings.guestRate)
    await serveFolders(open, settings.serve)
  })

  return {
    app,
    listen: async () => {
      warnOfAnyToken(settings)
      return `${await app.listen({ host, port })}/`
    },
    close: async () => {
      draining = true
      if (drainTime > 0) await new Promise((resolve) => setTimeout(resolve, drainTime * 1000))
      tickets.close()
      await sessions.close()
      await conferences?.close()
      await app.close()
    },
  }
}
