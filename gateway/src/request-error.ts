import { finished } from 'node:stream/promises'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ExchangeError } from '../../src/exchange/protocol.ts'

/** The error body of the protocol. */
export interface RequestErrorBody {
  readonly RequestError: Readonly<
    Partial<
      Record<
        'ServiceException' | 'PolicyException' | 'Exception',
        { readonly MessageId: string; readonly Text: string; readonly Variables: string }
      >
    >
  >
}

function exceptionOf(messageId: string): 'ServiceException' | 'PolicyException' | 'Exception' {
  if (messageId.startsWith('SVC')) return 'ServiceException'
  return messageId.startsWith('POL') ? 'PolicyException' : 'Exception'
}

export function requestErrorBody({ messageId, message, variables }: ExchangeError): RequestErrorBody {
  return {
    RequestError: { [exceptionOf(messageId)]: { MessageId: messageId, Text: message, Variables: variables } },
  }
}

/** What the server framework refused by itself, in the protocol's words. */
function refusalOf(error: FastifyError): ExchangeError {
  const { statusCode: status = 500, validation = [] } = error
  const [first] = validation
  if (first) {
    const place = `${error.validationContext ?? 'request'}${first.instancePath}`
    return new ExchangeError(400, 'SVC0002', `The request is not as it has to be: ${error.message}`, place)
  }
  if (status === 413) return new ExchangeError(413, 'SVC0002', 'The request is too large: at most 64 kB')
  if (status === 415)
    return new ExchangeError(415, 'SVC0002', 'The request has a content type this resource does not take')
  if (status >= 400 && status < 500) return new ExchangeError(status, 'SVC0001', error.message)
  return new ExchangeError(500, '', 'The server failed; its log says why')
}

/** When to come again where something the gateway needs is away, in seconds. */
const retryAfter = 5

/**
 * Reads what is left of a body that nobody wants. A server that closes on an unread body resets the connection: a proxy
 * that still writes it answers 502 in the gateway's place (RFC 9112, 9.6).
 */
async function discardBody(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  // Fastify closes on a body that it has not read. Node reads the rest after the answer, as long as a request may take.
  void reply.removeHeader('connection')
  request.raw.resume()
  // A client that takes one answer by a connection gets it last.
  if (!reply.raw.shouldKeepAlive) await finished(request.raw)
}

/** Answers an error with the body of the protocol. Nothing of an unexpected one leaves the server. */
export async function sendError(
  error: FastifyError | ExchangeError,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> {
  const refusal = error instanceof ExchangeError ? error : refusalOf(error)
  if (refusal.status >= 500) request.log.error(error)
  if (refusal.status === 503) void reply.header('retry-after', retryAfter)
  if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer')
  try {
    await discardBody(request, reply)
  } catch (cause) {
    request.log.debug(cause, 'The client left before it was answered')
  }
  await reply.status(refusal.status).send(requestErrorBody(refusal))
}

export const noSuchResource = (): ExchangeError => new ExchangeError(404, '', 'There is no such resource')

export const notImplemented = (what: string): ExchangeError =>
  new ExchangeError(501, '', `This gateway does not know ${what}`)

export const invalidParameter = (text: string, variables: string): ExchangeError =>
  new ExchangeError(400, 'SVC0002', text, variables)

export const badCredentials = (text: string): ExchangeError => new ExchangeError(401, 'POL0001', text)

export const foreignSession = (): ExchangeError =>
  new ExchangeError(403, 'POL0001', 'The session belongs to another user than the access token')

export const foreignLogout = (): ExchangeError =>
  new ExchangeError(403, 'POL1102', 'The access token does not match the session: sign out with the token of its user')

export const foreignOrigin = (origin: string): ExchangeError =>
  new ExchangeError(403, 'POL0001', 'Pages of this origin may not use this gateway', origin)

export const foreignUser = (): ExchangeError =>
  new ExchangeError(400, 'SVC8512', 'The access token does not belong to this user')

export const invalidUserId = (userId: string): ExchangeError =>
  new ExchangeError(404, 'SVC8514', 'The user id is not valid for this kind of user', userId)

export const userlessToken = (): ExchangeError =>
  new ExchangeError(403, 'POL1009', 'The access token has no user yet: associate it with one by PUT /userIds/{userId}')

export const notProvisioned = (what: string): ExchangeError =>
  new ExchangeError(403, 'POL1009', `The access token does not allow its user to ${what}`)

export const notAllowed = (address: string): ExchangeError =>
  new ExchangeError(403, 'POL0002', 'The access token does not allow calls to this address', address)

export const tooManyRequests = (what: string): ExchangeError =>
  new ExchangeError(429, '', `Too many ${what}: wait as long as the Retry-After header says`)

export const tooManySessions = (): ExchangeError =>
  new ExchangeError(403, 'POL1100', 'The user is signed in too many times: sign out elsewhere first')

export const stopping = (): ExchangeError =>
  new ExchangeError(503, '', 'This gateway is about to stop: sign in again in a moment')
