import { compile } from '@fastify/proxy-addr'
import type { Server } from 'node:http'
import { clientNetwork } from './client-network.ts'
import type { GatewaySettings } from './gateway-options.ts'

/** How long the parts of a request may take to come, as Node's server wants it. */
export function requestTimes({
  requestTimeout,
  headersTimeout,
}: Pick<GatewaySettings, 'requestTimeout' | 'headersTimeout'>): {
  readonly requestTimeout: number
  readonly http: { readonly headersTimeout: number; readonly connectionsCheckingInterval: number }
} {
  const request = Math.ceil(requestTimeout * 1000)
  const headers = Math.min(Math.ceil(headersTimeout * 1000), request)
  // Node looks every 30 s by default: what is too slow would stay for twice as long.
  return { requestTimeout: request, http: { headersTimeout: headers, connectionsCheckingInterval: headers / 2 } }
}

/** Bounds the connections of `server`, all together and of one client. What a trusted proxy passes on has no one client. */
export function limitConnections(
  server: Server,
  { maxConnections, connectionsPerAddress, trustedProxies = [] }: GatewaySettings,
): void {
  server.maxConnections = maxConnections
  const isProxy = compile([...trustedProxies])
  const counts = new Map<string, number>()
  server.on('connection', (socket) => {
    const { remoteAddress } = socket
    if (!remoteAddress || isProxy(remoteAddress, 0)) return
    const network = clientNetwork(remoteAddress)
    const count = (counts.get(network) ?? 0) + 1
    if (count > connectionsPerAddress) return void socket.destroy()
    counts.set(network, count)
    socket.once('close', () => {
      const left = (counts.get(network) ?? 1) - 1
      if (left > 0) counts.set(network, left)
      else counts.delete(network)
    })
  })
}
