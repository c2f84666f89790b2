/**
 * Runs asynchronous tasks one after the other, in the order they came. A task that fails does not keep the next from
 * running; its error goes to the caller who gave it.
 */
export class TaskQueue {
  #last: Promise<unknown> = Promise.resolve()

  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.#last.then(task)
    this.#last = result.catch(() => {})
    return result
  }
}
