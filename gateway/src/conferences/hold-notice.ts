import { randomUUID } from 'node:crypto'
import type { Leg } from '../../../src/exchange/leg.ts'

/** How long a client may take to answer, in ms. */
const answerLimit = 30_000

/**
 * Tells a client that the host holds the conference, or resumes it, by offers on the connection it has: one after the
 * other, until it knows how things are.
 */
export class HoldNotice {
  readonly #leg: Leg
  /** Makes an offer; `null` where there is no connection to make it for. */
  readonly #offer: (held: boolean) => string | null
  #wanted = false
  #told = false
  #open: { readonly modId: string; readonly held: boolean } | null = null
  #timer: NodeJS.Timeout | undefined

  constructor(leg: Leg, offer: (held: boolean) => string | null) {
    this.#leg = leg
    this.#offer = offer
  }

  /** Whether the client has not answered yet. */
  get isOpen(): boolean {
    return this.#open !== null
  }

  /** Whether the client knows that it is held, or is being told. */
  get isHeld(): boolean {
    return this.#open?.held ?? this.#told
  }

  set(held: boolean): void {
    this.#wanted = held
    this.#tell()
  }

  /** There is another connection, on which nothing is held. */
  renew(): void {
    this.stop()
    this.#told = false
    this.#tell()
  }

  /** Takes the answer of the client: its acceptance or refusal is `reason`. Whether it was to an offer of ours. */
  settle(modId: string, reason: string): boolean {
    if (this.#open?.modId !== modId) return false
    this.#leg.tellAnswered(modId, reason)
    this.#close(this.#open.held)
    return true
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#open = null
  }

  #close(told: boolean): void {
    this.#told = told
    this.stop()
    this.#tell()
  }

  #tell(): void {
    const held = this.#wanted
    if (this.#open || this.#told === held) return
    const sdp = this.#offer(held)
    if (sdp === null) return
    const modId = randomUUID()
    this.#open = { modId, held }
    // Who does not answer hears silence all the same.
    this.#timer = setTimeout(() => this.#close(held), answerLimit)
    this.#leg.tell('mod-received', { modId, sdp })
  }
}
