import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

/** How long a message may let a test wait, in ms. */
const patience = 10_000

const compact: Readonly<Record<string, string>> = { i: 'call-id', f: 'from', t: 'to', m: 'contact', v: 'via' }

const token = (): string => randomBytes(6).toString('hex')

/** A message as it came over the wire. */
export class RawMessage {
  readonly text: string
  readonly first: string
  readonly body: string
  /** Status of a response; 0 of a request. */
  readonly status: number
  readonly method: string
  readonly #fields: readonly (readonly [string, string])[]

  constructor(text: string) {
    const end = text.indexOf('\r\n\r\n')
    const [first = '', ...lines] = text.slice(0, end).split('\r\n')
    this.text = text
    this.first = first
    this.body = text.slice(end + 4)
    this.#fields = lines.map((line) => {
      const colon = line.indexOf(':')
      const name = line.slice(0, colon).trim().toLowerCase()
      return [compact[name] ?? name, line.slice(colon + 1).trim()]
    })
    this.status = first.startsWith('SIP/2.0 ') ? Number(first.slice(8, 11)) : 0
    this.method = (this.status ? this.header('cseq').split(' ')[1] : first.split(' ')[0]) ?? ''
  }

  headers(name: string): readonly string[] {
    return this.#fields.filter(([key]) => key === name.toLowerCase()).map(([, value]) => value)
  }

  /** The first of this name; empty when there is none. */
  header(name: string): string {
    return this.headers(name)[0] ?? ''
  }

  get uri(): string {
    return this.first.split(' ')[1] ?? ''
  }

  get callId(): string {
    return this.header('call-id')
  }
}

export const tagOf = (value: string): string => /;tag=([^;\s>]+)/.exec(value.replace(/<[^>]*>/, ''))?.[1] ?? ''
export const uriOf = (value: string): string => /<([^>]+)>/.exec(value)?.[1] ?? value.split(';')[0] ?? ''

/** A request: fields beside the usual ones, and a body, that has SDP where no field says otherwise. */
export interface RawContent {
  readonly fields?: readonly string[]
  readonly body?: string
}

export interface RawCallOptions extends RawContent {
  readonly from?: string
  readonly to?: string
  readonly contact?: string
  readonly uri?: string
  readonly callId?: string
  readonly method?: string
}

