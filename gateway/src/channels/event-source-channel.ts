import type { ServerResponse } from 'node:http'
import { eventBody } from '../event-body.ts'
import type { EventBatch } from '../event-queue.ts'
import type { EventChannel } from './event-channel.ts'

type ResponseHeaders = Readonly<Record<string, string | number | string[] | undefined>>

/**
 * Pings before a stream ends. Nobody answers one, and what is written to a client that is gone or frozen goes nowhere
 * for a long time, unseen: who is there asks for the next stream, as EventSource does by itself.
 */
const pingsOfStream = 2
/** When EventSource shall do so, in ms after the end. */
const retry = 500

/** A stream of server-sent events. It ends every now and then, and the client goes on with the next. */
export class EventSourceChannel implements EventChannel {
  readonly #response: ServerResponse
  readonly #sessionPath: string
  #pings = 0

  /** `headers` are those that plugins have set for the response. */
  constructor(response: ServerResponse, headers: ResponseHeaders, sessionPath: string, pump: () => void) {
    this.#response = response
    this.#sessionPath = sessionPath
    for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      // Proxies of the nginx kind would hold events back otherwise.
      'x-accel-buffering': 'no',
    })
    // Headers leave with the first bytes; the client learns now that the channel is open.
    response.write(`: open\nretry: ${String(retry)}\n\n`)
    response.on('drain', pump)
  }

  get ready(): boolean {
    return !this.#response.writableNeedDrain && !this.#response.writableEnded
  }

  send(batch: EventBatch): void {
    this.#response.write(`id: ${String(batch.id)}\ndata: ${eventBody(batch, this.#sessionPath)}\n\n`)
  }

  ping(): void {
    this.#pings += 1
    // What has not left since the last ping will not: the client is gone without a word.
    if (this.#response.writableNeedDrain || this.#response.writableEnded) this.#response.destroy()
    else if (this.#pings > pingsOfStream) this.#response.end()
    else this.#response.write(': ping\n\n')
  }

  close(): void {
    this.#response.end()
  }
}
