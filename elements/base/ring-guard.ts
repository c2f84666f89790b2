import type { ReactiveController, ReactiveControllerHost } from 'lit'

/** How long after a ring a press may still be meant for what was there before, in ms. */
const grace = 500

/**
 * Keeps what a person was typing or clicking when a call came in from answering or declining it: shortly after the ring
 * a key counts only where the focus was moved to the control meanwhile, a pointer only where it was moved onto it. What
 * the page does by its own code counts always.
 */
export class RingGuard implements ReactiveController {
  #index: number | null = null
  #since = -Infinity
  #focusCame = false
  #pointerCame = false

  constructor(host: ReactiveControllerHost & HTMLElement) {
    host.addController(this)
    host.addEventListener('focusin', () => (this.#focusCame = true))
    host.addEventListener('pointermove', () => (this.#pointerCame = true))
    host.addEventListener('click', (event) => this.#check(event), { capture: true })
  }

  hostConnected(): void {
    this.#begin()
  }

  /** Call `index` rings, or none does. */
  ring(index: number | null): void {
    if (index === this.#index) return
    this.#index = index
    this.#begin()
  }

  #begin(): void {
    this.#since = performance.now()
    this.#focusCame = this.#pointerCame = false
  }

  #check(event: MouseEvent): void {
    // A click that a key made has no clicks to count.
    const meant = event.detail === 0 ? this.#focusCame : this.#pointerCame
    if (!event.isTrusted || meant || performance.now() - this.#since >= grace) return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
}
