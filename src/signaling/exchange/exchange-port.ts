import type { ExchangeCommand, ExchangeReply } from '../../exchange/protocol.ts'

/** The way to an exchange, no matter what carries it. */
export interface ExchangePort {
  /** Whether another page can go on with calls by it. */
  readonly outlivesPage?: boolean
  /**
   * @throws {SignalingError} kind `refused` with the exchange's status and words, `unreachable` where it cannot be
   * asked, `expired` where it no longer knows the session.
   */
  request(command: ExchangeCommand, signal?: AbortSignal): Promise<ExchangeReply>
}
