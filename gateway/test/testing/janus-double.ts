import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer, type WebSocket } from 'ws'

interface Request {
  readonly janus: string
  readonly transaction: string
  readonly apisecret?: string
  readonly session_id?: number
  readonly body?: Readonly<Record<string, unknown>>
}

/** What forces failures that the real Janus cannot be brought to: it answers what it is told to, or nothing. */
export class JanusDouble {
  readonly #server: WebSocketServer
  readonly #sockets: WebSocket[] = []
  readonly #requests: Request[] = []
  readonly #answers = new Map<string, readonly object[]>([
    ['create', [{ janus: 'success', data: { id: 1 } }]],
    ['attach', [{ janus: 'success', data: { id: 2 } }]],
    ['keepalive', [{ janus: 'ack' }]],
    ['detach', [{ janus: 'success' }]],
    ['destroy', [{ janus: 'success' }]],
  ])

  private constructor(server: WebSocketServer) {
    this.#server = server
    server.on('connection', (socket) => {
      this.#sockets.push(socket)
      socket.on('message', (data: Buffer) => this.#take(socket, JSON.parse(data.toString()) as Request))
    })
  }

  static async start(): Promise<JanusDouble> {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: () => 'janus-protocol' })
    await once(server, 'listening')
    return new JanusDouble(server)
  }

  get url(): string {
    return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Answers requests of this kind with these messages. */
  answer(kind: string, ...messages: readonly object[]): void {
    this.#answers.set(kind, messages)
  }

  refuse(kind: string, error: { readonly code: number; readonly reason: string }): void {
    this.answer(kind, { janus: 'error', error })
  }

  ignore(kind: string): void {
    this.answer(kind)
  }

  say(message: object): void {
    this.sayText(JSON.stringify(message))
  }

  sayText(text: string): void {
    this.#sockets.at(-1)?.send(text)
  }

  cut(): void {
    for (const socket of this.#sockets) socket.terminate()
  }

  /** The last request of this kind. */
  last(kind: string): Request {
    const request = this.#requests.findLast(({ janus }) => janus === kind)
    if (!request) throw new Error(`It was asked for no ${kind}`)
    return request
  }

  async stop(): Promise<void> {
    this.cut()
    if (this.#server.address() === null) return
    this.#server.close()
    await once(this.#server, 'close')
  }

  #take(socket: WebSocket, request: Request): void {
    this.#requests.push(request)
    const { transaction } = request
    for (const message of this.#answers.get(request.janus) ?? [])
      socket.send(JSON.stringify({ ...message, transaction }))
  }
}
