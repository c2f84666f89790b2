import { abortable } from '../../base/abortable.ts'
import { logger } from '../../base/log.ts'
import { answerLimit } from '../../place/answer-limit.ts'
import { SignalingError } from '../signaling.ts'
import { undisguised } from './disguise.ts'
import { isChallenge, type SipChallenge } from './sip-challenge.ts'
import { FlowKeeper } from './flow-keeper.ts'
import { SipGuard, type GuardOptions } from './sip-guard.ts'
import { header, readMessage, type SipMessage } from './sip-message.ts'
import { StrayAnswers } from './stray-answers.ts'

const log = logger('sip')

/** Begins the branch of the questions whether a server is there: their answers are nobody else's. */
const questionBranch = 'z9hG4bKflow'

export interface SipSocketListeners extends Pick<GuardOptions, 'self' | 'onUnconfirmed'> {
  /** A challenge is about to be answered. */
  readonly onChallenge: () => void
  /** A response arrived and has been dealt with. */
  readonly onResponse: (message: SipMessage) => void
  /** Our address of record. */
  readonly user: () => string
  /** The connection is gone, though nobody here closed it. */
  readonly onLost: (reason: string) => void
}

/**
 * The connection to one SIP server at a time (RFC 7118), as JsSIP's `Socket`.
 *
 * It never connects by itself: JsSIP's own retries end in `connect()`, which waits for `open()`. So its user
 * decides when, and to which server.
 */
