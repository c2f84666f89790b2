/** How long a test waits for something to become true, in ms, before it says that it did not. */
const patience = 30_000

/** How often a condition that announces nothing is looked at, in ms. */
const interval = 25

/** Resolves with the first value of `read` that `holds` accepts. For what has no event: statistics, above all. */
export async function eventually<T>(
  what: string,
  read: () => T | Promise<T>,
  holds: (value: T) => boolean = Boolean,
): Promise<T> {
  const began = performance.now()
  for (;;) {
    // Statistics of a connection that is closed meanwhile never come.
    const value = await inTime(what, Promise.resolve(read()), () => 'nothing to be read')
    if (holds(value)) return value
    if (performance.now() - began > patience) throw new Error(`Never: ${what}. At last: ${JSON.stringify(value)}`)
    await new Promise((resolve) => setTimeout(resolve, interval))
  }
}

/** `promise`, with a limit of time and words for what did not come. */
export async function inTime<T>(what: string, promise: Promise<T>, state: () => unknown): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`Never: ${what}. So far: ${JSON.stringify(state())}`)), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
