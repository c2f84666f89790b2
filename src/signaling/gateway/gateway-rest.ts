import { abortable } from '../../base/abortable.ts'
import { timeLimit } from '../../base/time-limit.ts'
import { answerLimit } from '../../place/answer-limit.ts'
import { newId } from '../../place/new-id.ts'
import { SignalingError, type SignalingErrorKind } from '../signaling.ts'
import type { AccessToken } from './access-token.ts'
import type { NoSocket } from './open-socket.ts'
import { ChannelCut, CommandChannel } from './command-channel.ts'

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
  /** The last event that came of the session: those after it come by the channel that this request goes by. */
  readonly after?: number
  /** The request MAY outlive the page: for the last words of a session. */
  readonly keepalive?: boolean
}

/** How long a request waits for its answer, in ms; an open event channel has no limit. */
const requestTimeout = 15_000

/** The texts by which the protocol says that a session is gone (and not merely a call). */
const sessionGone = /session id not found|session resource was not found/i

/** Speaks with one gateway on behalf of one user: by its channel of commands where it has one, and by HTTP. */
export class GatewayRest {
  readonly base: URL
  readonly token: AccessToken
  #reached = false
  #channel: CommandChannel | null = null
  #noChannel: NoSocket | null = null

  /** `server` is the gateway's origin, or with a path the base of its resources (`/RTC/v1` by default). */
  constructor(server: string, token: AccessToken) {
    const url = new URL(server, globalThis.location?.href)
    if (url.pathname === '/') url.pathname = '/RTC/v1'
    url.pathname = url.pathname.replace(/\/+$/, '')
    this.base = url
    this.token = token
  }

  /** What requests go by while it is open. */
  get channel(): CommandChannel | null {
    return this.#channel?.isOpen ? this.#channel : null
  }

  /** Whether the gateway is known to have no channel, or the way to it to let none through. */
  get isWithoutChannel(): boolean {
    return this.#noChannel !== null
  }

  /** Whether WebSockets to the gateway neither open nor fail: waiting for another one is of no use. */
  get swallowsSockets(): boolean {
    return this.#noChannel === 'silent'
  }

  /** Opens the channel anew; false where the gateway has none, or the way to it lets none through now. */
  async openChannel(signal: AbortSignal): Promise<boolean> {
    if (this.#noChannel) return false
    const former = this.#channel
    former?.close()
    const opened = await CommandChannel.open(this.base, signal)
    this.#channel = typeof opened === 'string' ? null : opened
    // One that was there comes back.
    if (typeof opened === 'string' && !former) this.#noChannel = opened
    return this.#channel !== null
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
    const { method, body, type = 'application/json' } = request
    const url = this.url(request.path)
    const resource = `${method} ${url.pathname}`
    const headers = {
      Authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'Content-Type': type }),
      // What is sent twice, because the channel was cut, is done once.
      ...(this.channel && { 'x-request-key': newId() }),
      ...request.headers,
    }
    let response: Response
    try {
      response = (await this.#byChannel(request, url, headers)) ?? (await this.#byHttp(request, url, headers))
    } catch (cause) {
      if (request.signal?.aborted && (request.signal.reason as Error | undefined)?.name !== 'TimeoutError')
        throw request.signal.reason
      throw new SignalingError('unreachable', 'The gateway cannot be reached', { resource, url: url.href, cause })
    }
    this.#reached = true
    if (response.ok) return response
    throw await refusal(response, resource)
  }

  /** Nothing where there is no channel, or no more: then HTTP may still get through. */
  async #byChannel(
    { method, body, after, signal }: RestRequest,
    { pathname, search }: URL,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response | null> {
    const { channel } = this
    if (!channel || method === 'GET') return null
    try {
      const reply = channel.send({ method, path: pathname + search, headers, body, after })
      return await (signal ? abortable(reply, signal) : reply)
    } catch (error) {
      if (error instanceof ChannelCut) return null
      throw error
    }
  }

  #byHttp(
    { method, body, signal, keepalive = false }: RestRequest,
    url: URL,
    headers: Readonly<Record<string, string>>,
  ): Promise<Response> {
    return fetch(url, {
      method,
      headers: { Accept: 'application/json', ...headers },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
      signal: signal ?? null,
      keepalive,
      credentials: 'omit',
      cache: 'no-store',
    })
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
