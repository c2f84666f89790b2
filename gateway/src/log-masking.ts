import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import type { GatewaySettings } from './gateway-options.ts'

/**
 * A text without what tells who called whom: addresses, numbers of four digits or more, tokens, ids and tickets.
 */
export function masked(text: string): string {
  return text
    .replace(/[\w-]+\.[\w-]{8,}\.[\w-]{8,}/g, '<token>')
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '<id>')
    .replace(/[^\s:/<>"']+(?:@|%40)[^\s/;<>"']+/gi, '<address>')
    .replace(/\+?\(?\d(?:[\s().-]{0,2}\d){3,}/g, '<number>')
}

/** The logger of a server: silent unless told otherwise, and discreet. */
export function loggerOptions({ logLevel }: GatewaySettings): NonNullable<FastifyServerOptions['logger']> {
  if (logLevel === 'silent') return false
  return {
    level: logLevel,
    serializers: {
      req: ({ method, url }: FastifyRequest) => ({ method, url: masked(url.replace(/\?.*/, '')) }),
      res: ({ statusCode }) => ({ statusCode }),
      err: ({ name, message, stack = '' }: Error) => ({ type: name, message: masked(message), stack: masked(stack) }),
    },
  }
}
