import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import { ExchangeError, type ExchangeCommand, type ExchangeReply } from '../../exchange/protocol.ts'
import { defaultConnectionSettings } from '../../media/connection-settings.ts'
import { LocalMedia } from '../../media/local-media.ts'
import type { ExchangeLeg } from '../exchange/exchange-leg.ts'
import { ExchangeLegs } from '../exchange/exchange-legs.ts'
import type { ExchangePort } from '../exchange/exchange-port.ts'
import { SignalingError } from '../signaling.ts'
import { createExchange } from './exchange-host.ts'

const log = logger('local')

/** How long the numbers that react let it ring, in ms: long enough to be noticed. */
const ringTime = 600

/** What answers a call in the page itself. Each number is an ordinary user of a small exchange of its own. */
const behaviours: Readonly<Record<string, (leg: ExchangeLeg, signal: AbortSignal) => Promise<void>>> = {
  async echo(leg, signal) {
    await leg.ring()
    await rung(signal)
    const local = new LocalMedia()
    const { mediaType } = leg
    // Chromium lets sound that came from a peer connection flow on only while an element plays it.
    const player = new Audio()
    player.muted = true
    player.autoplay = true
    player.srcObject = leg.remoteStream
    leg.on('track', (track) => void local.set(track))
    leg.on(
      'change-requested',
      () => void ignore(log, leg.answerChange(true), 'a number of the page did not answer a change'),
    )
    leg.on('ended', () => {
      player.srcObject = null
      local.close()
    })
    await leg.accept({ mediaType, local, settings: defaultConnectionSettings }, signal)
  },
  busy: (leg) => leg.reject('busy'),
  noanswer: (leg) => leg.ring(),
  async reject(leg, signal) {
    await leg.ring()
    await rung(signal)
    await leg.reject('rejected')
  },
}

function rung(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ringTime)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}

/** Whether a number is answered in the page itself: `echo`, `busy`, `noanswer`, `reject`. */
export function isInPageNumber(address: string): boolean {
  return Object.hasOwn(behaviours, address)
}

/** The way from this page's user to the in-page numbers. */
export class InPageNumbers implements ExchangePort {
  readonly #closed = new AbortController()
  readonly #exchange: Exchange = createExchange(this.#closed.signal)
  readonly #session: string
  readonly #numbers: readonly ExchangeLegs[]

  constructor(user: string, deliver: Parameters<Exchange['register']>[0]['deliver']) {
    this.#session = this.#exchange.register({ user, extensions: true, deliver })
    this.#numbers = Object.entries(behaviours).map(([number, behave]) => this.#register(number, behave))
  }

  request(command: ExchangeCommand): Promise<ExchangeReply> {
    return this.#request(this.#session, command)
  }

  close(): void {
    this.#closed.abort()
    this.#exchange.unregister(this.#session)
    for (const legs of this.#numbers) legs.endAll({ reason: 'session-ended' })
  }

  #register(number: string, behave: (leg: ExchangeLeg, signal: AbortSignal) => Promise<void>): ExchangeLegs {
    const port = { request: (command: ExchangeCommand) => this.#request(session, command) }
    const legs = new ExchangeLegs(port, (leg) => {
      const gone = new AbortController()
      leg.on('ended', () => gone.abort())
      // Nobody is there who could host a conference.
      if (typeof leg.conference === 'string') return void leg.reject('busy')
      // The caller may hang up at any moment of it.
      void ignore(
        log,
        behave(leg, AbortSignal.any([gone.signal, this.#closed.signal])),
        'a number of the page broke off',
      )
    })
    const session = this.#exchange.register({
      user: inPageUri(number),
      extensions: true,
      deliver: (event) => legs.receive(event),
    })
    return legs
  }

  async #request(session: string, command: ExchangeCommand): Promise<ExchangeReply> {
    try {
      return this.#exchange.request(session, command)
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error
      const { status, messageId } = error
      throw new SignalingError('refused', error.message, { status, messageId, cause: error })
    }
  }
}

export function inPageUri(number: string): string {
  return `sip:${number}@local`
}
