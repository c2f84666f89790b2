/** Names that are given out within a network alone (RFC 6762, RFC 8375, ICANN's `.internal`). */
const localNames = /(^|\.)(local|lan|home\.arpa|internal|intranet|home)$/i

/** Addresses of a local network and of this machine: RFC 1918, RFC 6598, RFC 3927; RFC 4193, RFC 4291. */
const localIPv4 = /^(10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\.[\d.]+$/
const localIPv6 = /^\[(::1\]|f[cd]|fe[89ab])/i

/** Whether a host, as `URL.hostname` has it, is this machine: browsers trust it without TLS. */
export function isOfThisMachine(host: string): boolean {
  return /^(localhost|127\.[\d.]+|\[::1\])$|\.localhost$/i.test(host)
}

/** Whether a host is a number of a local network. */
export function isPrivateNumber(host: string): boolean {
  return !isOfThisMachine(host) && (localIPv4.test(host) || localIPv6.test(host))
}

/**
 * Whether a host is in a local network for certain: what Chromium lets a secure page reach without TLS, once the person
 * allowed it (Local Network Access, "mixed content").
 */
export function isSurelyPrivate(host: string): boolean {
  return isPrivateNumber(host) || /\.local$/i.test(host)
}

/**
 * Whether a host is in a local network, by its look: browsers go by the address that a name resolves to, which no page
 * is told.
 */
export function looksPrivate(host: string): boolean {
  const isLocal = isOfThisMachine(host) || isPrivateNumber(host) || localNames.test(host)
  if (isLocal) return true
  return host !== '' && !host.includes('.') && !host.startsWith('[')
}
