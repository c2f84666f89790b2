import { abortable } from '../../base/abortable.ts'
import { timeLimit } from '../../base/time-limit.ts'
import { answerLimit } from '../../place/answer-limit.ts'
import { SignalingError, type SignalingErrorKind } from '../signaling.ts'
import type { AccessToken } from './access-token.ts'

/** The error body of the protocol: one of three kinds, with the same fields. */
interface ErrorBody {
  readonly RequestError?: Readonly<
    Record<string, { readonly MessageId?: string; readonly Text?: string; readonly Variables?: string }>
  >
}

export interface RestRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path below the base address, or a path the gateway gave (`Location`). */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Content type of a body that is text; JSON otherwise. */
  readonly type?: string
  readonly signal?: AbortSignal | undefined
  /** The request MAY outlive the page: for the last words of a session. */
  readonly keepalive?: boolean
}

/** How long a request waits for its answer, in ms; an open event channel has no limit. */
const requestTimeout = 15_000

/** The texts by which the protocol says that a session is gone (and not merely a call). */
const sessionGone = /session id not found|session resource was not found/i

/** Speaks HTTP with one gateway on behalf of one user. */
export class GatewayRest {
  readonly base: URL
  readonly token: AccessToken
  #reached = false

  /** `server` is the gateway's origin, or with a path the base of its resources (`/RTC/v1` by default). */
  constructor(server: string, token: AccessToken) {
    const url = new URL(server, globalThis.location?.href)
    if (url.pathname === '/') url.pathname = '/RTC/v1'
    url.pathname = url.pathname.replace(/\/+$/, '')
    this.base = url
    this.token = token
  }

  /**
   * One request.
   *
   * A token that the gateway no longer takes is replaced, where the page can, and the request repeated once.
   *
   * @throws {SignalingError} `unreachable` without an answer, with 502, 503 and 504, or while no fresh token can be had,
   * `expired` when the session is gone, `refused` with the gateway's words otherwise.
   */
  async send(request: RestRequest): Promise<Response> {
    // A gateway that answered before is where the person let the page go.
    if (this.#reached) return this.open({ ...request, signal: timeLimit(requestTimeout, request.signal) })
    const limit = answerLimit(this.base, requestTimeout)
    return this.open({ ...request, signal: request.signal ? AbortSignal.any([request.signal, limit]) : limit })
  }

  /** As `send`, with no limit of time but the caller's signal. */
  async open(request: RestRequest): Promise<Response> {
    const used = this.token.value
    try {
      return await this.#fetch(request, used)
    } catch (error) {
      if (!isUnauthorized(error) || !this.token.renewable) throw error
    }
    const renewal = this.token.renew(used)
    const fresh = await (request.signal ? abortable(renewal, request.signal) : renewal)
    try {
      return await this.#fetch(request, fresh)
    } catch (error) {
      throw isUnauthorized(error) ? this.token.refuse(fresh, error) : error
    }
  }

  async #fetch(request: RestRequest, token: string): Promise<Response> {
    const { method, headers, body, type = 'application/json', signal, keepalive = false } = request
    const url = this.url(request.path)
    const resource = `${method} ${url.pathname}`
    let response: Response
    try {
      response = await fetch(url, {
        method,
        headers: {
          Authorization: `Bearer ${token}`,
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': type }),
          ...headers,
        },
        body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
        signal: signal ?? null,
        keepalive,
        credentials: 'omit',
        cache: 'no-store',
      })
    } catch (cause) {
      if (request.signal?.aborted && (request.signal.reason as Error | undefined)?.name !== 'TimeoutError')
        throw request.signal.reason
      throw new SignalingError('unreachable', 'The gateway cannot be reached', { resource, url: url.href, cause })
    }
    this.#reached = true
    if (response.ok) return response
    throw await refusal(response, resource)
  }

  /** The address of a resource: a path from a `Location` header, or one below the base. */
  url(path: string): URL {
    return new URL(path.startsWith(`${this.base.pathname}/`) ? path : this.base.pathname + path, this.base.origin)
  }
}

function isUnauthorized(error: unknown): error is SignalingError {
  return error instanceof SignalingError && error.details.status === 401
}

async function refusal(response: Response, resource: string): Promise<SignalingError> {
  const { status } = response
  const body = (await response.json().catch(() => ({}))) as ErrorBody
  const { MessageId: messageId, Text: text, Variables: variables } = Object.values(body.RequestError ?? {})[0] ?? {}
  const words = text ? text.replace('%1', variables ?? '') : `The gateway answered ${status}`
  return new SignalingError(kindOf(status, words, resource), words, {
    status,
    resource,
    ...(messageId && { messageId }),
  })
}

function kindOf(status: number, words: string, resource: string): SignalingErrorKind {
  if (status >= 502 && status <= 504) return 'unreachable'
  if (status === 404 && sessionGone.test(words)) return 'expired'
  // A token that was good at sign-in, is no more, and cannot be replaced takes the session along.
  return status === 401 && resource.includes('/sessions/') ? 'expired' : 'refused'
}
