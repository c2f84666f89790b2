/**
 * A signal that aborts with `signal`, or with a `TimeoutError` after `ms`.
 *
 * `AbortSignal.any` over `AbortSignal.timeout` is no substitute: in Node 20 a timeout that nothing else holds is
 * collected as garbage, and the signal never aborts.
 */
export function timeLimit(ms: number, signal?: AbortSignal): AbortSignal {
  const limit = new AbortController()
  if (signal?.aborted) limit.abort(signal.reason)
  if (limit.signal.aborted) return limit.signal
  const end = (reason: unknown): void => {
    clearTimeout(timer)
    limit.abort(reason)
  }
  const timer = setTimeout(() => end(new DOMException(`Not within ${ms} ms`, 'TimeoutError')), ms)
  // No process stays up for it.
  ;(timer as unknown as { unref?: () => void }).unref?.()
  signal?.addEventListener('abort', () => end(signal.reason), { once: true, signal: limit.signal })
  return limit.signal
}
