import type { Phone } from '../../src/phone/phone.ts'
import type { CallSnapshot, PhoneSnapshot } from '../../src/phone/snapshot.ts'

/** A call that is over. */
export interface PastCall {
  readonly call: CallSnapshot
  /** Who was signed in. */
  readonly userId: string | null
  /** When it began, and when it ended: ms since the epoch. */
  readonly at: number
  readonly until: number
}

/** Of more than these the oldest are forgotten. */
const limit = 200

/**
 * The calls of a phone that are over, since somebody asked for them first: what lists calls is loaded later than the
 * first of them may end.
 */
export class PastCalls {
  static readonly #all = new WeakMap<Phone, PastCalls>()
  readonly #begun = new Map<number, number>()
  #ended: readonly PastCall[] = []
  #last: CallSnapshot | null
  #userId: string | null = null

  static of(phone: Phone): PastCalls {
    let calls = this.#all.get(phone)
    if (!calls) this.#all.set(phone, (calls = new PastCalls(phone)))
    return calls
  }

  private constructor(phone: Phone) {
    this.#last = phone.snapshot.lastCall
    this.#follow(phone.snapshot)
    phone.subscribe((snapshot) => this.#follow(snapshot))
  }

  /** Oldest first. */
  get ended(): readonly PastCall[] {
    return this.#ended
  }

  forget(): void {
    this.#ended = []
  }

  #follow({ calls, lastCall, session }: PhoneSnapshot): void {
    const now = Date.now()
    this.#userId = session.userId ?? this.#userId
    for (const { index } of calls) if (!this.#begun.has(index)) this.#begun.set(index, now)
    if (!lastCall || lastCall === this.#last) return
    this.#last = lastCall
    // It may have begun and ended between two looks.
    const at = this.#begun.get(lastCall.index) ?? now
    this.#ended = [...this.#ended, { call: lastCall, userId: this.#userId, at, until: now }].slice(-limit)
  }
}
