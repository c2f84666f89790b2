/** Whether an address leads to this very machine, so that nobody on the way can read what is sent. */
export function isLoopback(url: string): boolean {
  if (!URL.canParse(url)) return false
  // `ws:` is no special scheme for every parser of addresses; `http:` is.
  const { hostname } = new URL(url.replace(/^ws/i, 'http'))
  return /^(?:localhost|(?:.+\.)localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(hostname)
}
