import type { FastifyInstance } from 'fastify'
import type { ExchangeCommand, PictureCommand } from '../../../src/exchange/protocol.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { invalidParameter } from '../request-error.ts'
import { assertSdp, withHeaders, type LegParams } from './leg-routes.ts'

type MediaBody = { readonly conferenceModifications: { readonly sdp: string } } | null

const mediaBody = {
  type: ['object', 'null'],
  required: ['conferenceModifications'],
  properties: {
    conferenceModifications: {
      type: 'object',
      required: ['sdp'],
      properties: { sdp: { type: 'string', maxLength: 60_000 }, type: { type: 'string', maxLength: 16 } },
    },
  },
} as const

/** The command that an `x-conference-action` stands for. */
function commandOf(
  name: string,
  { call, modId, sdp }: Readonly<Record<'call' | 'modId' | 'sdp', string>>,
): ExchangeCommand | PictureCommand {
  switch (name) {
    case 'ringing':
      return { op: 'ring', call }
    case 'call-answer':
      return { op: 'answer', call, sdp: assertSdp(sdp) }
    case 'initiate-hold':
      return { op: 'modify', kind: 'hold', call, sdp: assertSdp(sdp) }
    case 'initiate-resume':
      return { op: 'modify', kind: 'resume', call, sdp: assertSdp(sdp) }
    case 'initiate-media-mod':
      return { op: 'modify', kind: 'mod', call, sdp: assertSdp(sdp) }
    case 'accept-media-mod':
      return { op: 'accept-modification', call, modId, sdp: assertSdp(sdp) }
    case 'reject-media-mod':
      return { op: 'reject-modification', call, modId, sdp }
    case 'mute':
    case 'unmute':
    case 'accept-hand-over':
    case 'reject-hand-over':
      return { op: name, call }
    case 'rejoin':
      return { op: 'rejoin', call, sdp: assertSdp(sdp) }
    case 'send-picture':
    case 'receive-pictures':
      return { op: name, call, sdp: assertSdp(sdp) }
    default:
      throw invalidParameter('The action is none of the protocol', 'x-conference-action')
  }
}

/** Conferences as each who takes part sees them: join, hold, resume, change. Who mixes them does not matter. */
export function conferenceRoutes(api: FastifyInstance, sessions: GatewaySessions): void {
  api.put<{ Params: LegParams; Body: MediaBody; Headers: Readonly<Record<string, string | undefined>> }>(
    '/sessions/:session/conferences/:leg',
    { schema: { body: mediaBody } },
    async ({ params, user, body, headers }, reply) => {
      const session = sessions.get(params.session, user)
      const command = commandOf(headers['x-conference-action'] ?? '', {
        call: params.leg,
        // The protocol writes it with one more hyphen here than for calls.
        modId: headers['x-mod-id'] ?? headers['x-modid'] ?? '',
        sdp: body?.conferenceModifications.sdp ?? '',
      })
      return withHeaders(reply.status(204), sessions.exchange.request(session.id, command)).send()
    },
  )
}
