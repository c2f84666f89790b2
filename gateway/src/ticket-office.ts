import { randomUUID } from 'node:crypto'

/**
 * Tickets that open one WebSocket each: a browser cannot send a header with it, and a URL is no place for a token.
 */
export class TicketOffice {
  readonly #tickets = new Map<string, { readonly session: string; readonly timer: NodeJS.Timeout }>()
  readonly #ttl: number

  /** `ttl` in ms. */
  constructor(ttl: number) {
    this.#ttl = ttl
  }

  issue(session: string): string {
    const ticket = randomUUID()
    const timer = setTimeout(() => this.#tickets.delete(ticket), this.#ttl)
    this.#tickets.set(ticket, { session, timer })
    return ticket
  }

  /** Whether `ticket` opens a channel of `session`. It does so once. */
  redeem(ticket: string, session: string): boolean {
    const found = this.#tickets.get(ticket)
    if (found?.session !== session) return false
    clearTimeout(found.timer)
    return this.#tickets.delete(ticket)
  }

  close(): void {
    for (const { timer } of this.#tickets.values()) clearTimeout(timer)
    this.#tickets.clear()
  }
}