/** The registrar and the far side in one, on a WebSocket: it says what it is told, and nothing by itself but `handle`. */
export class RawSip {
  /** Every message that came, in order. */
  readonly heard: RawMessage[] = []
  /** Requests answered by themselves, by method. */
  readonly handle: Record<string, (request: RawMessage) => void> = {
    REGISTER: (request) => this.register(request),
    OPTIONS: (request) => this.reply(request, '200 OK'),
    BYE: (request) => this.reply(request, '200 OK'),
  }
  /** Where the last one that registered is reached. */
  contact = ''
  /** A flow that the network forgot: nothing that the client says is heard or answered. */
  silent = false
  /** Whether keep-alives are answered (RFC 5626, 4.4.1). */
  pongs = true
  /** Keep-alives that came. */
  pings = 0
  readonly #server: WebSocketServer
  readonly #watchers = new Set<() => void>()
  #socket: WebSocket | null = null

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (socket) => {
      this.#socket = socket
      socket.on('message', (data: Buffer) => this.#receive(data.toString()))
    })
  }

  static async start(): Promise<RawSip> {
    const server = new WebSocketServer({ host: '127.0.0.1', port: 0, handleProtocols: () => 'sip' })
    await once(server, 'listening')
    return new RawSip(server)
  }

  get url(): string {
    return `ws://127.0.0.1:${String((this.#server.address() as AddressInfo).port)}`
  }

  async stop(): Promise<void> {
    for (const client of this.#server.clients) client.terminate()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  /** Closes the connection of the client, which may come back. */
  cut(): void {
    this.#socket?.terminate()
    this.#socket = null
  }

  send(text: string): void {
    if (!this.#socket) throw new Error('Nobody is connected')
    this.#socket.send(text)
  }

  /** The first message after the `from`th that fits; what is there already counts. */
  async wait(what: string, fits: (message: RawMessage) => boolean, from = 0): Promise<RawMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#watchers.delete(look)
        const wire = this.heard.slice(from).map(({ first }) => first)
        reject(new Error(`${what} did not come; what came: ${wire.join(', ') || 'nothing'}`))
      }, patience)
      const look = () => {
        const found = this.heard.slice(from).find(fits)
        if (!found) return
        clearTimeout(timer)
        this.#watchers.delete(look)
        resolve(found)
      }
      this.#watchers.add(look)
      look()
    })
  }

  request(method: string, from = 0): Promise<RawMessage> {
    return this.wait(method, (message) => message.status === 0 && message.method === method, from)
  }

  /** The final answer to a request of a dialog. */
  final(callId: string, method: string, from = 0): Promise<RawMessage> {
    return this.wait(
      `a final answer to ${method}`,
      (message) => message.status >= 200 && message.callId === callId && message.method === method,
      from,
    )
  }

  reply(
    request: RawMessage,
    status: string,
    { fields = [], body = '', tag = token() }: RawContent & { tag?: string } = {},
  ): void {
    const to = tagOf(request.header('to')) ? request.header('to') : `${request.header('to')};tag=${tag}`
    const has = (name: RegExp) => fields.some((field) => name.test(field))
    this.send(
      [
        `SIP/2.0 ${status}`,
        ...request.headers('via').map((via) => `Via: ${via}`),
        `From: ${request.header('from')}`,
        ...(has(/^to:/i) ? [] : [`To: ${to}`]),
        `Call-ID: ${request.callId}`,
        `CSeq: ${request.header('cseq')}`,
        ...fields,
        ...(body && !has(/^(content-type|c):/i) ? ['Content-Type: application/sdp'] : []),
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    )
  }

  /** Takes a registration as it is asked for. */
  register(request: RawMessage, expires = 600): void {
    const contact = request.header('contact')
    this.contact = uriOf(contact)
    const gone = request.header('expires') === '0' || contact.includes(';expires=0')
    const field = `Contact: ${contact.replace(/;expires=\d+/, '')};expires=${String(expires)}`
    this.reply(request, '200 OK', { fields: gone ? [] : [field] })
  }

  /** Calls the user who registered last. */
  call(options: RawCallOptions = {}): RawDialog {
    const dialog = new RawDialog(this, {
      callId: options.callId ?? token(),
      local: `${options.from ?? '"Bob" <sip:bob@example.com>'};tag=${token()}`,
      remote: options.to ?? '<sip:alice@example.com>',
      target: options.uri ?? this.contact,
      contact: options.contact ?? '<sip:bob@127.0.0.1:5999;transport=ws>',
    })
    dialog.send(options.method ?? 'INVITE', options)
    return dialog
  }

  /** The dialog that an answer to `invite` makes. */
  callee(invite: RawMessage, contact = '<sip:bob@127.0.0.1:5999;transport=ws>'): RawDialog {
    return new RawDialog(this, {
      callId: invite.callId,
      local: `${invite.header('to')};tag=${token()}`,
      remote: invite.header('from'),
      target: uriOf(invite.header('contact')),
      contact,
      invite,
    })
  }

  #receive(text: string): void {
    if (this.silent) return
    if (text === '\r\n\r\n') {
      this.pings++
      if (this.pongs) this.send('\r\n')
      for (const look of [...this.#watchers]) look()
      return
    }
    const message = new RawMessage(text)
    this.heard.push(message)
    if (message.status === 0) this.handle[message.method]?.(message)
    for (const look of [...this.#watchers]) look()
  }
}

interface RawDialogOptions {
  readonly callId: string
  readonly local: string
  readonly remote: string
  readonly target: string
  readonly contact: string
  readonly invite?: RawMessage
}

/** One end of a dialog with a client. */
export class RawDialog {
  readonly callId: string
  local: string
  contact: string
  remote: string
  target: string
  readonly #sip: RawSip
  readonly #invite: RawMessage | undefined
  #sequence = 100
  #branch = ''

  constructor(sip: RawSip, options: RawDialogOptions) {
    this.#sip = sip
    this.callId = options.callId
    this.local = options.local
    this.remote = options.remote
    this.target = options.target
    this.contact = options.contact
    this.#invite = options.invite
  }

  get tag(): string {
    return tagOf(this.local)
  }

  send(method: string, { fields = [], body = '' }: RawContent = {}): void {
    const again = method === 'ACK' || method === 'CANCEL'
    if (!again) this.#sequence++
    if (method !== 'CANCEL') this.#branch = `z9hG4bK${token()}`
    const has = (name: RegExp) => fields.some((field) => name.test(field))
    this.#sip.send(
      [
        `${method} ${this.target} SIP/2.0`,
        `Via: SIP/2.0/WS 127.0.0.1:5999;branch=${this.#branch}`,
        'Max-Forwards: 70',
        `From: ${this.local}`,
        `To: ${this.remote}`,
        `Call-ID: ${this.callId}`,
        ...(has(/^cseq:/i) ? [] : [`CSeq: ${String(this.#sequence)} ${method}`]),
        ...(this.contact && !has(/^(contact|m):/i) ? [`Contact: ${this.contact}`] : []),
        ...fields,
        ...(body && !has(/^(content-type|c)\s*:/i) ? ['Content-Type: application/sdp'] : []),
        ...(has(/^(content-length|l)\s*:/i) ? [] : [`Content-Length: ${Buffer.byteLength(body)}`]),
        '',
        body,
      ].join('\r\n'),
    )
  }

  /** Sends a request and resolves with its final answer. */
  async ask(method: string, content: RawContent = {}): Promise<RawMessage> {
    const from = this.#sip.heard.length
    this.send(method, content)
    const answer = await this.#sip.final(this.callId, method, from)
    if (method === 'INVITE' && answer.status >= 300) this.send('ACK')
    return answer
  }

  /** The final answer to the invitation of `RawSip.call`, with which the dialog is made. */
  async final(): Promise<RawMessage> {
    const answer = await this.#sip.final(this.callId, 'INVITE')
    this.remote = answer.header('to')
    if (answer.header('contact')) this.target = uriOf(answer.header('contact'))
    return answer
  }

  /** Answers the invitation of `RawSip.callee`. */
  reply(status: string, { fields = [], body = '' }: RawContent = {}): void {
    if (!this.#invite) throw new Error('There is no invitation to answer')
    const contact = fields.some((field) => /^(contact|m):/i.test(field)) ? [] : [`Contact: ${this.contact}`]
    this.#sip.reply(this.#invite, status, {
      fields: [...(this.contact ? contact : []), ...fields],
      body,
      tag: this.tag,
    })
  }
}
