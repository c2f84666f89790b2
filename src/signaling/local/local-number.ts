/** Where the number of a tab without a user id is kept, so that a reload keeps it. */
const storageKey = 'att-phone:number'

/**
 * A number of four digits to be reached at, short enough to be read out to the other tab; no other tab has it until
 * `signal` aborts. A tab that was reloaded gets its own again, a copy of a tab gets another.
 */
export async function takeNumber(signal: AbortSignal): Promise<string> {
  const kept = read()
  if (kept && (await take(kept, signal))) return kept
  for (;;) {
    const number = String(1000 + ((crypto.getRandomValues(new Uint16Array(1))[0] ?? 0) % 9000))
    if (!(await take(number, signal))) continue
    write(number)
    return number
  }
}

/** Holds the lock of a number, if nobody does. */
function take(number: string, signal: AbortSignal): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(`${storageKey}:${number}`, { ifAvailable: true }, (lock) => {
        resolve(lock !== null)
        if (!lock || signal.aborted) return undefined
        return new Promise<void>((release) => signal.addEventListener('abort', () => release(), { once: true }))
      })
      .catch(reject)
  })
}

// Storage may be forbidden to the page; then the number lasts as long as the sign-in.
function read(): string | null {
  try {
    return sessionStorage.getItem(storageKey)
  } catch {
    return null
  }
}

function write(number: string): void {
  try {
    sessionStorage.setItem(storageKey, number)
  } catch {
    // As above.
  }
}
