import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ExchangeError } from '../../../src/exchange/protocol.ts'
import { badCredentials } from '../request-error.ts'
import type { TokenVerifier } from '../token-verifier.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Canonical URI of the user whose token the request bears. */
    user: string
  }
}

function bearerToken({ headers }: FastifyRequest): string {
  const [, token] = /^Bearer +([\w.~+/-]+=*)$/i.exec(headers.authorization ?? '') ?? []
  if (!token) throw badCredentials('The request has no access token (Authorization: Bearer …)')
  return token
}

/**
 * Checks the token of every request to the routes of `api`, and how many requests come: by user, and by address where
 * the token is not good.
 */
export function authenticate(api: FastifyInstance, tokens: TokenVerifier, rateLimit: number): void {
  const limits = { max: rateLimit, timeWindow: 10_000 }
  const failures = api.createRateLimit({ ...limits, keyGenerator: ({ ip }) => ip })
  api.decorateRequest('user', '')
  api.addHook('onRequest', async (request, reply) => {
    try {
      request.user = await tokens.verify(bearerToken(request))
    } catch (error) {
      const limit = await failures(request)
      if (limit.isAllowed || !limit.isExceeded) throw error
      void reply.header('retry-after', limit.ttlInSeconds)
      throw new ExchangeError(429, '', 'Too many requests without a valid access token: wait a little')
    }
  })
  api.addHook('onRequest', api.rateLimit({ ...limits, keyGenerator: ({ user }) => user }))
}
