import type { FastifyInstance, FastifyReply } from 'fastify'
import { details, type EndKind, type ExchangeReply } from '../../../src/exchange/protocol.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { invalidParameter } from '../request-error.ts'

/** Longest fragment of candidates, in characters: more than twenty of the longest. */
const fragmentLimit = 4096

export interface LegParams {
  readonly session: string
  /** Id of a call, or of a conference as this session knows it. */
  readonly leg: string
}

const endHeaders = {
  type: 'object',
  required: ['x-delete-reason'],
  properties: {
    'x-delete-reason': { enum: ['cancel', 'reject', 'terminate'] },
    'x-delete-detail': { enum: Object.values(details) },
  },
} as const

/** @throws ExchangeError SVC0002 */
export function assertSdp(text: string): string {
  if (text === '') throw invalidParameter('The action needs a session description', 'sdp')
  return text
}

export function withHeaders(reply: FastifyReply, { state, modId }: ExchangeReply): FastifyReply {
  if (state) void reply.header('x-state', state)
  if (modId) void reply.header('x-modId', modId)
  return reply
}

/** What calls and conferences have in common: their end, and the candidates of their media paths. */
export function legRoutes(api: FastifyInstance, sessions: GatewaySessions): void {
  const { exchange } = sessions
  for (const url of ['/sessions/:session/calls/:leg', '/sessions/:session/conferences/:leg']) {
    api.patch<{ Params: LegParams; Body: string }>(url, async ({ params, user, body }, reply) => {
      if (typeof body !== 'string') throw invalidParameter('Candidates come as application/trickle-ice-sdpfrag', 'body')
      if (body.length > fragmentLimit)
        throw invalidParameter('Candidates come in fragments of 4 kB at the most', 'body')
      const session = sessions.get(params.session, user)
      exchange.request(session.id, { op: 'candidates', call: params.leg, sdpfrag: body })
      return reply.status(204).send()
    })

    api.delete<{ Params: LegParams; Headers: { 'x-delete-reason': EndKind; 'x-delete-detail'?: string } }>(
      url,
      { schema: { headers: endHeaders }, config: { takesExpiredTokens: true } },
      async ({ params, user, headers }, reply) => {
        const session = sessions.get(params.session, user)
        const detail = headers['x-delete-detail']
        const how = headers['x-delete-reason']
        const command = { op: 'end', call: params.leg, how, ...(detail && { detail }) } as const
        return withHeaders(reply.status(204), exchange.request(session.id, command)).send()
      },
    )
  }
}
