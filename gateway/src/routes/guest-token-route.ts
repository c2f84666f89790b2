import type { FastifyInstance } from 'fastify'
import { clientNetwork } from '../client-network.ts'
import type { GuestTokens } from '../guest-tokens.ts'
import { requestLimit } from './request-limit.ts'

/** A token for every visitor: `rate` in a minute to one address. */
export function guestTokenRoute(app: FastifyInstance, guests: GuestTokens, rate: number): void {
  const count = requestLimit(app, {
    max: rate,
    window: 60_000,
    key: ({ ip }) => clientNetwork(ip),
    what: 'guests from this address',
  })
  app.post('/guest-tokens', { onRequest: count }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send(await guests.issue()),
  )
}
