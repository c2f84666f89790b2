import type { ServerResponse } from 'node:http'
import { eventBody } from '../event-body.ts'
import type { EventBatch } from '../event-queue.ts'
import type { EventChannel } from './event-channel.ts'

type ResponseHeaders = Readonly<Record<string, string | number | string[] | undefined>>

/** A stream of server-sent events. */
export class EventSourceChannel implements EventChannel {
  readonly #response: ServerResponse
  readonly #sessionPath: string

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
    response.write(': open\n\n')
    response.on('drain', pump)
  }

  get ready(): boolean {
    return !this.#response.writableNeedDrain && !this.#response.writableEnded
  }

  send(batch: EventBatch): void {
    this.#response.write(`id: ${String(batch.id)}\ndata: ${eventBody(batch, this.#sessionPath)}\n\n`)
  }

  ping(): void {
    // What has not left since the last ping will not: the client is gone without a word.
    if (this.#response.writableNeedDrain) this.#response.destroy()
    else this.#response.write(': ping\n\n')
  }

  close(): void {
    this.#response.end()
  }
}
