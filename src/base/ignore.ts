import type { Logger } from './log.ts'

/**
 * Waits for a promise whose failure changes nothing: it is written to the log, at debug. Never rejects.
 *
 * @param what did not work, in words for the log
 */
export async function ignore(log: Logger, promise: Promise<unknown> | undefined, what: string): Promise<void> {
  try {
    await promise
  } catch (error) {
    log.debug(what, error)
  }
}
