import { once } from 'node:events'
import { randomBytes } from 'node:crypto'
import { createRequire } from 'node:module'
import { header, parameter, readMessage, type SipMessage } from '../../../src/signaling/sip/sip-message.ts'

interface WebSocket {
  send(text: string): void
  terminate(): void
  on(name: 'message', listener: (data: Buffer) => void): void
}

interface WebSocketServer extends NodeJS.EventEmitter {
  readonly clients: ReadonlySet<WebSocket>
  address(): { readonly port: number } | string | null
  close(): void
}

// The package that is found from here belongs to a tool, whose version is not ours to choose; all have this name.
const { Server } = createRequire(import.meta.url)('ws') as { Server: new (options: object) => WebSocketServer }

/** A message as it came, with its Request-URI. */
export interface Received extends SipMessage {
  readonly text: string
  readonly target: string
}

export interface Response {
  readonly phrase?: string
  readonly fields?: readonly string[]
  readonly body?: string
  /** To tag of the far side. Default: one for each exchange. */
  readonly tag?: string
}

export interface Invitation {
  /** Default `"Bob" <sip:bob@example.com>`. */
  readonly from?: string
  /** Parameters of the Contact, `;isfocus`. */
  readonly contact?: string
  readonly fields?: readonly string[]
  readonly body?: string
}

const random = (): string => randomBytes(6).toString('hex')
const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? ''
const farContact = '<sip:far@127.0.0.1:5999;transport=ws>'
const farVia = (): string => `Via: SIP/2.0/WS 127.0.0.1:5999;branch=z9hG4bK${random()}`

/** Lines of a message, and a body with what says of it. */
function written(lines: readonly string[], body: string): string {
  const type = body && !lines.some((line) => /^content-type:/i.test(line)) ? ['Content-Type: application/sdp'] : []
  return [...lines, ...type, `Content-Length: ${Buffer.byteLength(body)}`, '', body].join('\r\n')
}

/**
 * Registrar, proxy and every far phone in one, for one phone: it says what a test tells it to, also what no server of
 * good will would. What comes is answered by `on`, by method; what is not there waits for the test.
 */
export class RawExchange {
  /** Contact of the phone that registered last. */
  contact = ''
  /** How REGISTER is asked for credentials; none by default. */
  challenge: string | null = null
  /** Further header fields of what answers REGISTER. */
  registerFields: readonly string[] = []
  readonly received: Received[] = []
  readonly on = new Map<string, (request: Received) => void>()
  readonly #server: WebSocketServer
  #socket: WebSocket | null = null
  #waiting: (() => void)[] = []

