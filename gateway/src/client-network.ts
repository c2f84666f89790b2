import ipaddr from 'ipaddr.js'

/** Of an IPv6 address the part that a provider gives to one customer at the least, in groups of 16 bits. */
const networkGroups = 4

/**
 * By what clients are counted: their IPv4 address, or the /64 of their IPv6 address, for anybody who has one address of
 * it has them all (RFC 6177). `address` may have a port, as some proxies write it; what is no address counts as it is.
 */
export function clientNetwork(address: string): string {
  const [, bracketed, plain] = /^(?:\[(.*)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(address.trim()) ?? []
  const bare = bracketed ?? plain ?? address.trim()
  if (!ipaddr.isValid(bare)) return bare
  const parsed = ipaddr.process(bare)
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString()
  const groups = parsed.parts.slice(0, networkGroups).map((group) => group.toString(16))
  return `${groups.join(':')}::/64`
}

/** Whether `address` is of this machine alone, written as IPv4, as IPv6, or as the one in the other. */
export const isLoopbackAddress = (address: string): boolean =>
  ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'

/** Whether a `Host` header names this machine as loopback: a page can have a name of its own lead to it (DNS rebinding). */
export function isLoopbackHost(host: string): boolean {
  const [, bracketed, plain = ''] = /^(?:\[(.*)\]|([^:]*))(?::\d+)?$/.exec(host) ?? []
  return /^(?:.+\.)?localhost$/i.test(plain) || isLoopbackAddress(bracketed ?? plain)
}
