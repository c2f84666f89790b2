import { logLevels, type LogLevel, type LogSink, type Severity } from './log-level.ts'

export { logLevels, type LogLevel, type LogRecord, type LogSink } from './log-level.ts'

/** A named source of log lines. `details` may be any values; they are copied and masked, in
 * the order they were given, a moment after. */
export type Logger = { readonly name: string } & Readonly<
  Record<Severity, (message: string, ...details: readonly unknown[]) => void>
>

const loggers = new Map<string, Logger>()
const ownLevels = new Map<string, LogLevel>()
let globalLevel: LogLevel = 'silent'
/** `null` for the console. */
let sink: LogSink | null = null
let written: Promise<void> = Promise.resolve()

function write(name: string, level: Severity, message: string, details: readonly unknown[]): void {
  if (logLevels.indexOf(level) > logLevels.indexOf(getLogLevel(name))) return
  const time = new Date()
  // What masks and writes is loaded with the first line: most pages never have one.
  written = written.then(async () => {
    const { record, consoleSink } = await import('./log-record.ts')
    ;(sink ?? consoleSink)(record({ time, name, level, message, details }))
  })
  // A log that cannot be written must not end the call it tells of.
  written = written.catch(() => {})
}

/** Resolves when every line given so far is written. */
export function logWritten(): Promise<void> {
  return written
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
  sink = to
}
