import type { FastifyInstance } from 'fastify'
import { plainName } from '../../../src/base/plain-name.ts'
import type { Conferences } from '../conferences/conferences.ts'
import type { E911Desk } from '../e911-desk.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { EventChannelKind, GatewaySession } from '../gateway-session.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { badCredentials, foreignLogout, invalidUserId, userlessToken } from '../request-error.ts'
import { ownAddress, type TokenHolder } from '../token-holder.ts'
import type { TokenVerifier } from '../token-verifier.ts'

interface LoginBody {
  readonly session: {
    readonly userId?: string
    readonly displayName?: string
    readonly extensions?: boolean
    readonly resume?: string
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
        displayName: { type: 'string', maxLength: 255 },
        extensions: { type: 'boolean' },
        // Beyond the protocol: the session of a page that was loaded anew.
        resume: { type: 'string', maxLength: 64 },
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

/** A page that reloads may be back before the gateway knows that it left. */
const guestSessions = 2

/** A value that a browser is given as nothing leaves it as a word. */
const header = (value: string | string[] | undefined): string | undefined =>
  value && value !== 'null' && value !== 'undefined' ? String(value) : undefined

/** @throws ExchangeError POL0001 */
function assertSignInTime({ signInBefore = Infinity }: TokenHolder): void {
  if (Date.now() > signInBefore) throw badCredentials('The access token opens no more sessions: get another one')
}

/** What a client with extensions learns when it signs in. */
const sessionBody = (
  { user, eventChannel }: GatewaySession,
  { pingInterval, pollWait }: GatewaySettings,
  conferences: Conferences | undefined,
  lastEvent?: number,
): object => ({ session: { userId: user, eventChannel, pingInterval, pollWait, lastEvent, ...conferences?.offered } })

/** Log in, refresh, log out, and whose a token is. */
export function sessionRoutes(
  api: FastifyInstance,
  sessions: GatewaySessions,
  tokens: TokenVerifier,
  e911: E911Desk,
  settings: GatewaySettings,
  conferences: Conferences | undefined,
): void {
  const { domain } = settings
  api.post<{ Body: LoginBody }>('/sessions', { schema: { body: loginBody } }, async (request, reply) => {
    const { userId, displayName, extensions = false, eventChannel = 'long-poll', resume } = request.body.session
    const e911Id = header(request.headers['x-e911id'])
    const { holder } = request
    assertSignInTime(holder)
    await e911.assertSignIn(holder.kind, e911Id)
    const user = userId === undefined ? holder.user : tokens.associate(holder, ownAddress(holder, userId, domain))
    if (!user) throw userlessToken()
    const guest = holder.kind === 'GUEST'
    const limit = guest ? guestSessions : undefined
    // findings/firefox-new-far-side.sh: there another far side leaves the call silent.
    const fixedFarSide = /\bFirefox\//.test(request.headers['user-agent'] ?? '')
    const name = plainName(holder.name ?? displayName)
    const former = resume !== undefined && extensions ? sessions.resumable(resume, user) : undefined
    const init = { user, displayName: name, extensions, eventChannel, fixedFarSide, guest, e911Id }
    const session = former ?? sessions.open(init, limit)
    void reply.status(201).header('location', session.path).header('x-expires', session.refresh())
    if (extensions) void reply.header('x-userId', session.user)
    return extensions ? sessionBody(session, settings, conferences, former?.lastEvent) : undefined
  })

  api.put<{ Params: { session: string }; Body: RefreshBody | null }>(
    '/sessions/:session',
    { schema: { body: refreshBody } },
    async ({ params, user, holder, body }, reply) => {
      const session = sessions.get(params.session, user)
      const e911Id = body?.e911Association?.e911Id
      if (e911Id !== undefined) {
        await e911.assertId(holder.kind, e911Id)
        session.e911Id = e911Id
      }
      return reply.status(204).header('x-expires', session.refresh()).send()
    },
  )

  const logout = { config: { takesExpiredTokens: true } }
  api.delete<{ Params: { session: string } }>('/sessions/:session', logout, async ({ params, user }, reply) => {
    sessions.end(sessions.get(params.session, user, foreignLogout))
    return reply.status(204).send()
  })

  api.put<{ Params: { userId: string } }>('/userIds/:userId', async ({ params, holder }, reply) => {
    tokens.associate(holder, addressOrRefusal(holder, params.userId, domain))
    return reply.status(204).send()
  })
}

/**
 * Pages of the original name a virtual number by `vtn:` before it.
 *
 * @throws ExchangeError SVC8514
 */
function addressOrRefusal(holder: TokenHolder, userId: string, domain: string): string {
  try {
    return ownAddress(holder, userId.replace(/^vtn:/i, 'tel:'), domain)
  } catch {
    throw invalidUserId(userId)
  }
}
