import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { abortable } from '../../base/abortable.ts'
import type { ExchangeEvent, ExchangeReply } from '../../exchange/protocol.ts'
import { newId } from '../../place/new-id.ts'
import { SignalingError } from '../signaling.ts'
import type { ExchangePort } from '../exchange/exchange-port.ts'
import { clientLock, exchangeChannel, readMessage, type LocalMessage, type LocalRequest } from './local-protocol.ts'

const log = logger('local')

interface Waiting {
  readonly request: LocalRequest
  settle(reply: ExchangeReply): void
  fail(error: unknown): void
}

/** How long a request waits for the exchange of this origin, in ms: another tab may be busy, or frozen. */
const requestTimeout = 10_000

/** How long signing out waits for the exchange to tell the other sides, in ms. */
const leaveTimeout = 1000

export interface ExchangeClientEvents {
  event(event: ExchangeEvent): void
  /** Another tab runs the exchange now; it does not know this client yet. */
  replaced(): void
}

/** One client of the exchange that runs in some tab of this origin. */
export class ExchangeClient implements ExchangePort {
  readonly #id = newId()
  readonly #channel = new BroadcastChannel(exchangeChannel)
  readonly #closed = new AbortController()
  readonly #waiting = new Map<number, Waiting>()
  readonly #events: ExchangeClientEvents
  #lock: Promise<void> | null = null
  #leaving: Promise<void> | null = null
  #epoch = ''
  #number = 0

  constructor(events: ExchangeClientEvents) {
    this.#events = events
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const message = readMessage(data)
      if (message) this.#take(message)
    })
  }

  get id(): string {
    return this.#id
  }

  /** Signs `user` in at whichever exchange there is or will be. */
  async register(
    registration: Omit<Extract<LocalRequest, { op: 'register' }>, 'op'>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#alive()
    await this.#ask({ op: 'register', ...registration }, signal)
  }

  request(command: Parameters<ExchangePort['request']>[0], signal?: AbortSignal): Promise<ExchangeReply> {
    if (this.#leaving) return Promise.reject(new SignalingError('expired', 'Signed out'))
    return this.#ask({ op: 'command', command }, signal)
  }

  /** Signs out and forgets everything. Every caller who still waits is told. */
  close(): Promise<void> {
    this.#leaving ??= this.#leave()
    return this.#leaving
  }

  async #leave(): Promise<void> {
    this.#fail(() => true, new SignalingError('expired', 'Signed out'))
    // The exchange may run in this very tab, and has to tell the other sides before it goes.
    if (this.#epoch === '') this.#post(++this.#number, { op: 'unregister' })
    else
      await ignore(
        log,
        this.#ask({ op: 'unregister' }, AbortSignal.timeout(leaveTimeout)),
        'the sign-out was not taken',
      )
    this.#closed.abort()
    this.#channel.close()
  }

  /** Holds the lock that tells the exchange this page lives. */
  #alive(): Promise<void> {
    const { signal } = this.#closed
    this.#lock ??= new Promise((resolve, reject) => {
      navigator.locks
        .request(clientLock(this.#id), () => {
          resolve()
          return new Promise<void>((release) => {
            if (signal.aborted) release()
            signal.addEventListener('abort', () => release(), { once: true })
          })
        })
        .catch(reject)
    })
    return this.#lock
  }

  async #ask(request: LocalRequest, signal?: AbortSignal): Promise<ExchangeReply> {
    const number = ++this.#number
    const timeout = AbortSignal.timeout(requestTimeout)
    const reply = new Promise<ExchangeReply>((settle, fail) => this.#waiting.set(number, { request, settle, fail }))
    this.#post(number, request)
    if (request.op === 'register') this.#endAgain()
    try {
      return await abortable(reply, signal ? AbortSignal.any([signal, timeout]) : timeout)
    } catch (error) {
      if (timeout.aborted) throw new SignalingError('timeout', 'No tab of this page answered')
      throw error
    } finally {
      this.#waiting.delete(number)
    }
  }

  #post(number: number, request: LocalRequest): void {
    if (this.#closed.signal.aborted) throw new SignalingError('expired', 'Signed out')
    const message: LocalMessage = { kind: 'request', client: this.#id, number, request }
    this.#channel.postMessage(message)
  }

  #take(message: LocalMessage): void {
    if (message.kind === 'up') return this.#newExchange()
    if (message.kind === 'request' || message.client !== this.#id) return
    if (message.kind === 'event') return this.#events.event(message.event)
    const waiting = this.#waiting.get(message.number)
    // An exchange that came up meanwhile does not know of the call yet: it is told again with the registration.
    if (!waiting || (message.kind === 'refusal' && this.#epoch === '' && isEnd(waiting))) return
    if (message.kind === 'reply') {
      if (waiting.request.op === 'register') this.#epoch = message.epoch
      waiting.settle(message.reply)
    } else {
      const { status, messageId, text } = message
      // An exchange that does not know this client came up since: its announcement is on the way or was missed.
      waiting.fail(new SignalingError('refused', text, { status, messageId }))
    }
  }

  #newExchange(): void {
    const known = this.#epoch !== ''
    this.#epoch = ''
    // What was asked of the former exchange is lost; a registration is asked again, and so is the end of a call.
    const gone = new SignalingError('unreachable', 'The tab that ran the exchange is gone')
    const asksAgain = ({ request }: Waiting) => request.op === 'register'
    this.#fail((waiting) => !asksAgain(waiting) && !isEnd(waiting), gone)
    for (const [number, waiting] of this.#waiting) if (asksAgain(waiting)) this.#post(number, waiting.request)
    if (known) this.#events.replaced()
    else this.#endAgain()
  }

  /** The exchange that knows the calls of this client by now has not heard which of them have ended here. */
  #endAgain(): void {
    for (const [number, waiting] of this.#waiting) if (isEnd(waiting)) this.#post(number, waiting.request)
  }

  #fail(lost: (waiting: Waiting) => boolean, error: SignalingError): void {
    for (const waiting of this.#waiting.values()) if (lost(waiting)) waiting.fail(error)
  }
}

function isEnd({ request }: Waiting): boolean {
  return request.op === 'command' && request.command.op === 'end'
}
