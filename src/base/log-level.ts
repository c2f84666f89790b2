/** What is logged: a level and all before it. */
export const logLevels = Object.freeze(['silent', 'error', 'warn', 'info', 'debug', 'trace'] as const)
export type LogLevel = (typeof logLevels)[number]
export type Severity = Exclude<LogLevel, 'silent'>

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
