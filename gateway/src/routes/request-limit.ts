import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { tooManyRequests } from '../request-error.ts'

export interface RequestLimit {
  /** Requests in `window` ms. */
  readonly max: number
  readonly window: number
  /** Requests with the same key are counted together. */
  readonly key: (request: FastifyRequest) => string
  /** Of what there were too many: `requests without a valid access token`. */
  readonly what: string
}

/**
 * Counts requests; what it gives counts one.
 *
 * @throws ExchangeError 429 when there were too many.
 */
export function requestLimit(
  api: FastifyInstance,
  { max, window, key, what }: RequestLimit,
): (request: FastifyRequest, reply: FastifyReply) => Promise<void> {
  // All limits of a server count in one store.
  const count = api.createRateLimit({
    max,
    timeWindow: window,
    keyGenerator: (request) => `${what} ${key(request)}`,
  })
  return async (request, reply) => {
    const limit = await count(request)
    if (limit.isAllowed || !limit.isExceeded) return
    void reply.header('retry-after', limit.ttlInSeconds)
    throw tooManyRequests(what)
  }
}
