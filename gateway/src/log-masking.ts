import type { FastifyRequest, FastifyServerOptions } from 'fastify'
import type { GatewaySettings } from './gateway-options.ts'

/** Longest text that is logged, in characters: what comes from the network may be of any length. */
const longest = 2000

const word = /[^\s/<>"';]+/g

/** Without what would be left of a word that the limit cuts: half an address is no longer known as one. */
function cut(text: string): string {
  if (text.length <= longest) return text
  const end = Math.max(...[...text.slice(0, longest).matchAll(/[\s/<>"';]/g)].map(({ index }) => index), -1) + 1
  return `${text.slice(0, end)}…`
}

/** Without needless escapes, no matter how often: they would hide an address. Those of blanks and slashes hold one together. */
const unescaped = (text: string): string =>
  text.replace(/%(?:25)*(2[89BDE]|3\d|4[\dA-F]|5[\dAF]|6[\dA-F]|7[\dAE])/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )

/** What stands in the place of a token: three parts or more with dots between, all but the first of eight characters. */
function withoutToken(text: string): string {
  const parts = text.split('.')
  const isToken = parts.some((part, at) => part && [1, 2].every((next) => (parts[at + next]?.length ?? 0) >= 8))
  return isToken ? '<token>' : text
}

function maskedWord(text: string): string {
  const at = text.search(/@|%40/)
  // The local part has no colon: `sip:` stays.
  if (at >= 0) return `${text.slice(0, text.lastIndexOf(':', at) + 1)}<address>`
  return text.replace(/[\w.-]+/g, withoutToken)
}

/**
 * A text without what tells who called whom: addresses, numbers of four digits or more, tokens, ids and tickets. It is
 * cut first. `count` hears of the characters that each step looks at; there is no step whose work grows faster than them.
 */
export function masked(text: string, count: (characters: number) => void = () => {}): string {
  const short = unescaped(cut(text))
  count(short.length)
  return short
    .replace(word, (each) => {
      count(each.length)
      return maskedWord(each)
    })
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '<id>')
    .replace(/\+?\(?\d(?:[\s().-]{0,2}\d){3,}/g, '<number>')
}

/** The message of an error that comes without one of its own. */
const messageOf = (thing: unknown): string | undefined =>
  thing instanceof Error ? thing.message : (thing as { readonly err?: Error } | null)?.err?.message

/** The arguments of a log line, discreet: an object, and texts. */
function discreet([first, ...rest]: readonly unknown[]): readonly unknown[] {
  const mask = (each: unknown): unknown => (typeof each === 'string' ? masked(each) : each)
  const message = rest.length === 0 ? messageOf(first) : undefined
  return message === undefined ? [first, ...rest].map(mask) : [first, masked(message)]
}

/** The resource that a request asks for, and not whose it is; the masked path where it is none of ours, or a file. */
function resourceOf({ url, routeOptions }: FastifyRequest): string {
  const { url: route } = routeOptions
  return route === undefined || route.endsWith('*') ? masked(url.split('?', 1)[0] ?? '') : route
}

/** The logger of a server: silent unless told otherwise, and discreet. */
export function loggerOptions({ logLevel }: GatewaySettings): NonNullable<FastifyServerOptions['logger']> {
  if (logLevel === 'silent') return false
  return {
    level: logLevel,
    hooks: {
      logMethod(inputs, method) {
        method.apply(this, discreet(inputs) as Parameters<typeof method>)
      },
    },
    serializers: {
      req: (request: FastifyRequest) => ({ method: request.method, url: resourceOf(request) }),
      res: ({ statusCode }) => ({ statusCode }),
      err: ({ name, message, stack = '' }: Error) => ({ type: name, message: masked(message), stack: masked(stack) }),
    },
  }
}
