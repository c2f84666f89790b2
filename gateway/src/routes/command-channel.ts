import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ExchangeError } from '../../../src/exchange/protocol.ts'
import { sessionNotFound } from '../../../src/exchange/refusals.ts'
import { WebSocketChannel, type ServerSocket } from '../channels/web-socket-channel.ts'
import type { GatewaySettings } from '../gateway-options.ts'
import type { GatewaySession } from '../gateway-session.ts'
import type { GatewaySessions } from '../gateway-sessions.ts'
import { foreignOrigin, requestErrorBody } from '../request-error.ts'
import { channelClosed } from './event-routes.ts'
import { commandFrame, type CommandFrame } from './command-frame.ts'

/** Why a WebSocket is closed that says what it must not, or nothing (RFC 6455, 7.4.1). */
const policyViolation = 1008
/** How long a client may take to sign in, in ms. */
const signInTime = 20_000
/** After which a client hears that its request is still under way, in ms. It takes silence for a dead connection. */
const stillThere = 2000
/** Requests under way. A client of ours has a handful. */
const mostUnderWay = 64

/** What says who the client is, as far as the proxies in between know. A request by the channel has it as well. */
const fieldsOfClient = [
  'host',
  'origin',
  'user-agent',
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
] as const

const fieldsOfAnswer = [
  'location',
  'x-expires',
  'x-state',
  'x-modid',
  'x-userid',
  'retry-after',
  'content-type',
] as const

const notFound = { status: 404, headers: { 'content-type': 'application/json' } } as const

/** What the routes answer. */
interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Those of `names` that are there. */
const only = (
  headers: Readonly<Record<string, string | number | readonly string[] | undefined>>,
  names: readonly string[],
): Record<string, string> =>
  Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])))

/** Requests about one leg are done one after another, and so are those about the session; an end waits for none. */
const laneOf = ({ method, path }: CommandFrame): string | null =>
  method === 'DELETE' ? null : (/\/sessions\/[^/]+\/(?:calls|conferences)\/[^/?]+/.exec(path)?.[0] ?? 'session')

/** Id of the session that `frame` is about, or made. */
const sessionOf = ({ path }: CommandFrame, { headers }: Answer): string =>
  /\/sessions\/([^/?]+)/.exec(headers['location'] ?? path)?.[1] ?? ''

/** The event that the client of a session goes on after which it was given: none of a new one has been handed out. */
const lastEventIn = ({ body }: Answer): number =>
  (JSON.parse(body || '{}') as { readonly session?: { readonly lastEvent?: number } }).session?.lastEvent ?? 0

/** The requests of one client, which come by its WebSocket, and the events of its session, which leave by it. */
class CommandChannel {
  readonly #app: FastifyInstance
  readonly #sessions: GatewaySessions
  readonly #socket: ServerSocket
  readonly #upgrade: FastifyRequest
  readonly #lanes = new Map<string, Promise<void>>()
  readonly #signInTimer: NodeJS.Timeout
  #underWay = 0
  #session: GatewaySession | null = null
  #events: WebSocketChannel | null = null

  constructor(app: FastifyInstance, sessions: GatewaySessions, socket: ServerSocket, upgrade: FastifyRequest) {
    this.#app = app
    this.#sessions = sessions
    this.#socket = socket
    this.#upgrade = upgrade
    this.#signInTimer = setTimeout(() => socket.close(policyViolation), signInTime)
    socket.on('message', (data) => this.#receive(data.toString()))
    socket.on('close', (code) => this.#closed(code))
    // A `close` follows an error.
    socket.on('error', () => {})
  }

  #receive(text: string): void {
    const frame = commandFrame(text, this.#app.prefix)
    if (!frame || this.#underWay >= mostUnderWay) return this.#socket.close(policyViolation)
    this.#underWay += 1
    const lane = laneOf(frame)
    const before = lane === null ? undefined : this.#lanes.get(lane)
    const done = (before ? before.then(() => this.#perform(frame)) : this.#perform(frame)).finally(() => {
      this.#underWay -= 1
      if (lane !== null && this.#lanes.get(lane) === done) this.#lanes.delete(lane)
    })
    if (lane !== null) this.#lanes.set(lane, done)
  }

  async #perform(frame: CommandFrame): Promise<void> {
    const heartbeat = setInterval(() => this.#send('{}'), stillThere)
    const answer = await this.#answerTo(frame).finally(() => clearInterval(heartbeat))
    if (frame.after === undefined || answer.status >= 300) {
      this.#reply(frame, answer)
      return
    }
    const session = this.#sessions.find(sessionOf(frame, answer))
    try {
      if (!session) throw sessionNotFound()
      session.resume(frame.method === 'POST' ? lastEventIn(answer) : frame.after)
    } catch (error) {
      this.#reply(frame, { ...notFound, body: JSON.stringify(requestErrorBody(error as ExchangeError)) })
      return
    }
    // The reply says whose the events are, so it leaves before them.
    this.#reply(frame, answer)
    this.#listen(session)
  }

  /** By the same routes as a request over HTTP, with all that they check. */
  async #answerTo({ method, path, headers, body }: CommandFrame): Promise<Answer> {
    const { headers: upgrade, raw, log } = this.#upgrade
    const { remoteAddress } = raw.socket
    const answer = await this.#app
      .inject({
        method,
        url: path,
        headers: { ...headers, ...only(upgrade, fieldsOfClient) },
        ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
        ...(remoteAddress && { remoteAddress }),
      })
      .catch((error: unknown) => log.warn(error, 'a message of a client is no request'))
    if (!answer) return { status: 400, headers: {}, body: '' }
    return { status: answer.statusCode, headers: only(answer.headers, fieldsOfAnswer), body: answer.payload }
  }

  #reply({ request }: CommandFrame, { status, headers, body }: Answer): void {
    this.#send(JSON.stringify({ reply: request, status, headers, ...(body && { body }) }))
  }

  #send(text: string): void {
    if (this.#socket.readyState === this.#socket.OPEN) this.#socket.send(text, () => {})
  }

  #listen(session: GatewaySession): void {
    clearTimeout(this.#signInTimer)
    if (this.#socket.readyState !== this.#socket.OPEN) return
    this.#session = session
    this.#events = new WebSocketChannel(this.#socket, session.path, session.extensions, () => session.pump())
    session.attach(this.#events)
  }

  #closed(code: number): void {
    clearTimeout(this.#signInTimer)
    if (this.#session && this.#events) channelClosed(this.#sessions, this.#session, this.#events, code)
  }
}

/**
 * Requests and events by one WebSocket, where a client with extensions wants so. What it needs of the network is one
 * round trip a request, where HTTP of another origin takes two (Fetch, CORS preflight).
 */
export function commandChannelRoute(app: FastifyInstance, sessions: GatewaySessions, settings: GatewaySettings): void {
  const { allowedOrigins } = settings
  app.get(
    '/channel',
    {
      websocket: true,
      preValidation: async ({ headers: { origin } }) => {
        // A WebSocket is not held to the policy of the other requests by the browser.
        if (allowedOrigins && origin !== undefined && !allowedOrigins.includes(origin)) throw foreignOrigin(origin)
      },
    },
    (socket: ServerSocket, request) => {
      new CommandChannel(app, sessions, socket, request)
    },
  )
}
