import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** From this width on the person stands beside the keypad, in CSS px; the style sheet has the same. */
const widest = 560

/** Whether its host is laid out wide. */
export class WideLayout implements ReactiveController {
  readonly #observer: ResizeObserver | null
  #wide = false

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this)
    this.#observer =
      'ResizeObserver' in globalThis
        ? new ResizeObserver(([entry]) => this.#resized(entry?.contentRect.width ?? 0))
        : null
  }

  get wide(): boolean {
    return this.#wide
  }

  hostConnected(): void {
    this.#observer?.observe(this.host)
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
  }

  #resized(width: number): void {
    const wide = width >= widest
    if (wide === this.#wide) return
    this.#wide = wide
    this.host.requestUpdate()
  }
}
