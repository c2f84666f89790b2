import type { AbortSignalLike } from './abort-signal.ts'

/** Settles as `promise` does, or rejects with the reason of `signal` when that aborts first. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignalLike): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
