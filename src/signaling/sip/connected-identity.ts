import type { Party } from '../signaling.ts'
import { assertedOf, saidOf, type CallerRequest, type IdentityFields, type IdentityOptions } from './sip-party.ts'

/**
 * Follows who is at the far end of one dialog (RFC 5876, RFC 4916): what the exchange asserts in answers and requests,
 * and a From that changes.
 */
export class ConnectedIdentity {
  readonly #options: IdentityOptions
  /** Whom it was as the dialog began. */
  readonly #first: Party
  /** Address that the far side gave of itself last. */
  #said: string
  /** Tag of the device whose identity counts. */
  #tag: string | null = null

  constructor(first: Party, options: IdentityOptions) {
    this.#first = first
    this.#said = first.address
    this.#options = options
  }

  /** Who it is by an answer to a request of ours; `null` where that tells nothing. `tag` tells the device. */
  answered(answer: IdentityFields, tag: string, isFinal: boolean): Party | null {
    const asserted = assertedOf(answer, this.#options)
    if (asserted && !asserted.withheld) {
      this.#tag = tag
      return asserted
    }
    // Another device than the one that was told of while it rang.
    const isOther = isFinal && this.#tag !== null && this.#tag !== tag
    if (isFinal) this.#tag = tag
    return isOther ? this.#first : null
  }

  /** Who it is by a request of the far side; `null` where that tells nothing new. */
  asked(request: CallerRequest): Party | null {
    const said = saidOf(request, this.#options)
    const isNew = said.address !== this.#said
    this.#said = said.address
    return assertedOf(request, this.#options) ?? (isNew ? said : null)
  }
}
