import type { FastifyInstance, FastifyRequest } from 'fastify'
import { createHash, timingSafeEqual } from 'node:crypto'
import { clientNetwork, isLoopbackAddress, isLoopbackHost } from '../client-network.ts'
import type { Conferences } from '../conferences/conferences.ts'
import type { GatewayMetrics } from '../gateway-metrics.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { badCredentials } from '../request-error.ts'
import type { TokenVerifier } from '../token-verifier.ts'
import { requestLimit } from './request-limit.ts'

/** What tells that somebody else asks by way of a proxy, or of a page that runs on this machine. */
const passedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via', 'origin', 'sec-fetch-site'] as const

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()

/** @throws ExchangeError POL0001 unless a request comes from this machine, or with the token. */
function assertOperator({ headers, ip, socket }: FastifyRequest, token: string | undefined): void {
  const [, given] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? []
  if (token && given && timingSafeEqual(digest(given), digest(token))) return
  const isHere = [ip, socket.remoteAddress ?? ''].every((address) => isLoopbackAddress(address))
  if (given || !isHere || !isLoopbackHost(headers.host ?? '') || passedOn.some((name) => headers[name] !== undefined))
    throw badCredentials('Metrics are for this machine, or for who has the metrics token (METRICS_TOKEN)')
}

/** What the operator asks: whether the gateway is alive, whether it can be sent users, and how it does. */
export function operatorRoutes(
  app: FastifyInstance,
  {
    sessions,
    conferences,
    verifier,
    metrics,
    isDraining,
  }: {
    readonly sessions: GatewaySessions
    readonly conferences: Conferences | undefined
    readonly verifier: TokenVerifier
    readonly metrics: GatewayMetrics
    /** Whether it is about to stop. */
    readonly isDraining: () => boolean
  },
  { rateLimit, metricsToken }: GatewaySettings,
): void {
  app.get('/healthz', () => ({
    status: 'ok',
    sessions: sessions.size,
    ...(conferences && { conferences: conferences.size, mediaServers: conferences.reachable }),
  }))

  app.get('/readyz', async (_request, reply) => {
    const keys = (await verifier.isReady?.()) ?? true
    const draining = isDraining()
    const isReady = keys && !draining && conferences?.reachable !== 0
    const mediaServers = conferences && { mediaServers: conferences.reachable }
    return reply
      .status(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ready' : 'not-ready', keys, ...mediaServers, draining })
  })

  const what = 'requests for metrics'
  const count = requestLimit(app, { max: rateLimit, window: 10_000, key: ({ ip }) => clientNetwork(ip), what })
  app.get('/metrics', { onRequest: count }, async (request, reply) => {
    assertOperator(request, metricsToken)
    const { type, body } = await metrics.text()
    return reply.type(type).header('cache-control', 'no-store').send(body)
  })
}
