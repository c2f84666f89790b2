/** Something that is loaded on first use. A failure is not kept: the next use asks again. */
export class Lazy<T> {
  readonly #load: () => Promise<T>
  #loading: Promise<T> | null = null

  constructor(load: () => Promise<T>) {
    this.#load = load
  }

  get(): Promise<T> {
    if (!this.#loading) {
      const loading = (this.#loading = this.#load())
      loading.catch(() => {
        if (this.#loading === loading) this.#loading = null
      })
    }
    return this.#loading
  }

  /** Does something to it where it was loaded: a page that never used it has nothing to be told. */
  tell(task: (value: T) => void): void {
    this.#loading?.then(task).catch(() => {})
  }
}
