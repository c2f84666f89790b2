/** Good stretches in a row after which an overload is over. */
const recovery = 3

/** Says at once that there is an overload, and that it is over when it has been for a while. */
export class OverloadLatch {
  readonly #changed: (overload: boolean) => void
  #overload = false
  #good = 0

  constructor(changed: (overload: boolean) => void) {
    this.#changed = changed
  }

  note(overload: boolean): void {
    this.#good = overload ? 0 : this.#good + 1
    if (overload === this.#overload || (!overload && this.#good < recovery)) return
    this.#overload = overload
    this.#changed(overload)
  }
}
