import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { WebSocket } from 'ws'
import { JanusHandle } from './janus-handle.ts'
import { errorOf, JanusError, readMessage, type JanusMessage } from './janus-message.ts'

/** How long Janus may take to let us in, and to answer a request, in ms. */
const patience = 5000
/** How often it is asked whether it is there, in ms; its sessions live for a minute without a word. */
const keepaliveInterval = 5000

/** Janus answers with this code where it has not loaded a plugin. */
const noSuchPlugin = 460

export interface JanusClientOptions {
  /** What every request has to carry where Janus is told to ask for it (`api_secret`). */
  readonly apiSecret?: string | undefined
}

interface Transaction {
  readonly settle: (message: JanusMessage) => void
  readonly fail: (error: JanusError) => void
  /** Whether `ack` is not yet the answer, but says that one comes. */
  readonly outlastsAck: boolean
}

/**
 * A session with one Janus over a WebSocket. It is lost for good when the socket closes or Janus falls silent: Janus
 * drops the session then, and all that hung on it.
 */
export class JanusClient {
  readonly #socket: WebSocket
  readonly #apiSecret: string | undefined
  readonly #transactions = new Map<string, Transaction>()
  readonly #handles = new Map<number, JanusHandle>()
  readonly #lost = new AbortController()
  #session = 0
  #keepalive: NodeJS.Timeout | undefined

  /** @throws JanusError when there is no Janus at `url`, or it refuses. */
  static async connect(url: string, options: JanusClientOptions = {}): Promise<JanusClient> {
    const client = new JanusClient(url, options)
    await client.#open()
    return client
  }

  private constructor(url: string, { apiSecret }: JanusClientOptions) {
    // Every room listens.
    setMaxListeners(0, this.#lost.signal)
    this.#apiSecret = apiSecret
    this.#socket = new WebSocket(url, 'janus-protocol', { handshakeTimeout: patience, maxPayload: 1024 * 1024 })
    this.#socket.on('message', (data: Buffer) => this.#take(data.toString()))
    // The close that follows says the same.
    this.#socket.on('error', () => {})
    this.#socket.on('close', () => this.#lose(new JanusError('The connection to Janus was lost')))
  }

  /** Aborts when the session is over, with the error that tells why. */
  get lost(): AbortSignal {
    return this.#lost.signal
  }

  /** How many handles there are. */
  get handles(): number {
    return this.#handles.size
  }

  async attach(plugin: string): Promise<JanusHandle> {
    const { data } = await this.request({ janus: 'attach', plugin })
    if (!data) throw new JanusError('Janus gave no handle')
    const handle = new JanusHandle(this, data.id, () => this.#handles.delete(data.id))
    this.#handles.set(data.id, handle)
    return handle
  }

  /** Whether Janus has a plugin. @throws JanusError where it does not say. */
  async has(plugin: string): Promise<boolean> {
    try {
      const handle = await this.attach(plugin)
      await handle.detach()
      return true
    } catch (error) {
      if (error instanceof JanusError && error.code === noSuchPlugin) return false
      throw error
    }
  }

  /**
   * Sends a request; resolves to its answer.
   *
   * @throws JanusError when Janus or its plugin refuses, does not answer in time, or is lost.
   */
  request(body: object, { outlastsAck = false } = {}): Promise<JanusMessage> {
    const transaction = randomUUID()
    return new Promise<JanusMessage>((settle, fail) => {
      if (this.lost.aborted) {
        fail(this.lost.reason as JanusError)
        return
      }
      const timer = setTimeout(() => fail(new JanusError('Janus did not answer in time')), patience)
      const end = (): void => {
        clearTimeout(timer)
        this.#transactions.delete(transaction)
      }
      this.#transactions.set(transaction, {
        outlastsAck,
        settle: (message) => {
          end()
          settle(message)
        },
        fail: (error) => {
          end()
          fail(error)
        },
      })
      this.#send({ ...body, transaction })
    }).finally(() => this.#transactions.delete(transaction))
  }

  /** Ends the session and all that hangs on it. Never rejects. */
  async close(): Promise<void> {
    if (!this.lost.aborted) await this.request({ janus: 'destroy' }).catch(() => {})
    this.#lose(new JanusError('The session with Janus was closed'))
  }

  async #open(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#socket.once('open', resolve)
      this.lost.addEventListener('abort', () => reject(this.lost.reason), { once: true })
    })
    try {
      const { data } = await this.request({ janus: 'create' })
      this.#session = data?.id ?? 0
    } catch (error) {
      this.#lose(new JanusError('Janus gave no session'))
      throw error
    }
    this.#keepalive = setInterval(() => {
      this.request({ janus: 'keepalive' }).catch(() => this.#lose(new JanusError('Janus fell silent')))
    }, keepaliveInterval)
  }

  #send(body: object): void {
    const secret = this.#apiSecret === undefined ? {} : { apisecret: this.#apiSecret }
    const session = this.#session ? { session_id: this.#session } : {}
    this.#socket.send(JSON.stringify({ ...body, ...session, ...secret }))
  }

  #take(text: string): void {
    const message = readMessage(text)
    if (!message) return
    if (message.janus === 'timeout') return this.#lose(new JanusError('Janus ended the session'))
    const transaction = this.#transactions.get(message.transaction ?? '')
    if (!transaction) return this.#handles.get(message.sender ?? 0)?.take(message)
    if (message.janus === 'ack' && transaction.outlastsAck) return
    const error = errorOf(message)
    if (error) transaction.fail(error)
    else transaction.settle(message)
  }

  #lose(error: JanusError): void {
    if (this.lost.aborted) return
    clearInterval(this.#keepalive)
    this.#lost.abort(error)
    for (const { fail } of [...this.#transactions.values()]) fail(error)
    this.#handles.clear()
    this.#socket.terminate()
  }
}
