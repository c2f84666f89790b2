import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { writeFragment } from '../../media/sdp-fragment.ts'

const log = logger('call')

/** Candidates of one fragment: a gateway takes 4 kB, and one candidate has at most 200 bytes. */
const atOnce = 16

/**
 * Sends candidates as they are found: the first at once, those found meanwhile together when it has arrived. They wait
 * until the call has an id.
 */
export class CandidateSender {
  readonly #transmit: (fragment: string) => Promise<unknown>
  #found: RTCIceCandidate[] = []
  #state: 'waiting' | 'idle' | 'sending' | 'closed' = 'waiting'

  constructor(transmit: (fragment: string) => Promise<unknown>) {
    this.#transmit = transmit
  }

  send(candidate: RTCIceCandidate): void {
    this.#found.push(candidate)
    void this.#drain()
  }

  /** The call is known to the exchange. */
  open(): void {
    if (this.#state === 'waiting') this.#state = 'idle'
    void this.#drain()
  }

  close(): void {
    this.#state = 'closed'
    this.#found = []
  }

  async #drain(): Promise<void> {
    while (this.#state === 'idle' && this.#found.length > 0) {
      this.#state = 'sending'
      const fragment = writeFragment(this.#found.splice(0, atOnce))
      // A path that could be found without these candidates will be; one that could not reports itself as lost.
      await ignore(log, this.#transmit(fragment), 'candidates were not taken')
      if (this.#state === 'sending') this.#state = 'idle'
    }
  }
}
