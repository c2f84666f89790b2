import { on, once } from 'node:events'
import { request as plainRequest, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { text } from 'node:stream/consumers'
import { WebSocket } from 'ws'

/** Every name is this machine. */
const lookup: LookupFunction = (_name, { all }, done) => {
  if (all) done(null, [{ address: '127.0.0.1', family: 4 }])
  else done(null, '127.0.0.1', 4)
}

/** A test certificate is signed by nobody. */
const way = { lookup, rejectUnauthorized: false } as const

export interface Ask {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string
  /** Says nothing of the length of the body. */
  readonly chunked?: boolean
  /** The address of this machine that it comes from. Default `127.0.0.1`. */
  readonly from?: string
}

/** Sends a request, its path as it is written, and resolves to the head of the answer. */
export async function ask(url: string, options: Ask = {}): Promise<IncomingMessage> {
  const { method = 'GET', headers = {}, body, chunked = false, from } = options
  const { protocol, host, hostname, port } = new URL(url)
  const open = protocol === 'https:' ? secureRequest : plainRequest
  const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) }
  const asked = open({
    ...way,
    hostname,
    port,
    path: url.slice(url.indexOf('/', url.indexOf('//') + 2)),
    method,
    headers: { host, ...length, ...headers },
    agent: false,
    ...(from && { localAddress: from }),
  })
  // A server that refuses a body need not read it to its end.
  asked.on('error', () => {})
  asked.end(body)
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  return response
}

/** As `ask`, with the whole text of the answer. */
export async function read(
  url: string,
  options: Ask = {},
): Promise<{ readonly status: number; readonly headers: IncomingMessage['headers']; readonly text: string }> {
  const response = await ask(url, options)
  return { status: response.statusCode ?? 0, headers: response.headers, text: await text(response) }
}

/** A WebSocket, open. */
export async function openSocket(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, way)
  await once(socket, 'open')
  return socket
}

/** The next that a WebSocket tells by the name of an event, from this call on; rejects once it is closed. */
export function heardOf(socket: WebSocket, name: 'message' | 'ping'): () => Promise<string> {
  const heard: AsyncIterator<readonly unknown[], undefined> = on(socket, name, { close: ['close'] })
  return async () => {
    const next = await heard.next()
    if (next.done) throw new Error(`The WebSocket was closed before its next ${name}`)
    return String(next.value[0])
  }
}
