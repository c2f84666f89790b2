import type { FastifyInstance, FastifyReply } from 'fastify'
import { EventSourceChannel } from '../channels/event-source-channel.ts'
import { PollChannel } from '../channels/poll-channel.ts'
import { WebSocketChannel, goingAway, type ServerSocket } from '../channels/web-socket-channel.ts'
import { pageLeft, pageMayReturn } from '../../../src/exchange/protocol.ts'
import { eventBody } from '../event-body.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { GatewaySession } from '../gateway-session.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { publicOrigin } from '../public-origin.ts'
import { badCredentials } from '../request-error.ts'
import type { TicketOffice } from '../ticket-office.ts'

interface SessionParams {
  readonly session: string
}

interface ResumeQuery {
  readonly after?: string
}

const eventId = { type: 'string', pattern: '^\\d{1,15}$' } as const
const resumeQuery = { type: 'object', properties: { after: eventId } } as const
const resumeHeaders = { type: 'object', properties: { 'last-event-id': eventId } } as const

/** Why a WebSocket is closed whose session is over (RFC 6455, 7.4.1). */
const policyViolation = 1008

const numberOf = (id: string | string[] | undefined): number | undefined => (id === undefined ? undefined : Number(id))

async function poll(session: GatewaySession, reply: FastifyReply, wait: number): Promise<void> {
  const channel = new PollChannel(wait)
  // A client that left takes no events with it.
  reply.raw.on('close', () => channel.close())
  session.attach(channel)
  const batch = await channel.result
  session.detach(channel)
  if (batch) await reply.type('application/json').send(eventBody(batch, session.path))
  else await reply.status(204).send()
}

function stream(session: GatewaySession, reply: FastifyReply): void {
  reply.hijack()
  const { raw } = reply
  const channel = new EventSourceChannel(raw, reply.getHeaders(), session.path, () => session.pump())
  raw.on('close', () => session.detach(channel))
  session.attach(channel)
}

/** Events by long poll or as a stream, and tickets for WebSockets. */
export function eventRoutes(
  api: FastifyInstance,
  sessions: GatewaySessions,
  tickets: TicketOffice,
  { pollWait, publicUrl }: GatewaySettings,
): void {
  api.get<{ Params: SessionParams; Querystring: ResumeQuery }>(
    '/sessions/:session/events',
    { schema: { querystring: resumeQuery, headers: resumeHeaders } },
    async (request, reply) => {
      const session = sessions.get(request.params.session, request.user)
      session.resume(numberOf(request.query.after ?? request.headers['last-event-id']))
      if (session.eventChannel === 'sse') stream(session, reply)
      else await poll(session, reply, pollWait * 1000)
      return reply
    },
  )

  api.post<{ Params: SessionParams }>('/sessions/:session/websockets', async (request, reply) => {
    const session = sessions.get(request.params.session, request.user)
    const path = `${session.path}/websocket?ticket=${tickets.issue(session.id)}`
    // A proxy may say of neither host nor protocol how the page reached it. A client of the original protocol takes the
    // address as it is.
    const origin = session.extensions ? '' : publicOrigin(request, publicUrl).replace(/^http/, 'ws')
    return reply
      .status(201)
      .header('location', origin + path)
      .send()
  })
}

/** What the end of a WebSocket says of its session. */
export function channelClosed(
  sessions: GatewaySessions,
  session: GatewaySession,
  channel: WebSocketChannel,
  code: number,
): void {
  if (code === pageLeft) sessions.end(session)
  else session.detach(channel, { left: code === goingAway, returns: code === pageMayReturn })
}

/** The WebSockets themselves. A browser sends no token with one; the ticket in its URL stands for it. */
export function webSocketRoute(app: FastifyInstance, sessions: GatewaySessions, tickets: TicketOffice): void {
  app.get<{ Params: SessionParams; Querystring: ResumeQuery & { readonly ticket?: string } }>(
    '/sessions/:session/websocket',
    {
      websocket: true,
      schema: { querystring: resumeQuery },
      preValidation: async ({ params, query }) => {
        if (!tickets.redeem(query.ticket ?? '', params.session)) {
          throw badCredentials('The WebSocket ticket is used up or too old: ask for another')
        }
      },
    },
    (socket: ServerSocket, { params, query }) => {
      const session = sessions.find(params.session)
      if (!session) return socket.close(policyViolation)
      try {
        session.resume(numberOf(query.after))
      } catch {
        return socket.close(policyViolation)
      }
      const channel = new WebSocketChannel(socket, session.path, session.extensions, () => session.pump())
      socket.on('close', (code) => channelClosed(sessions, session, channel, code))
      // A `close` follows an error.
      socket.on('error', () => {})
      session.attach(channel)
    },
  )
}
