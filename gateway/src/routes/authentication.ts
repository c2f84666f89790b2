import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ExchangeError } from '../../../src/exchange/protocol.ts'
import { clientNetwork } from '../client-network.ts'
import { badCredentials } from '../request-error.ts'
import type { TokenHolder } from '../token-holder.ts'
import { UncheckedToken, type TokenVerifier } from '../token-verifier.ts'
import { requestLimit } from './request-limit.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a token that has expired will do, because the route only ends what its holder has. */
    takesExpiredTokens?: boolean
  }
  interface FastifyRequest {
    /** What the request's token says of who sent it. */
    holder: TokenHolder
    /** Canonical URI of the token's user; empty where it has none yet. */
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
  const limits = { max: rateLimit, window: 10_000 }
  const countFailure = requestLimit(api, {
    ...limits,
    key: ({ ip }) => clientNetwork(ip),
    what: 'requests without a valid access token',
  })
  api.decorateRequest('holder')
  api.decorateRequest('user', '')
  api.addHook('onRequest', async (request, reply) => {
    try {
      const { takesExpiredTokens = false } = request.routeOptions.config
      request.holder = await tokens.verify(bearerToken(request), takesExpiredTokens ? 'taken' : 'refused')
      request.user = request.holder.user ?? ''
    } catch (error) {
      // Where the keys of the issuer are away nobody did anything wrong.
      const counts = error instanceof UncheckedToken || (error instanceof ExchangeError && error.status === 401)
      if (counts) await countFailure(request, reply)
      throw error
    }
  })
  const key = ({ user, holder }: FastifyRequest): string => user || holder.tokenId
  api.addHook('onRequest', requestLimit(api, { ...limits, key, what: 'requests' }))
}
