import type { FastifyInstance } from 'fastify'
import type { DevTokens } from '../token-verifier.ts'

const tokenBody = {
  type: 'object',
  required: ['userId'],
  properties: { userId: { type: 'string', minLength: 1, maxLength: 255 } },
} as const

/** A token for whoever asks, by the name they give: for development. */
export function tokenRoute(app: FastifyInstance, tokens: DevTokens): void {
  app.post<{ Body: { readonly userId: string } }>('/tokens', { schema: { body: tokenBody } }, async ({ body }, reply) =>
    reply.header('cache-control', 'no-store').send(await tokens.issue(body.userId)),
  )
}
