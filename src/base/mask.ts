const hidden = '***'
const secretKey = /pass(?:word|wd|phrase|code)|pwd|secret|token|credential|authorization|api[_-]?key|cookie|jwt/i

/** Longer texts are cut, deeper and longer values too: a log line is read by people, and may hold hostile input. */
const longestText = 10_000
const deepest = 6
const mostEntries = 100

/** Each pattern is linear in the length of the text; what it keeps is its first group. */
const secrets: readonly RegExp[] = [
  // The whole line: the fields of a Digest answer are as good as the password to who wants to guess it.
  /((?:authorization|cookie)\\?["']?\s{0,3}[:=]).*/gi,
  /(\b(?:bearer|basic)\s{1,3})[\w.~+/=-]+/gi,
  /()\beyJ[\w-]+(?:\.[\w-]*)+/g,
  /((?:pass(?:word|wd|phrase|code)|pwd|secret|token|credential|api[_-]?key)[\w-]{0,20}\\?["']?\s{0,3}[:=]\s{0,3})(?:\\?"[^"]*"|'[^']*'|[^\s"'&;,})]+)/gi,
  /(:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/g,
]

/** Seven digits and more, however they are separated: a number that could be called. */
const longNumber = /\p{Nd}(?:[\s().\/\p{Pd}]{0,3}\p{Nd}){6,}/gu

/** The text with secrets hidden and all but the last two digits of numbers starred. */
export function maskText(text: string): string {
  let masked = text.length > longestText ? `${text.slice(0, longestText)}…` : text
  for (const secret of secrets) masked = masked.replace(secret, `$1${hidden}`)
  return masked.replace(longNumber, (number) => number.replace(/\p{Nd}(?=(?:\P{Nd}*\p{Nd}){2})/gu, '*'))
}

type Walk = (value: unknown, key: string) => unknown

/** Keys are masked too, participants are kept by address; two that come out alike stay two. */
function maskEntries(entries: Iterable<readonly [unknown, unknown]>, walk: Walk): object {
  const masked = new Map<string, unknown>()
  for (const [key, value] of entries) {
    if (masked.size === mostEntries) {
      masked.set('…', hidden)
      break
    }
    const name = typeof key === 'string' ? key : typeof key
    let free = maskText(name)
    while (masked.has(free)) free += "'"
    masked.set(free, walk(value, name))
  }
  return Object.fromEntries(masked)
}

function maskObject(value: object, walk: Walk): unknown {
  if (value instanceof Date) return value
  if (Array.isArray(value)) return value.slice(0, mostEntries).map((item: unknown) => walk(item, ''))
  if (value instanceof Map) return maskEntries(value as Map<unknown, unknown>, walk)
  if (value instanceof Set) return walk([...(value as Set<unknown>)], '')
  if (value instanceof Error) {
    const { name, message, stack, cause } = value
    const own = Object.entries(value).filter(([key]) => key !== 'name')
    return maskEntries(Object.entries({ name, message, stack, cause, ...Object.fromEntries(own) }), walk)
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype) return maskEntries(Object.entries(value), walk)
  // An element, a connection, a response: its name tells enough, and walking it could go anywhere.
  return Object.prototype.toString.call(value)
}

/** A copy of any value that can be shown: secrets hidden, numbers starred, nothing in it that is live or endless. */
export function mask(value: unknown): unknown {
  const above: object[] = []
  const walk: Walk = (item, key) => {
    if (secretKey.test(key) && item !== undefined && item !== null) return hidden
    if (typeof item === 'string') return maskText(item)
    if (typeof item === 'bigint' || Number.isInteger(item))
      return Math.abs(Number(item)) < 1e6 ? item : maskText(String(item))
    if (typeof item === 'function') return '[function]'
    if (typeof item !== 'object' || item === null) return item
    if (above.includes(item) || above.length === deepest) return '[…]'
    above.push(item)
    try {
      return maskObject(item, walk)
    } catch {
      // A getter or a proxy of the page threw.
      return '[unreadable]'
    } finally {
      above.pop()
    }
  }
  return walk(value, '')
}
