/** Calls `giveUp` when nobody has answered for `timeout` ms, unless `signal` aborts first. */
export function limitRinging(timeout: number, signal: AbortSignal, giveUp: () => void): void {
  const timer = setTimeout(giveUp, timeout)
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
}
