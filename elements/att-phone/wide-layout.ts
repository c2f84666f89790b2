import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** From this width on the person stands beside the keypad, in CSS px; the style sheet has the same. */
const widest = 560

/** Whether its host is laid out wide. */
export class WideLayout implements ReactiveController {
  #observer: ResizeObserver | null = null
  #wide = false

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this)
  }

  get wide(): boolean {
    return this.#wide
  }

  hostConnected(): void {
    // That of the document the phone stands in now: Chromium delivers nothing to the observer of another one.
    const view = this.host.ownerDocument.defaultView as typeof globalThis | null
    if (!view || !('ResizeObserver' in view)) return
    this.#observer = new view.ResizeObserver(([entry]) => this.#resized(entry?.contentRect.width ?? 0))
    this.#observer.observe(this.host)
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = null
  }

  #resized(width: number): void {
    const wide = width >= widest
    if (wide === this.#wide) return
    this.#wide = wide
    this.host.requestUpdate()
  }
}
