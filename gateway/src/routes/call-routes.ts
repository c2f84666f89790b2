import type { FastifyInstance, FastifyReply } from 'fastify'
import { canonicalAddress } from '../../../src/exchange/canonical-address.ts'
import type { Exchange } from '../../../src/exchange/exchange.ts'
import { details, type EndKind, type ExchangeCommand, type ExchangeReply } from '../../../src/exchange/protocol.ts'
import { callPath } from '../event-body.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { invalidParameter, notAllowed, notImplemented } from '../request-error.ts'
import { requestLimit } from './request-limit.ts'

interface CallParams {
  readonly session: string
  readonly call: string
}

interface DialBody {
  readonly call: { readonly calledParty: string; readonly sdp: string }
}

type MediaBody = { readonly callsMediaModifications: { readonly sdp: string } } | null

const sdp = { type: 'string', minLength: 1, maxLength: 60_000 } as const

const dialBody = {
  type: 'object',
  required: ['call'],
  properties: {
    call: {
      type: 'object',
      required: ['calledParty', 'sdp'],
      properties: { calledParty: { type: 'string', minLength: 1, maxLength: 255 }, sdp },
    },
  },
} as const

const mediaBody = {
  type: ['object', 'null'],
  required: ['callsMediaModifications'],
  properties: {
    callsMediaModifications: {
      type: 'object',
      required: ['sdp'],
      properties: { sdp: { type: 'string', maxLength: 60_000 }, type: { type: 'string', maxLength: 16 } },
    },
  },
} as const

const endHeaders = {
  type: 'object',
  required: ['x-delete-reason'],
  properties: {
    'x-delete-reason': { enum: ['cancel', 'reject', 'terminate'] },
    'x-delete-detail': { enum: Object.values(details) },
  },
} as const

function assertSdp(text: string): string {
  if (text === '') throw invalidParameter('The action needs a session description', 'callsMediaModifications.sdp')
  return text
}

interface Action {
  readonly name: string
  readonly call: string
  readonly modId: string
  /** Id of the other call of a transfer. */
  readonly target: string
  readonly text: string
}

/** The original client names the other call by its id or its path. */
function targetCall(header: string): string {
  const id = header.split('/').at(-1)
  if (!id) throw invalidParameter('A transfer needs the other call', 'x-transferTargetCallId')
  return id
}

/** The command that an `x-calls-action` stands for. */
function commandOf({ name, call, modId, target, text }: Action): ExchangeCommand {
  switch (name) {
    case 'ringing':
      return { op: 'ring', call }
    case 'call-answer':
      return { op: 'answer', call, sdp: assertSdp(text) }
    case 'initiate-call-hold':
      return { op: 'modify', kind: 'hold', call, sdp: assertSdp(text) }
    case 'initiate-call-resume':
      return { op: 'modify', kind: 'resume', call, sdp: assertSdp(text) }
    case 'initiate-call-mod':
      return { op: 'modify', kind: 'mod', call, sdp: assertSdp(text) }
    case 'accept-call-mod':
      return { op: 'accept-modification', call, modId, sdp: assertSdp(text) }
    case 'rejectCancel-call-mod':
      return { op: 'reject-modification', call, modId, sdp: text }
    case 'initiate-call-move':
      return { op: 'move', call }
    case 'initiate-call-transfer':
      return { op: 'transfer', call, target: targetCall(target) }
    case 'rejoin':
      return { op: 'rejoin', call, sdp: assertSdp(text) }
    default:
      throw invalidParameter('The action is none of the protocol', 'x-calls-action')
  }
}

function withHeaders(reply: FastifyReply, { state, modId }: ExchangeReply): FastifyReply {
  if (state) void reply.header('x-state', state)
  if (modId) void reply.header('x-modId', modId)
  return reply
}

/** A client of the original protocol sends a North American number with a plus but without its country code. */
function reachableParty(exchange: Exchange, calledParty: string, domain: string): string {
  const uri = canonicalAddress(calledParty, domain)
  const national = /^tel:\+(\d{10})$/.exec(uri)?.[1]
  return national && !exchange.isRegistered(uri) ? `tel:+1${national}` : uri
}

/** Calls: dial, answer, modify, end, and the candidates of their media paths. */
export function callRoutes(api: FastifyInstance, sessions: GatewaySessions, settings: GatewaySettings): void {
  const { exchange } = sessions
  const { domain, guestRate } = settings
  const limits = { max: guestRate, window: 60_000, what: 'calls of guests from this address' }
  const countGuestCall = requestLimit(api, { ...limits, key: ({ ip }) => ip })

  api.post<{ Params: { session: string }; Body: DialBody }>(
    '/sessions/:session/calls',
    {
      schema: { body: dialBody },
      preHandler: async (request, reply) => {
        if (request.holder.kind === 'GUEST') await countGuestCall(request, reply)
      },
    },
    async ({ params, user, holder, body }, reply) => {
      const session = sessions.get(params.session, user)
      const to = reachableParty(exchange, body.call.calledParty, domain)
      if (holder.allow?.has(to) === false) throw notAllowed(to)
      const result = exchange.request(session.id, { op: 'dial', to, sdp: body.call.sdp })
      void reply.status(201).header('location', callPath(session.path, result.call ?? ''))
      return withHeaders(reply, result).send()
    },
  )

  api.put<{ Params: CallParams; Body: MediaBody; Headers: Readonly<Record<string, string | undefined>> }>(
    '/sessions/:session/calls/:call',
    { schema: { body: mediaBody } },
    async ({ params, user, body, headers }, reply) => {
      const session = sessions.get(params.session, user)
      const command = commandOf({
        name: headers['x-calls-action'] ?? '',
        call: params.call,
        modId: headers['x-modid'] ?? '',
        target: headers['x-transfertargetcallid'] ?? '',
        text: body?.callsMediaModifications.sdp ?? '',
      })
      return withHeaders(reply.status(204), exchange.request(session.id, command)).send()
    },
  )

  api.patch<{ Params: CallParams; Body: string }>('/sessions/:session/calls/:call', async (request, reply) => {
    const { params, user, body } = request
    if (typeof body !== 'string') throw invalidParameter('Candidates come as application/trickle-ice-sdpfrag', 'body')
    const session = sessions.get(params.session, user)
    exchange.request(session.id, { op: 'candidates', call: params.call, sdpfrag: body })
    return reply.status(204).send()
  })

  api.delete<{ Params: CallParams; Headers: { 'x-delete-reason': EndKind; 'x-delete-detail'?: string } }>(
    '/sessions/:session/calls/:call',
    { schema: { headers: endHeaders } },
    async ({ params, user, headers }, reply) => {
      const session = sessions.get(params.session, user)
      const detail = headers['x-delete-detail']
      const how = headers['x-delete-reason']
      const command = { op: 'end', call: params.call, how, ...(detail && { detail }) } as const
      return withHeaders(reply.status(204), exchange.request(session.id, command)).send()
    },
  )
}

/** Conferences are resources of the protocol that this gateway does not have yet. */
export function conferenceRoutes(api: FastifyInstance, sessions: GatewaySessions): void {
  for (const url of ['/sessions/:session/conferences', '/sessions/:session/conferences/*']) {
    api.route<{ Params: { session: string } }>({
      method: ['GET', 'POST', 'PUT', 'DELETE'],
      url,
      handler: async ({ params, user }) => {
        sessions.get(params.session, user)
        throw notImplemented('conferences')
      },
    })
  }
}
