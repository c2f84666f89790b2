import type { FastifyInstance } from 'fastify'
import type { ExchangeCommand, FocusPurpose } from '../../../src/exchange/protocol.ts'
import { clientNetwork } from '../client-network.ts'
import { callPath } from '../event-body.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { invalidParameter, notAllowed } from '../request-error.ts'
import { assertSdp, withHeaders, type LegParams } from './leg-routes.ts'
import { reachableParty } from './reachable-party.ts'
import { requestLimit } from './request-limit.ts'

interface DialBody {
  readonly call: { readonly calledParty: string; readonly sdp: string; readonly focus?: true | FocusPurpose }
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
      properties: {
        calledParty: { type: 'string', minLength: 1, maxLength: 255 },
        sdp,
        // Beyond the protocol: the caller mixes a conference and invites to it, or hands it over.
        focus: { enum: [true, 'hand-over', 'hand-over-silenced'] },
      },
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
    case 'mute':
    case 'unmute':
    case 'accept-hand-over':
    case 'reject-hand-over':
      return { op: name, call }
    case 'rejoin':
    case 'renew':
      return { op: name, call, sdp: assertSdp(text) }
    default:
      throw invalidParameter('The action is none of the protocol', 'x-calls-action')
  }
}

/** Calls: dial, answer, modify. */
export function callRoutes(api: FastifyInstance, sessions: GatewaySessions, settings: GatewaySettings): void {
  const { exchange } = sessions
  const { domain, guestRate } = settings
  const limits = { max: guestRate, window: 60_000, what: 'calls of guests from this address' }
  const countGuestCall = requestLimit(api, { ...limits, key: ({ ip }) => clientNetwork(ip) })

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
      const { sdp, focus } = body.call
      const result = exchange.request(session.id, { op: 'dial', to, sdp, ...(focus && { focus }) })
      void reply.status(201).header('location', callPath(session.path, result.call ?? ''))
      return withHeaders(reply, result).send()
    },
  )

  api.put<{ Params: LegParams; Body: MediaBody; Headers: Readonly<Record<string, string | undefined>> }>(
    '/sessions/:session/calls/:leg',
    { schema: { body: mediaBody } },
    async ({ params, user, body, headers }, reply) => {
      const session = sessions.get(params.session, user)
      const command = commandOf({
        name: headers['x-calls-action'] ?? '',
        call: params.leg,
        modId: headers['x-modid'] ?? '',
        target: headers['x-transfertargetcallid'] ?? '',
        text: body?.callsMediaModifications.sdp ?? '',
      })
      return withHeaders(reply.status(204), exchange.request(session.id, command)).send()
    },
  )
}
