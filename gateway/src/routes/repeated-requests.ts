import type { FastifyInstance } from 'fastify'
import type { SentReply } from '../recent-replies.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Keeps the reply to this request, where its client may ask for it again. */
    keepReply: ((reply: SentReply) => void) | null
  }
}

/** What a client calls a request by: random, and its own. */
const keyPattern = /^[\w-]{8,64}$/

const namesOfKeptHeaders = ['location', 'x-state', 'x-modid', 'x-expires', 'content-type'] as const

/**
 * Has a request that comes again with the same `x-request-key` answered as it was, and not done again. A client whose
 * connection was cut does not know whether its request was heard.
 */
export function answerOnce(api: FastifyInstance, sessions: GatewaySessions): void {
  api.decorateRequest('keepReply', null)

  api.addHook<{ Params: { readonly session?: string } }>('preHandler', async (request, reply) => {
    const key = request.headers['x-request-key']
    const session = sessions.find(request.params.session ?? '')
    if (typeof key !== 'string' || !keyPattern.test(key) || session?.user !== request.user) return
    const former = session.replies.find(key)
    if (!former) {
      request.keepReply = session.replies.begin(key)
      return
    }
    const { status, headers, body } = await former
    return reply.status(status).headers(headers).send(body)
  })

  api.addHook('onSend', async ({ keepReply }, reply, payload) => {
    const headers = Object.fromEntries(namesOfKeptHeaders.map((name) => [name, reply.getHeader(name)]))
    keepReply?.({ status: reply.statusCode, headers, body: typeof payload === 'string' ? payload : null })
    return payload
  })
}
