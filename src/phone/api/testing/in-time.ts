/** How long a test waits for what it expects, in ms. */
const patience = 6000

/** `promise`, with a limit of time and words for what did not come. */
export async function inTime<T>(what: () => string, promise: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`In vain: ${what()}`)), patience)
  })
  try {
    return await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
