import type { FastifyInstance } from 'fastify'
import type { Conferences } from '../conferences/conferences.ts'
import { conferencePath } from '../event-body.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'

export interface ConferenceParams {
  readonly session: string
  readonly conference: string
}

export const participantsPath = '/sessions/:session/conferences/:conference/participants'

const adoptBody = {
  type: 'object',
  required: ['participant'],
  properties: {
    participant: {
      type: 'object',
      required: ['call'],
      properties: { call: { type: 'string', minLength: 1, maxLength: 255 } },
    },
  },
} as const

/** Those in a conference, all together, for its host: who they are, and calls of the host that become a part of it. */
export function participantListRoutes(api: FastifyInstance, sessions: GatewaySessions, mixed: () => Conferences): void {
  // Beyond the protocol: for whom a conference was handed over to.
  api.get<{ Params: ConferenceParams }>(participantsPath, async ({ params, user }) => {
    const session = sessions.get(params.session, user)
    const all = mixed().hosted(session.id, params.conference).participants
    return { participants: all.map(({ uri: from, modId, report: participant }) => ({ from, modId, participant })) }
  })

  // Beyond the protocol: the far side of a call of this session takes part from now on.
  api.post<{
    Params: ConferenceParams
    Body: { readonly participant: { readonly call: string } }
  }>(participantsPath, { schema: { body: adoptBody } }, async ({ params, user, body }, reply) => {
    const session = sessions.get(params.session, user)
    const { uri, modId } = mixed().hosted(session.id, params.conference).adopt(body.participant.call)
    const path = `${conferencePath(session.path, params.conference)}/participants/${encodeURIComponent(uri)}`
    void reply.status(201).header('location', path).header('x-modId', modId).header('x-state', 'add-pending')
    return reply.send()
  })
}
