import assert from 'node:assert/strict'
import { once } from 'node:events'
import { WebSocket } from 'ws'

/** What the protocol's event objects may hold. */
export interface EventObject {
  readonly type: string
  readonly resourceURL: string
  readonly state: string
  readonly from?: string
  readonly sdp?: string
  readonly modId?: string
  readonly reason?: string
  readonly detail?: string
  readonly sdpfrag?: string
}

/** A poll's answer, or a message of a stream or socket. */
export interface EventMessage {
  readonly id: number
  readonly events: readonly EventObject[]
}

export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** `MessageId` of an error body: of the exception the id belongs to. */
  readonly messageId: string | undefined
  readonly text: string
  readonly body: unknown
}

export interface RequestOptions {
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly raw?: string
}

export interface LoginOptions {
  /** The session of a page before. */
  readonly resume?: string
  readonly extensions?: boolean
  readonly eventChannel?: 'long-poll' | 'sse' | 'websocket'
}

interface ErrorBody {
  readonly RequestError?: Readonly<Record<string, { readonly MessageId: string; readonly Text: string }>>
}

interface WireMessage {
  readonly id: number
  readonly events: { readonly eventList: readonly { readonly eventObject: EventObject }[] }
}

const exceptions: Readonly<Record<string, string>> = { SVC: 'ServiceException', POL: 'PolicyException' }

function messageIdOf(body: unknown): string | undefined {
  const [entry] = Object.entries((body as ErrorBody | null)?.RequestError ?? {})
  if (!entry) return undefined
  const [exception, { MessageId }] = entry
  assert.equal(exception, exceptions[MessageId.slice(0, 3)] ?? 'Exception')
  return MessageId
}

function messageOf(text: string): EventMessage {
  const { id, events } = JSON.parse(text) as WireMessage
  return { id, events: events.eventList.map(({ eventObject }) => eventObject) }
}

/** Requests as any client of the protocol sends them: nothing here knows the gateway's code. */
export async function send(
  url: string,
  method: string,
  { headers = {}, body, raw }: RequestOptions = {},
  signal: AbortSignal | null = null,
): Promise<Answer> {
  const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
  const type = content === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url, { method, headers: { ...type, ...headers }, body: content ?? null, signal })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  const parsed: unknown = isJson && text ? JSON.parse(text) : null
  return { status: response.status, headers: response.headers, messageId: messageIdOf(parsed), text, body: parsed }
}

/** An access token of a gateway that runs with development tokens. */
export async function tokenFor(origin: string, userId: string): Promise<string> {
  const { body } = await send(`${origin}tokens`, 'POST', { body: { userId } })
  return (body as { access_token: string }).access_token
}

/** Messages of a stream or socket, in order, each awaited by who needs it. */
export class Inbox {
  readonly #messages: EventMessage[] = []
  #wake: (() => void) | null = null
  #ended = false

  add(message: EventMessage): void {
    this.#messages.push(message)
    this.#wake?.()
  }

  end(): void {
    this.#ended = true
    this.#wake?.()
  }

  /** The next message, or `null` at the end. */
  async next(): Promise<EventMessage | null> {
    while (this.#messages.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
    return this.#messages.shift() ?? null
  }
}

/** A signed-in client that speaks raw HTTP. */
export class RawClient {
  session = ''

  private constructor(
    readonly origin: string,
    readonly token: string,
  ) {}

  /** A client that has a token, and has not logged in. */
  static bearing(origin: string, token: string): RawClient {
    return new RawClient(origin, token)
  }

  /** As `bearing`, with a development token. */
  static async withToken(origin: string, userId: string): Promise<RawClient> {
    return new RawClient(origin, await tokenFor(origin, userId))
  }

  static async login(origin: string, userId: string, options: LoginOptions = {}): Promise<RawClient> {
    const client = await RawClient.withToken(origin, userId)
    const { headers, status } = await client.logIn(options)
    assert.equal(status, 201)
    client.session = headers.get('location') ?? ''
    return client
  }

  logIn(options: LoginOptions & { readonly userId?: string } = {}, headers = {}): Promise<Answer> {
    const session = { mediaType: 'dtls-srtp', ice: 'true', services: ['ip_voice_call', 'ip_video_call'], ...options }
    return this.send('POST', '/RTC/v1/sessions', { headers, body: { session } })
  }

  /** `path` with the token, from the root. */
  send(method: string, path: string, options: RequestOptions = {}, signal?: AbortSignal): Promise<Answer> {
    const headers = { authorization: `Bearer ${this.token}`, ...options.headers }
    return send(this.origin + path.slice(1), method, { ...options, headers }, signal)
  }

  /** One long poll. */
  async poll(query = '', signal?: AbortSignal): Promise<EventMessage & { readonly status: number }> {
    const { status, text } = await this.send('GET', `${this.session}/events${query}`, {}, signal)
    return { status, ...(status === 200 ? messageOf(text) : { id: 0, events: [] }) }
  }

  /** The next event's state and, where there is one, reason. */
  async heard(): Promise<readonly string[]> {
    const { events } = await this.poll()
    return events.map(({ state, reason }) => (reason === undefined ? state : `${state}: ${reason}`))
  }

  dial(calledParty: string, sdp = 'offer'): Promise<Answer> {
    return this.send('POST', `${this.session}/calls`, { body: { call: { calledParty, sdp } } })
  }

  /** A `PUT` to a call. */
  act(call: string, action: string, sdp?: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const body = sdp === undefined ? undefined : { callsMediaModifications: { sdp } }
    return this.send('PUT', call, { headers: { 'x-calls-action': action, ...headers }, body })
  }

  end(call: string, reason: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('DELETE', call, { headers: { 'x-delete-reason': reason, ...headers } })
  }

  /** Opens an event stream; `signal` cuts it. */
  async stream(signal: AbortSignal, headers: Readonly<Record<string, string>> = {}): Promise<Inbox> {
    const response = await fetch(`${this.origin}${this.session.slice(1)}/events`, {
      headers: { authorization: `Bearer ${this.token}`, accept: 'text/event-stream', ...headers },
      signal,
    })
    assert.equal(response.status, 200)
    assert.match(response.headers.get('content-type') ?? '', /^text\/event-stream/)
    const inbox = new Inbox()
    void readStream(response, inbox)
    return inbox
  }

  /** The URL of a socket, with its ticket. */
  async socketUrl(): Promise<string> {
    const { headers } = await this.send('POST', `${this.session}/websockets`)
    return new URL(headers.get('location') ?? '', this.origin.replace(/^http/, 'ws')).href
  }

  async socket(query = ''): Promise<{ readonly socket: WebSocket; readonly inbox: Inbox }> {
    const socket = new WebSocket((await this.socketUrl()) + query)
    const inbox = new Inbox()
    socket.on('message', (data: Buffer) => inbox.add(messageOf(data.toString())))
    socket.on('close', () => inbox.end())
    await once(socket, 'open')
    return { socket, inbox }
  }
}

async function readStream(response: Response, inbox: Inbox): Promise<void> {
  let text = ''
  try {
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const messages = text.split('\n\n')
      text = messages.pop() ?? ''
      for (const message of messages) {
        const [, id, data] = /^id: (\d+)\ndata: (.*)$/.exec(message) ?? []
        if (data !== undefined) inbox.add(messageOf(data))
        if (data !== undefined) assert.equal(Number(id), messageOf(data).id)
      }
    }
  } catch (error) {
    // The test cut it.
    if (!(error instanceof DOMException)) throw error
  }
  inbox.end()
}