  private constructor(server: WebSocketServer) {
    this.#server = server
    this.begin()
    server.on('connection', (socket: WebSocket) => {
      this.#socket = socket
      socket.on('message', (data) => this.#receive(String(data)))
    })
  }

  static async start(): Promise<RawExchange> {
    const handleProtocols = (): string => 'sip'
    const server = new Server({ host: '127.0.0.1', port: 0, handleProtocols })
    await once(server, 'listening')
    return new RawExchange(server)
  }

  get url(): string {
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('The port is not known')
    return `ws://127.0.0.1:${address.port}`
  }

  /** Forgets what an earlier test made of it. */
  begin(): void {
    this.contact = ''
    this.challenge = null
    this.registerFields = []
    this.received.length = 0
    this.on.clear()
    this.on.set('REGISTER', (request) => this.#register(request))
    for (const method of ['BYE', 'OPTIONS', 'NOTIFY', 'INFO'])
      this.on.set(method, (request) => this.respond(request, 200))
  }

  /** Every byte that came. */
  get everything(): string {
    return this.received.map(({ text }) => text).join('\n')
  }

  /** Resolves to the first message that is `wanted`, among those from `start` on: one that came, or comes yet. */
  async next(wanted: (message: Received) => boolean, start = 0): Promise<Received> {
    for (;;) {
      const found = this.received.slice(start).find(wanted)
      if (found) return found
      await new Promise<void>((resolve) => this.#waiting.push(resolve))
    }
  }

  request(method: string, start = 0): Promise<Received> {
    return this.next((message) => message.status === 0 && message.method === method, start)
  }

  send(text: string): void {
    this.#socket?.send(text)
  }

  respond(request: SipMessage, status: number, { phrase, fields = [], body = '', tag = 'far' }: Response = {}): void {
    const to = header(request, 'to')
    const whole = status === 100 || /;\s*tag=/.test(to) ? to : `${to};tag=${tag}`
    const copied = ['via', 'record-route'].flatMap((name) =>
      (request.headers.get(name) ?? []).map((value) => `${name}: ${value}`),
    )
    const lines = [
      `SIP/2.0 ${status} ${phrase ?? 'Words'}`,
      ...copied,
      `From: ${header(request, 'from')}`,
      `To: ${whole}`,
      `Call-ID: ${header(request, 'call-id')}`,
      `CSeq: ${header(request, 'cseq')}`,
      ...fields,
    ]
    this.send(written(lines, body))
  }

  /** The far side answers an invitation; what comes is the dialog it has then. */
  answer(invitation: Received, body: string, fields: readonly string[] = []): RawDialog {
    this.respond(invitation, 200, { body, fields: [`Contact: ${farContact}`, ...fields] })
    return new RawDialog(this, {
      callId: header(invitation, 'call-id'),
      local: `${header(invitation, 'to')};tag=far`,
      remote: header(invitation, 'from'),
      target: uriOf(header(invitation, 'contact')),
    })
  }

  /** Somebody who is in no dialog with the phone yet. */
  outside(from = '"Bob" <sip:bob@example.com>', contact = ''): RawDialog {
    return new RawDialog(this, {
      callId: random(),
      local: `${from};tag=${random()}`,
      remote: '<sip:alice@example.com>',
      target: this.contact,
      contact,
    })
  }

  /** The far side calls. */
  invite({ from, contact, fields = [], body = '' }: Invitation = {}): RawDialog {
    const dialog = this.outside(from, contact)
    dialog.send('INVITE', fields, body)
    return dialog
  }

  async stop(): Promise<void> {
    for (const client of this.#server.clients) client.terminate()
    this.#server.close()
    await once(this.#server, 'close')
  }

  #register(request: Received): void {
    const asked = this.challenge && !request.headers.has('authorization')
    if (asked) return this.respond(request, 401, { fields: [`WWW-Authenticate: ${this.challenge}`] })
    const contact = header(request, 'contact')
    this.contact = uriOf(contact)
    const fields = [`Contact: ${contact.replace(/;expires=\d+/, '')};expires=600`, ...this.registerFields]
    this.respond(request, 200, { fields })
  }

  #receive(text: string): void {
    const message = readMessage(text)
    if (!message) return
    const received = { ...message, text, target: text.split(' ', 2)[1] ?? '' }
    this.received.push(received)
    if (message.status === 0) this.on.get(message.method)?.(received)
    for (const resume of this.#waiting.splice(0)) resume()
  }
}

interface DialogInit {
  readonly callId: string
  readonly local: string
  readonly remote: string
  readonly target: string
  readonly contact?: string
}

/** The far side's half of a dialog. */
export class RawDialog {
  readonly callId: string
  readonly #exchange: RawExchange
  readonly #local: string
  readonly #contact: string
  #remote: string
  #target: string
  #sequence = 100

  constructor(exchange: RawExchange, { callId, local, remote, target, contact = '' }: DialogInit) {
    this.#exchange = exchange
    this.callId = callId
    this.#local = local
    this.#contact = farContact + contact
    this.#remote = remote
    this.#target = target
  }

  send(method: string, fields: readonly string[] = [], body = ''): void {
    if (method !== 'ACK') this.#sequence++
    const lines = [
      `${method} ${this.#target} SIP/2.0`,
      farVia(),
      'Max-Forwards: 70',
      `From: ${this.#local}`,
      `To: ${this.#remote}`,
      `Call-ID: ${this.callId}`,
      `CSeq: ${this.#sequence} ${method}`,
      `Contact: ${this.#contact}`,
      ...fields,
    ]
    this.#exchange.send(written(lines, body))
  }

  /** Resolves to the final response to the last request of this kind. */
  async final(method: string): Promise<Received> {
    const sequence = `${this.#sequence} ${method}`
    const response = await this.#exchange.next(
      (message) =>
        message.status >= 200 && header(message, 'call-id') === this.callId && header(message, 'cseq') === sequence,
    )
    if (parameter(header(response, 'to'), 'tag') && !/;\s*tag=/.test(this.#remote))
      this.#remote = header(response, 'to')
    if (method === 'INVITE' && response.status < 300) this.#target = uriOf(header(response, 'contact')) || this.#target
    return response
  }

  async ask(method: string, fields: readonly string[] = [], body = ''): Promise<Received> {
    this.send(method, fields, body)
    return this.final(method)
  }
}
