import { Grammar } from 'jssip'

/** How many parses wait for JsSIP to ask: more than one message has of fields that it parses. */
const memory = 64

type Parse = (text: string, rule: string) => unknown

const parseAnew: Parse = Grammar.parse.bind(Grammar)
const waiting = new Map<string, unknown>()
const keyOf = (text: string, rule: string): string => `${rule} ${text}`

/** JsSIP gets what was parsed here, once: it changes what it gets. */
const parseOnce: Parse = (text, rule) => {
  const key = keyOf(text, rule)
  if (!waiting.has(key)) return parseAnew(text, rule)
  const parsed = waiting.get(key)
  waiting.delete(key)
  return parsed
}

// Where a bundler lets nobody write there, JsSIP parses each field again.
Reflect.set(Grammar, 'parse', parseOnce)

/** What the grammar makes of it; -1 where it cannot read it, or fails over it as over a Contact of `*`. */
function attempt(text: string, rule: string): unknown {
  try {
    return parseAnew(text, rule)
  } catch {
    return -1
  }
}

/** Whether JsSIP's grammar can read this. Its parser is slow, so what it found is there when JsSIP asks next. */
export function isReadable(text: string, rule: string): boolean {
  const parsed = attempt(text, rule)
  if (parsed === -1) return false
  waiting.set(keyOf(text, rule), parsed)
  const [oldest] = waiting.keys()
  if (waiting.size > memory && oldest !== undefined) waiting.delete(oldest)
  return true
}
