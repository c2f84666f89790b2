import type { EventBatch } from '../event-queue.ts'
import type { EventChannel } from './event-channel.ts'

/** One long poll: it takes one batch, or gives up empty-handed. */
export class PollChannel implements EventChannel {
  readonly result: Promise<EventBatch | null>
  #settle: ((batch: EventBatch | null) => void) | null = null
  readonly #timer: NodeJS.Timeout

  /** `wait` in ms. */
  constructor(wait: number) {
    this.result = new Promise((resolve) => {
      this.#settle = resolve
    })
    this.#timer = setTimeout(() => this.close(), wait)
  }

  get ready(): boolean {
    return this.#settle !== null
  }

  send(batch: EventBatch): void {
    this.#finish(batch)
  }

  ping(): void {
    // A poll is over soon by itself.
  }

  close(): void {
    this.#finish(null)
  }

  #finish(batch: EventBatch | null): void {
    clearTimeout(this.#timer)
    this.#settle?.(batch)
    this.#settle = null
  }
}
