import { getLogLevel, logger, loggerNames, logLevels, resetLogLevels, setLogLevel, type LogLevel } from '../base/log.ts'

/** A named source of log lines, as the original had it. What is logged is masked: numbers and tokens do not appear. */
export interface AttLogger {
  readonly logError: LogMethod
  readonly logWarning: LogMethod
  readonly logInfo: LogMethod
  readonly logDebug: LogMethod
  readonly logTrace: LogMethod
  /** @throws {TypeError} when there is no such level; nothing changes then. */
  setLogLevel(level: LogLevel): void
  getLogLevel(): LogLevel
  /** Whether the page made it. */
  isCustomType(): boolean
}

/** Logs a text, or any other value. */
export type LogMethod = (message: unknown, ...details: readonly unknown[]) => void

/** Levels by the name of the logger. */
export type ModuleLevels = Readonly<Record<string, LogLevel>>

const levels: readonly LogLevel[] = Object.freeze(logLevels.filter((level) => level !== 'silent'))
const faces = new Map<string, AttLogger>()
const custom = new Set<string>()
/** Loggers the page has deleted: the log itself forgets no name. */
const deleted = new Set<string>()

function makeLogger(name: string): AttLogger {
  const log = logger(name)
  const at =
    (level: 'error' | 'warn' | 'info' | 'debug' | 'trace'): LogMethod =>
    (message, ...details) =>
      typeof message === 'string' ? log[level](message, ...details) : log[level]('', message, ...details)
  return Object.freeze({
    logError: at('error'),
    logWarning: at('warn'),
    logInfo: at('info'),
    logDebug: at('debug'),
    logTrace: at('trace'),
    setLogLevel: (level: LogLevel) => setLogLevel(level, name),
    getLogLevel: () => getLogLevel(name),
    isCustomType: () => custom.has(name),
  })
}

function getLoggers(): readonly string[] {
  return loggerNames().filter((name) => !deleted.has(name))
}

function getLogger(module: string): AttLogger {
  deleted.delete(module)
  let face = faces.get(module)
  if (!face) faces.set(module, (face = makeLogger(module)))
  return face
}

function createCustomLogger(module: string): AttLogger {
  custom.add(module)
  return getLogger(module)
}

function deleteCustomLogger(module: string): void {
  if (!custom.delete(module)) return
  faces.delete(module)
  deleted.add(module)
}

/** Sets one level for every module, those with a level of their own included. */
function setGlobalLogLevel(level: LogLevel): void {
  setLogLevel(level)
  resetLogLevels()
  setLogLevel(level)
}

const levelsBy = (level: (name: string) => LogLevel): ModuleLevels =>
  Object.fromEntries(getLoggers().map((name) => [name, level(name)]))

/** What is logged, and by whom. At first everything is `silent`. */
export const logManager = {
  getLogLevels: (): readonly LogLevel[] => levels,
  /** Names of the loggers there are. */
  getLoggers,
  /** The logger of that name; made when there is none. */
  getLogger,
  setGlobalLogLevel,
  getGlobalLogLevel: (): LogLevel => getLogLevel(),
  getModuleDefaults: (): ModuleLevels => levelsBy(() => 'silent'),
  getCurrentModuleLogLevels: (): ModuleLevels => levelsBy(getLogLevel),
  resetLogLevels,
  createCustomLogger,
  deleteCustomLogger,
}
