import { setTimeout as pause } from 'node:timers/promises'
import type { AudioBridgeRoom } from './audio-bridge-room.ts'
import { JanusInstance, type JanusSecrets } from './janus-instance.ts'
import { JanusError } from './janus-message.ts'

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

  /**
   * A room at the instance that has the least to do; where none can be reached, as soon as one can.
   *
   * @param patience how long to wait for one, in ms
   * @throws JanusError when there was none
   */
  async createRoom(patience: number, signal: AbortSignal): Promise<AudioBridgeRoom> {
    const tooLate = AbortSignal.any([signal, AbortSignal.timeout(patience)])
    for (;;) {
      const room = await this.#createRoom()
      if (room) return room
      if (tooLate.aborted) throw new JanusError('No media server can be reached')
      await this.#change(tooLate)
    }
  }

  /** Ends every session. Never rejects. */
  async close(): Promise<void> {
    await Promise.all(this.#instances.map((instance) => instance.close()))
  }

  /** `null` where no instance gives one. */
  async #createRoom(): Promise<AudioBridgeRoom | null> {
    const candidates = this.#instances.filter(({ isReachable }) => isReachable).sort((a, b) => a.load - b.load)
    for (const instance of candidates) {
      const room = await instance.createRoom().catch(() => null)
      if (room) return room
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
