import type { FastifyInstance } from 'fastify'
import manifest from '../../package.json' with { type: 'json' }
import type { E911Desk } from '../e911-desk.ts'
import type { E911Address } from '../e911-provider.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import { publicOrigin } from '../public-origin.ts'
import { appScopes, type AppScope, type DevTokens } from './dev-tokens.ts'

/** Numbers that pages offer to users of a virtual one; any other will do too. */
const virtualNumbers = ['2005550100', '2005550101', '2005550102', '2005550103'] as const

const text = { type: 'string', maxLength: 255 } as const

const tokenBody = {
  type: 'object',
  properties: {
    userId: { ...text, minLength: 1 },
    app_scope: { enum: appScopes },
    auth_code: { ...text, type: ['string', 'null'] },
  },
  anyOf: [{ required: ['userId'] }, { required: ['app_scope'] }],
} as const

const isConfirmed = { type: ['boolean', 'string'], maxLength: 8 } as const

const e911Body = {
  type: 'object',
  required: ['token', 'address'],
  properties: {
    token: { type: 'string', maxLength: 8192 },
    address: {
      type: 'object',
      maxProperties: 16,
      properties: { street: text, city: text, state: text, zip: text, is_confirmed: isConfirmed },
    },
    is_confirmed: isConfirmed,
  },
} as const

type TokenBody = { readonly userId: string } | { readonly app_scope: AppScope; readonly auth_code?: string | null }

interface E911Body {
  readonly token: string
  readonly address: E911Address & { readonly is_confirmed?: boolean | string }
  readonly is_confirmed?: boolean | string
}

/**
 * What pages of the original SDK asked the sample server for that came with it: tokens, ids of emergency addresses, and
 * where to find everything. It gives them to anybody: for development.
 */
export function sampleServerRoutes(
  app: FastifyInstance,
  tokens: DevTokens,
  e911: E911Desk,
  { basePath, domain, publicUrl }: GatewaySettings,
): void {
  app.post<{ Body: TokenBody }>('/tokens', { schema: { body: tokenBody } }, async ({ body }, reply) => {
    const token =
      'userId' in body
        ? await tokens.issue(body.userId)
        : await tokens.issueByScope(body.app_scope, body.auth_code ?? undefined)
    return reply.header('cache-control', 'no-store').send(token)
  })

  app.post<{ Body: E911Body }>('/e911ids', { schema: { body: e911Body } }, async ({ body }, reply) => {
    await tokens.verify(body.token)
    // Pages of the first versions wrote it into the address.
    const confirmed = String(body.is_confirmed ?? body.address.is_confirmed) === 'true'
    const addressIdentifier = await e911.register(body.address, confirmed)
    return reply.send({ e911Locations: { addressIdentifier, status: 'Validated' } })
  })

  for (const path of ['/config', '/config/']) {
    app.get(path, (request) => {
      const origin = publicOrigin(request, publicUrl)
      return {
        info: { dhs_name: 'att-phone-gateway', dhs_platform: 'Nodejs', dhs_version: manifest.version },
        api_endpoint: origin,
        ewebrtc_uri: basePath,
        ewebrtc_domain: domain,
        virtual_numbers_pool: virtualNumbers,
        app_token_url: `${origin}/tokens`,
        app_e911id_url: `${origin}/e911ids`,
        // Nobody has to consent to a development token: who is sent there comes to the first page.
        app_key: 'development',
        oauth_callback: `${origin}/`,
      }
    })
  }
}
