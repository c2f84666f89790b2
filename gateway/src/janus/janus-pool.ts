import { setTimeout as pause } from 'node:timers/promises'
import { timeLimit } from '../../../src/base/time-limit.ts'
import type { ConferenceRooms } from './conference-rooms.ts'
import { JanusInstance, type JanusSecrets } from './janus-instance.ts'
import { JanusError } from './janus-message.ts'

export interface RoomsWanted {
  readonly patience: number
  readonly pictures: boolean
}

/** The instances of Janus that a gateway has. */
export class JanusPool {
  readonly #instances: readonly JanusInstance[]
  /** Who waits for an instance to come back. */
  readonly #waiting = new Set<() => void>()

  constructor(urls: readonly string[], secrets: JanusSecrets) {
    this.#instances = urls.map((url) => new JanusInstance(url, secrets, () => this.#wake()))
  }

  /** How many instances can be reached. */
  get reachable(): number {
    return this.#instances.filter(({ isReachable }) => isReachable).length
  }

  /** Whether an instance passes on pictures; `null` while none can be asked. */
  get hasPictures(): boolean | null {
    return this.reachable === 0 ? null : this.#instances.some(({ hasPictures }) => hasPictures)
  }

  /**
   * The rooms of a conference at the instance that has the least to do; where none can be reached, as soon as one can.
   *
   * @param wanted how long to wait for one, in ms, and whether it has to pass on pictures
   * @throws JanusError when there was none
   */
  async createRooms(wanted: RoomsWanted, signal: AbortSignal): Promise<ConferenceRooms> {
    const tooLate = timeLimit(wanted.patience, signal)
    for (;;) {
      const rooms = await this.#createRooms(wanted)
      if (rooms) return rooms
      if (tooLate.aborted) throw new JanusError('No media server can be reached')
      await this.#change(tooLate)
    }
  }

  /** Ends every session. Never rejects. */
  async close(): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.close()))
  }

  /** `null` where no instance gives one. */
  async #createRooms({ pictures }: RoomsWanted): Promise<ConferenceRooms | null> {
    const fit = this.#instances.filter((instance) => (pictures ? instance.hasPictures : instance.isReachable))
    for (const instance of fit.sort((a, b) => a.load - b.load)) {
      const rooms = await instance.createRooms().catch(() => null)
      if (rooms) return rooms
    }
    return null
  }

  /** Resolves when there may be one more, or it is too late. */
  async #change(tooLate: AbortSignal): Promise<void> {
    const done = new AbortController()
    const wake = (): void => done.abort()
    this.#waiting.add(wake)
    // An instance that is there and refuses may do better a moment later.
    await pause(1000, undefined, { signal: AbortSignal.any([tooLate, done.signal]) }).catch(() => {})
    this.#waiting.delete(wake)
  }

  #wake(): void {
    for (const wake of this.#waiting) wake()
  }
}
