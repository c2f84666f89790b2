import { eventBody } from '../event-body.ts'
import type { EventBatch } from '../event-queue.ts'
import type { EventChannel } from './event-channel.ts'

/** Of an end that leaves (RFC 6455, 7.4.1): a page that was closed, or this gateway. */
export const goingAway = 1001
/** Bytes that may wait for a slow client before events are held back. */
const bufferLimit = 256 * 1024

/** What a channel needs of a server's WebSocket. */
export interface ServerSocket {
  readonly readyState: number
  readonly OPEN: number
  readonly bufferedAmount: number
  on(name: 'pong' | 'error', listener: () => void): unknown
  on(name: 'close', listener: (code: number) => void): unknown
  on(name: 'message', listener: (data: Buffer) => void): unknown
  send(text: string, sent: () => void): void
  ping(): void
  close(code: number): void
  terminate(): void
}

/** Events by WebSocket: one message a batch. */
export class WebSocketChannel implements EventChannel {
  readonly #socket: ServerSocket
  readonly #sessionPath: string
  readonly #pump: () => void
  readonly #heartbeat: boolean
  #answered = true

  /** `heartbeat`: whether the client wants a message without events when there are none for a while. */
  constructor(socket: ServerSocket, sessionPath: string, heartbeat: boolean, pump: () => void) {
    this.#socket = socket
    this.#heartbeat = heartbeat
    this.#sessionPath = sessionPath
    this.#pump = pump
    socket.on('pong', () => {
      this.#answered = true
    })
  }

  get ready(): boolean {
    return this.#socket.readyState === this.#socket.OPEN && this.#socket.bufferedAmount < bufferLimit
  }

  send(batch: EventBatch): void {
    this.#socket.send(eventBody(batch, this.#sessionPath), () => this.#pump())
  }

  ping(lastId: number): void {
    if (!this.#answered) return this.#socket.terminate()
    this.#answered = false
    this.#socket.ping()
    // A page sees no ping (RFC 6455, 5.5.2). A message without events tells it that the gateway is still there.
    if (this.#heartbeat) this.#socket.send(eventBody({ id: lastId, events: [] }, this.#sessionPath), () => {})
  }

  close(): void {
    this.#socket.close(goingAway)
  }
}