export class SipSocket {
  onconnect = (): void => {}
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => {}
  ondata: (data: string) => void = () => {}
  /** Host part of our Via; JsSIP chooses it. */
  viaHost = 'invalid'
  readonly strays = new StrayAnswers((message) => this.#websocket?.send(message))
  readonly #guard: SipGuard
  readonly #challenge: SipChallenge
  readonly #listeners: SipSocketListeners
  /** The servers that took a connection. */
  readonly #reached = new Set<string>()
  #url: string
  #websocket: WebSocket | null = null
  /** Messages that wait for one being signed: they must not overtake it. */
  #signing: Promise<void> | null = null
  readonly #flow = new FlowKeeper({
    send: (text) => {
      if (this.isConnected()) this.#websocket?.send(text)
    },
    question: () => this.#question(),
    onDead: () => this.drop('the server no longer answers'),
  })

  constructor(url: string, challenge: SipChallenge, listeners: SipSocketListeners) {
    this.#url = url
    this.#challenge = challenge
    this.#listeners = listeners
    this.#guard = new SipGuard({
      send: (text) => this.#websocket?.send(undisguised(text)),
      self: listeners.self,
      onUnconfirmed: listeners.onUnconfirmed,
      onUnusable: (response) => {
        const message = readMessage(response)
        if (!message) return
        this.strays.canceled(header(message, 'call-id'))
        this.strays.take(message, this.#via)
      },
    })
  }

  get url(): string {
    return this.#url
  }

  get via_transport(): string {
    return this.#url.toLowerCase().startsWith('wss') ? 'WSS' : 'WS'
  }

  get sip_uri(): string {
    return `sip:${new URL(this.#url).host};transport=ws`
  }

  /** JsSIP wishes to be connected: that waits for `open`. */
  connect = (): void => {}

  disconnect(): void {
    this.#release()?.close()
  }

  /** Nothing will be sent or received any more. */
  close(): void {
    this.disconnect()
    this.strays.close()
    this.#guard.close()
  }

  isConnected(): boolean {
    return this.#websocket?.readyState === WebSocket.OPEN
  }

  isConnecting(): boolean {
    return false
  }

  /**
   * @throws {SignalingError} `unreachable`, when the server does not take the connection; `timeout`, when it says
   * nothing within `timeout` ms.
   */
  async open(url: string, timeout: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.disconnect()
    const websocket = connect(url)
    websocket.binaryType = 'arraybuffer'
    // A server that was reached before is where the person let the page go.
    const limit = this.#reached.has(url) ? AbortSignal.timeout(timeout) : answerLimit(new URL(url), timeout)
    try {
      await abortable(opened(websocket, url), AbortSignal.any([signal, limit]))
    } catch (error) {
      websocket.close()
      if (limit.aborted && !signal.aborted) {
        throw new SignalingError('timeout', `${url} did not answer within ${timeout / 1000} s`, { resource: url, url })
      }
      throw error
    }
    this.#reached.add(url)
    this.#url = url
    this.#websocket = websocket
    this.#challenge.connected(url)
    websocket.addEventListener('message', ({ data }) => this.#receive(websocket, data as string | ArrayBuffer))
    websocket.addEventListener('close', ({ code, reason }) => {
      if (this.#websocket === websocket) this.drop(reason || `the server closed the connection (${code})`, code)
    })
    log.info('connected')
    this.#flow.start()
    this.onconnect()
  }

  /** Gives the connection up as lost. */
  drop(reason: string, code?: number): void {
    const websocket = this.#release()
    if (!websocket) return
    websocket.close()
    log.info(`lost the connection: ${reason}`)
    this.ondisconnect(true, code, reason)
    this.#listeners.onLost(reason)
  }

  send(data: string | ArrayBufferLike | Blob | ArrayBufferView): boolean {
    const websocket = this.#websocket
    if (websocket?.readyState !== WebSocket.OPEN) return false
    const text = this.#guard.outgoing(data as string)
    if (text === null) return true
    if (!/^(ACK |SIP\/2\.0 )/.test(text)) this.#flow.asked()
    const message = this.#challenge.outgoing(text)
    if (typeof message === 'string' && !this.#signing) {
      websocket.send(message)
      return true
    }
    const turn = (this.#signing ?? Promise.resolve())
      .then(() => message)
      .then((text) => {
        if (websocket.readyState === WebSocket.OPEN) websocket.send(text)
      })
      .catch((error: unknown) => this.drop(`a message could not be signed: ${String(error)}`))
      .finally(() => {
        if (this.#signing === turn) this.#signing = null
      })
    this.#signing = turn
    return true
  }

  /** Keeps the flow open (RFC 5626, 3.5.1), every `interval` ms; 0: it is looked after when there is a reason. */
  keepAlive(interval: number): void {
    this.#flow.every(interval)
  }

  #receive(websocket: WebSocket, data: string | ArrayBuffer): void {
    if (this.#websocket !== websocket) return
    const text = typeof data === 'string' ? data : new TextDecoder().decode(data)
    this.#flow.heard(text)
    const response = text.startsWith('SIP/2.0 ') ? readMessage(text) : null
    if (response && header(response, 'via').includes(`branch=${questionBranch}`)) return
    if (response && this.strays.take(response, this.#via)) return
    if (response && isChallenge(response)) this.#listeners.onChallenge()
    const readable = this.#guard.incoming(response ? this.#challenge.incoming(response, text) : text)
    if (readable === null) return
    try {
      this.ondata(readable)
    } catch (error) {
      this.#guard.failed(text)
      throw error
    }
    const message = response && readMessage(readable)
    if (message) this.#listeners.onResponse(message)
  }

  #question(): string {
    const user = this.#listeners.user()
    const token = () => crypto.getRandomValues(new Uint32Array(2)).join('')
    return [
      `OPTIONS sip:${user.slice(user.lastIndexOf('@') + 1)} SIP/2.0`,
      `Via: ${this.#via};branch=${questionBranch}${token()}`,
      'Max-Forwards: 70',
      `From: <sip:${user}>;tag=${token()}`,
      `To: <sip:${user.slice(user.lastIndexOf('@') + 1)}>`,
      `Call-ID: ${token()}`,
      'CSeq: 1 OPTIONS',
      'Content-Length: 0',
      '',
      '',
    ].join('\r\n')
  }

  /** The Via of what is sent past JsSIP, without its branch. */
  get #via(): string {
    return `SIP/2.0/${this.via_transport} ${this.viaHost}`
  }

  #release(): WebSocket | null {
    const websocket = this.#websocket
    this.#websocket = null
    this.#signing = null
    this.#flow.stop()
    return websocket
  }
}

/** The close code of a TLS handshake that failed (RFC 6455, 7.4.1). Firefox tells it; Chromium says 1006 of all. */
const tlsFailed = 1015

/** @throws {SignalingError} `unreachable` where the browser lets the page have no such connection (mixed content). */
function connect(url: string): WebSocket {
  try {
    return new WebSocket(url, 'sip')
  } catch (cause) {
    throw new SignalingError('unreachable', `The browser does not let this page connect to ${url}`, {
      resource: url,
      url,
      cause,
    })
  }
}

/** A browser may tell a script nothing about why a connection failed (WebSockets, 9.3); so this says what it can be. */
function opened(websocket: WebSocket, url: string): Promise<void> {
  return new Promise((resolve, reject) => {
    websocket.addEventListener('open', () => resolve(), { once: true })
    websocket.addEventListener('close', ({ code, reason }) => {
      reject(unreachable(url, code, reason))
    })
  })
}

function unreachable(url: string, code: number, reason: string): SignalingError {
  const secure = /^wss:/i.test(url)
  const look = `open ${url.replace(/^ws/i, 'http')} in a tab to see what the browser says of it`
  const words =
    code === tlsFailed
      ? `its certificate is not trusted: ${look}`
      : reason ||
        (secure
          ? `the server is down, its certificate is not trusted, or it is no SIP server: ${look}`
          : 'the server is down, or it is no SIP server')
  return new SignalingError('unreachable', `Cannot connect to ${url}: ${words} (${code})`, {
    resource: url,
    url,
    closeCode: code,
    // The catalogue's word for a server that is there and cannot be talked to.
    ...(code === tlsFailed && { status: 502 }),
  })
}
