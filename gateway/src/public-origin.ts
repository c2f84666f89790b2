import type { FastifyRequest } from 'fastify'

/** Where browsers reach the gateway, without a slash at the end: `https://phone.example.com`. */
export function publicOrigin(request: FastifyRequest, publicUrl: string | undefined): string {
  return (publicUrl ?? `${request.protocol}://${request.host}`).replace(/\/$/, '')
}
