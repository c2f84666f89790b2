/** Browser and Node have it alike; this folder compiles without the types of either. */
declare function queueMicrotask(callback: () => void): void

/** Calls back when the code that runs now is done. */
export function microtask(callback: () => void): void {
  queueMicrotask(callback)
}

/** Reports an error as the runtime reports one nobody caught, and lets the code that runs now go on. */
export function throwLater(error: unknown): void {
  queueMicrotask(() => {
    throw error
  })
}
