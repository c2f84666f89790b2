import { mask, maskText } from './mask.ts'

/** What is logged: a level and all before it. */
export const logLevels = Object.freeze(['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const)
export type LogLevel = (typeof logLevels)[number]
type Severity = Exclude<LogLevel, 'silent'>

/** One line of the log, secrets hidden and numbers starred. */
export interface LogRecord {
  readonly time: Date
  /** Name of the logger. */
  readonly name: string
  readonly level: Severity
  readonly message: string
  readonly details: readonly unknown[]
}

export type LogSink = (record: LogRecord) => void

/** A named source of log lines. `details` may be any values; they are copied and masked, never kept. */
export type Logger = { readonly name: string } & Readonly<
  Record<Severity, (message: string, ...details: readonly unknown[]) => void>
>

/** The console of browser and Node alike; this file knows neither. */
interface Console {
  readonly error: ConsoleMethod
  readonly warn: ConsoleMethod
  readonly info: ConsoleMethod
  readonly debug: ConsoleMethod
}
type ConsoleMethod = (...values: readonly unknown[]) => void

const consoleSink: LogSink = ({ name, level, message, details }) => {
  const { console } = globalThis as { readonly console?: Console }
  // console.trace would print the stack of this file.
  console?.[level === 'trace' ? 'debug' : level](`[${name}] ${message}`, ...details)
}

const loggers = new Map<string, Logger>()
const ownLevels = new Map<string, LogLevel>()
let globalLevel: LogLevel = 'silent'
let sink: LogSink = consoleSink

function write(name: string, level: Severity, message: string, details: readonly unknown[]): void {
  if (logLevels.indexOf(level) > logLevels.indexOf(getLogLevel(name))) return
  try {
    sink({ time: new Date(), name, level, message: maskText(message), details: details.map(mask) })
  } catch {
    // A log that cannot be written must not end the call it tells of.
  }
}

/** The logger of that name; the same one each time. */
export function logger(name: string): Logger {
  const known = loggers.get(name)
  if (known) return known
  const at =
    (level: Severity): Logger[Severity] =>
    (message, ...details) =>
      write(name, level, message, details)
  const made: Logger = Object.freeze({
    name,
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    trace: at('trace'),
  })
  loggers.set(name, made)
  return made
}

/** Names of the loggers there are, in the order they were made. */
export function loggerNames(): readonly string[] {
  return [...loggers.keys()]
}

/**
 * Sets what is logged, from now on: by the logger of that name, made or not yet made, or else by all that have no
 * level of their own. At first all are `silent`.
 *
 * @throws TypeError when there is no such level; nothing changes then.
 */
export function setLogLevel(level: LogLevel, name?: string): void {
  if (!logLevels.includes(level)) {
    throw new TypeError(`There is no log level ${level}: use one of ${logLevels.join(', ')}`)
  }
  if (name === undefined) globalLevel = level
  else ownLevels.set(name, level)
}

/** The level the logger of that name goes by; without a name, the global level. */
export function getLogLevel(name?: string): LogLevel {
  return (name === undefined ? undefined : ownLevels.get(name)) ?? globalLevel
}

/** Makes all silent again, and no logger has a level of its own. */
export function resetLogLevels(): void {
  globalLevel = 'silent'
  ownLevels.clear()
}

/** Sends the log elsewhere; `null` sends it to the console again. What the sink throws is dropped. */
export function setLogSink(to: LogSink | null): void {
  sink = to ?? consoleSink
}
