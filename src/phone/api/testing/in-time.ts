/** How long a test waits for what it expects, in ms. */
const patience = 30_000

/** `promise`, with a limit of time and words for what did not come. */
export async function inTime<T>(what: () => string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Never: ${what()}`)), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}

/** How often a condition that announces nothing is looked at, in ms. */
const interval = 20

/** Resolves when `holds` accepts what `read` gives. For what has no event of its own. */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  holds: (value: T) => boolean,
): Promise<void> {
  let value = await read()
  const over = new AbortController()
  const waiting = async () => {
    while (!holds(value) && !over.signal.aborted) {
      await new Promise((resolve) => setTimeout(resolve, interval))
      value = await read()
    }
  }
  try {
    await inTime(() => `${what}. At last: ${JSON.stringify(value)}`, waiting())
  } finally {
    over.abort()
  }
}
