import { Agent, get, request, type ClientRequest, type IncomingMessage } from 'node:http'

/** What a phone waits for: an event of a state on a call. */
export interface HeardEvent {
  readonly resourceURL: string
  readonly state: string
}

interface Reply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 })

/** One request on a shared, kept connection. */
function send(url: string, method: string, headers: Readonly<Record<string, string>>, body: string): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

/** A signed-in session with an open event stream, as light as can be so that the load is the gateway's. */
export class LoadPhone {
  readonly #origin: string
  #token = ''
  #session = ''
  #stream: ClientRequest | null = null
  readonly #awaited = new Map<string, (event: HeardEvent) => void>()
  readonly #heard = new Map<string, HeardEvent>()

  constructor(
    origin: string,
    readonly userId: string,
  ) {
    this.#origin = origin.replace(/\/$/, '')
  }

  async signIn(): Promise<void> {
    const { text } = await this.#send('POST', '/tokens', { userId: this.userId })
    this.#token = (JSON.parse(text) as { access_token: string }).access_token
    const session = { mediaType: 'dtls-srtp', ice: 'true', extensions: true, eventChannel: 'sse' }
    const { headers } = await this.#send('POST', '/RTC/v1/sessions', { session })
    this.#session = headers.location ?? ''
    await this.#openStream()
  }

  /** Gives the call's path. */
  async dial(to: string, sdp: string): Promise<string> {
    const { headers } = await this.#send('POST', `${this.#session}/calls`, { call: { calledParty: to, sdp } })
    return headers.location ?? ''
  }

  async act(call: string, action: string, sdp?: string): Promise<void> {
    const body = sdp === undefined ? undefined : { callsMediaModifications: { sdp } }
    await this.#send('PUT', call, body, { 'x-calls-action': action })
  }

  async end(call: string): Promise<void> {
    await this.#send('DELETE', call, undefined, { 'x-delete-reason': 'terminate' })
  }

  /** The event of `state` for a call, by the id both sides share; an invitation for `''` is the next one. */
  hear(state: string, callId: string): Promise<HeardEvent> {
    const key = `${state} ${callId}`
    const heard = this.#heard.get(key)
    this.#heard.delete(key)
    if (heard) return Promise.resolve(heard)
    return new Promise((resolve) => this.#awaited.set(key, resolve))
  }

  close(): void {
    this.#stream?.destroy()
  }

  #openStream(): Promise<void> {
    return new Promise((resolve, reject) => {
      const headers = { authorization: `Bearer ${this.#token}`, accept: 'text/event-stream' }
      this.#stream = get(`${this.#origin}${this.#session}/events`, { agent: false, headers }, (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('error', () => {})
        response.on('data', (chunk: string) => {
          const messages = (text + chunk).split('\n\n')
          text = messages.pop() ?? ''
          messages.forEach((message) => this.#read(message))
        })
        resolve()
      })
      this.#stream.on('error', reject)
    })
  }

  #read(message: string): void {
    const at = message.indexOf('\ndata: ')
    if (at < 0) return
    const { events } = JSON.parse(message.slice(at + 7)) as {
      events: { eventList: { eventObject: HeardEvent }[] }
    }
    for (const { eventObject: event } of events.eventList) {
      const callId = event.state === 'invitation-received' ? '' : (event.resourceURL.split('/')[6] ?? '')
      const key = `${event.state} ${callId}`
      const awaited = this.#awaited.get(key)
      this.#awaited.delete(key)
      if (awaited) awaited(event)
      else this.#heard.set(key, event)
    }
  }

  async #send(
    method: string,
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const content = body === undefined ? '' : JSON.stringify(body)
    const reply = await send(
      this.#origin + path,
      method,
      {
        ...(this.#token && { authorization: `Bearer ${this.#token}` }),
        ...(content && { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(content)) }),
        ...headers,
      },
      content,
    )
    if (reply.status >= 400) throw new Error(`${method} ${path}: ${String(reply.status)} ${reply.text}`)
    return reply
  }
}
