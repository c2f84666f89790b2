import type { FastifyInstance } from 'fastify'
import type { GatewaySessions } from '../gateway-sessions.ts'

/** Lets the reply to every request of `api` leave before the events that follow from it. */
export function replyBeforeEvents(api: FastifyInstance, sessions: GatewaySessions): void {
  api.addHook<{ Params: { readonly session?: string } }>('preHandler', async ({ params, user }, { raw }) => {
    const session = sessions.find(params.session ?? '')
    if (session?.user === user) raw.on('close', session.awaitReply())
  })
}
