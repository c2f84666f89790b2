import type { FastifyInstance } from 'fastify'
import { canonicalAddress } from '../../../src/exchange/canonical-address.ts'
import { ExchangeError } from '../../../src/exchange/protocol.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { EventChannelKind, GatewaySession } from '../gateway-session.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { foreignLogout, foreignUser } from '../request-error.ts'

interface LoginBody {
  readonly session: {
    readonly userId?: string
    readonly extensions?: boolean
    readonly eventChannel?: EventChannelKind
  }
}

interface RefreshBody {
  readonly e911Association?: { readonly e911Id: string }
}

const loginBody = {
  type: 'object',
  required: ['session'],
  properties: {
    session: {
      type: 'object',
      properties: {
        mediaType: { type: 'string', maxLength: 64 },
        ice: { type: ['string', 'boolean'] },
        services: { type: 'array', maxItems: 16, items: { type: 'string', maxLength: 64 } },
        userId: { type: 'string', maxLength: 255 },
        extensions: { type: 'boolean' },
        eventChannel: { enum: ['long-poll', 'sse', 'websocket'] },
      },
    },
  },
} as const

const refreshBody = {
  type: ['object', 'null'],
  properties: {
    e911Association: { type: 'object', required: ['e911Id'], properties: { e911Id: { type: 'string' } } },
  },
} as const

/** @throws ExchangeError SVC0019 */
function assertE911Id(id: string | undefined): void {
  if (id === undefined || /^[\w.:-]{1,64}$/.test(id)) return
  throw new ExchangeError(400, 'SVC0019', 'The E911 id is not valid: up to 64 letters, digits and . : _ -', 'e911Id')
}

const header = (value: string | string[] | undefined): string | undefined => (value ? String(value) : undefined)

/** What a client with extensions learns when it signs in. */
const sessionBody = ({ user, eventChannel }: GatewaySession): object => ({ session: { userId: user, eventChannel } })

/** Log in, refresh, log out, and whose a token is. */
export function sessionRoutes(api: FastifyInstance, sessions: GatewaySessions, { domain }: GatewaySettings): void {
  api.post<{ Body: LoginBody }>('/sessions', { schema: { body: loginBody } }, async (request, reply) => {
    const { userId, extensions = false, eventChannel = 'long-poll' } = request.body.session
    const e911Id = header(request.headers['x-e911id'])
    assertE911Id(e911Id)
    if (userId !== undefined && canonicalAddress(userId, domain) !== request.user) throw foreignUser()
    const session = sessions.open({ user: request.user, extensions, eventChannel, e911Id })
    void reply.status(201).header('location', session.path).header('x-expires', session.refresh())
    if (extensions) void reply.header('x-userId', session.user)
    return extensions ? sessionBody(session) : undefined
  })

  api.put<{ Params: { session: string }; Body: RefreshBody | null }>(
    '/sessions/:session',
    { schema: { body: refreshBody } },
    async ({ params, user, body }, reply) => {
      const session = sessions.get(params.session, user)
      const e911Id = body?.e911Association?.e911Id
      assertE911Id(e911Id)
      if (e911Id !== undefined) session.e911Id = e911Id
      return reply.status(204).header('x-expires', session.refresh()).send()
    },
  )

  api.delete<{ Params: { session: string } }>('/sessions/:session', async ({ params, user }, reply) => {
    sessions.end(sessions.get(params.session, user, foreignLogout))
    return reply.status(204).send()
  })

  api.put<{ Params: { userId: string } }>('/userIds/:userId', async ({ params, user }, reply) => {
    if (addressOrRefusal(params.userId, domain) !== user) throw foreignUser()
    return reply.status(204).send()
  })
}

/** @throws ExchangeError SVC8514 */
function addressOrRefusal(userId: string, domain: string): string {
  try {
    return canonicalAddress(userId, domain)
  } catch {
    throw new ExchangeError(404, 'SVC8514', 'The user id is not valid', userId)
  }
}
