/**
 * The parts of a caller's URI, and each of its parameters under its own name. Of a sip:, sips: or tel: URI `protocol`,
 * `callerId`, `domain` and `port` are always there, empty where the URI lacks them; without a scheme there are only
 * those that it has. Network text: show it as text, never as markup.
 */
export interface CallerInfo {
  readonly protocol?: string
  readonly callerId?: string
  readonly domain?: string
  readonly port?: string
  readonly [parameter: string]: string | undefined
}

const longestUri = 2048

/** Parameters as entries; one without a value, `lr`, gets an empty one. Headers after `?` are not the caller's. */
function readParameters(text: string): [string, string][] {
  const [parameters = ''] = text.split('?', 1)
  return parameters
    .split(';')
    .filter((parameter) => parameter !== '')
    .map((parameter) => {
      const equals = parameter.indexOf('=')
      return equals < 0 ? [parameter, ''] : [parameter.slice(0, equals), parameter.slice(equals + 1)]
    })
}

/** Reads a caller's URI (RFC 3261 section 19.1.1, RFC 3966 section 3); `null` for what is none. */
export function getCallerInfo(uri: unknown): CallerInfo | null {
  if (typeof uri !== 'string' || uri.length > longestUri) return null
  const [, scheme, rest = ''] = /^(?:(sips?|tel):)?(.*)$/is.exec(uri.trim()) ?? []
  if (rest === '') return null
  const protocol = scheme?.toLowerCase()
  const at = rest.lastIndexOf('@')
  const [, end = '', tail = ''] = /^([^;?]*)(.*)$/s.exec(rest.slice(at + 1)) ?? []
  const hosted = at >= 0 || protocol?.startsWith('sip')
  const [, domain = '', port = ''] = (hosted ? /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(end) : null) ?? []
  const [user = ''] = at >= 0 ? rest.slice(0, at).split(':', 1) : [hosted ? '' : end]
  const parts = Object.entries({ protocol, callerId: user, domain, port })
  const present = parts.filter(([, part]) => (protocol ? part !== undefined : part))
  // Entries and not assignments: a parameter named __proto__ stays a plain key, and none replaces a part.
  return Object.fromEntries([...readParameters(tail), ...present])
}
