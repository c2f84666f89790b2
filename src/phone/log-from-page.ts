import { logger, logLevels, setLogLevel, type LogLevel } from '../base/log.ts'

/** Where a person at the page writes what is to be logged. */
const key = 'att-phone.log'

const isLevel = (text: string): text is LogLevel => (logLevels as readonly string[]).includes(text)

/**
 * Sets the log levels that `localStorage['att-phone.log']` names, so that a page in the field can be looked into without
 * a change of it: a level for all (`debug`), or one for each logger (`info, sip=debug`). What is no level is left out.
 */
export function logFromPage(): void {
  let wanted: string | null
  try {
    wanted = globalThis.localStorage?.getItem(key) ?? null
  } catch {
    // A frame without storage throws at the mention of it.
    return
  }
  for (const part of wanted?.split(',') ?? []) {
    const [first = '', second] = part.trim().split('=')
    const level = (second ?? first).trim()
    if (!isLevel(level)) logger('phone').warn(`${key} names no log level: use one of ${logLevels.join(', ')}`)
    else setLogLevel(level, second === undefined ? undefined : first.trim())
  }
}
