import type { Emitter } from '../../base/emitter.ts'
import type { ExchangeEvent } from '../../exchange/protocol.ts'
import type { ExchangeLegs } from '../exchange/exchange-legs.ts'
import type { ExchangePort } from '../exchange/exchange-port.ts'
import type { GatewayRest } from './gateway-rest.ts'
import type { SessionAnswer } from './session-answer.ts'

/** What a conference needs of the session that hosts it. */
export interface ConferenceSession {
  readonly rest: GatewayRest
  readonly port: ExchangePort
  /** Path of the session's resource. */
  readonly path: string
  readonly legs: ExchangeLegs
  /** The address of the host. */
  readonly host: string
  readonly answer: SessionAnswer
  /** Tells every event of the session. */
  readonly told: Pick<Emitter<{ event: ExchangeEvent }>, 'on'>
}
