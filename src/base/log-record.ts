import type { LogRecord, LogSink } from './log-level.ts'
import { mask, maskText } from './mask.ts'

/** The console of browser and Node alike; this file knows neither. */
interface Console {
  readonly error: ConsoleMethod
  readonly warn: ConsoleMethod
  readonly info: ConsoleMethod
  readonly debug: ConsoleMethod
}
type ConsoleMethod = (...values: readonly unknown[]) => void

export const consoleSink: LogSink = ({ name, level, message, details }) => {
  const { console } = globalThis as { readonly console?: Console }
  // console.trace would print the stack of this file.
  console?.[level === 'trace' ? 'debug' : level](`[${name}] ${message}`, ...details)
}

/** A line as it may leave: secrets hidden, numbers starred, values copied. */
export function record({ message, details, ...rest }: LogRecord): LogRecord {
  return { ...rest, message: maskText(message), details: details.map(mask) }
}
