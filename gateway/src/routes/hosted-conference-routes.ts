import type { FastifyInstance } from 'fastify'
import type { Conferences } from '../conferences/conferences.ts'
import { conferencePath } from '../event-body.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { notAllowed, notImplemented, notProvisioned } from '../request-error.ts'
import { reachableParty } from './reachable-party.ts'
import { participantListRoutes, participantsPath, type ConferenceParams } from './participant-list-routes.ts'

interface StartBody {
  /** `video`: with pictures, which `sdp` does not speak of. */
  readonly conference: { readonly sdp: string; readonly video?: boolean }
}

interface ParticipantParams extends ConferenceParams {
  readonly participant: string
}

const startBody = {
  type: 'object',
  required: ['conference'],
  properties: {
    conference: {
      type: 'object',
      required: ['sdp'],
      properties: { sdp: { type: 'string', minLength: 1, maxLength: 60_000 }, video: { type: 'boolean' } },
    },
  },
} as const

const participantHeaders = {
  type: 'object',
  properties: { 'x-participant-action': { enum: ['silence', 'unsilence', 'hand-over'] } },
} as const

/** Conferences as their host sees them: begin one, invite, silence, remove. Without media servers there are none. */
export function hostedConferenceRoutes(
  api: FastifyInstance,
  sessions: GatewaySessions,
  conferences: Conferences | undefined,
  { domain }: GatewaySettings,
): void {
  const participant = `${participantsPath}/:participant`

  /** @throws ExchangeError 501 */
  const mixed = (): Conferences => {
    if (!conferences) throw notImplemented('conferences: it was given no media server that mixes them')
    return conferences
  }

  api.post<{ Params: { session: string }; Body: StartBody }>(
    '/sessions/:session/conferences',
    { schema: { body: startBody } },
    async ({ params, user, holder, body }, reply) => {
      const session = sessions.get(params.session, user)
      const all = mixed()
      if (holder.kind === 'GUEST') throw notProvisioned('host conferences')
      const { sdp: offer, video = false } = body.conference
      const id = all.start(session.id, session.user, { offer, pictures: video && session.extensions })
      void reply.status(201).header('location', conferencePath(session.path, id)).header('x-state', 'invitation-sent')
      return reply.send()
    },
  )

  participantListRoutes(api, sessions, mixed)

  api.put<{ Params: ParticipantParams; Headers: { 'x-participant-action'?: 'silence' | 'unsilence' | 'hand-over' } }>(
    participant,
    { schema: { headers: participantHeaders } },
    async ({ params, user, holder, headers }, reply) => {
      const session = sessions.get(params.session, user)
      const conference = mixed().hosted(session.id, params.conference)
      const uri = reachableParty(sessions.exchange, params.participant, domain)
      const action = headers['x-participant-action']
      void reply.status(204)
      if (action) {
        if (action === 'hand-over') {
          conference.handOver(uri)
          return reply.header('x-state', 'hand-over-pending').send()
        }
        conference.silence(uri, action === 'silence')
        return reply.send()
      }
      if (holder.allow?.has(uri) === false) throw notAllowed(uri)
      return reply.header('x-modId', conference.invite(uri)).header('x-state', 'add-pending').send()
    },
  )

  api.delete<{ Params: ParticipantParams }>(participant, async ({ params, user }, reply) => {
    const session = sessions.get(params.session, user)
    const uri = reachableParty(sessions.exchange, params.participant, domain)
    mixed().hosted(session.id, params.conference).remove(uri)
    return reply.status(204).header('x-state', 'remove-pending').send()
  })
}
