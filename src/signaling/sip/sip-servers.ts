import type { SipOptions, SipServer } from './sip-options.ts'

/** The servers of a page, and which to try first. */
export class SipServers {
  readonly #servers: readonly Required<SipServer>[]
  readonly #random: () => number
  #failed: string | null = null

  /** @throws {TypeError} when there is none, or one is no `ws:` or `wss:` address. */
  constructor(servers: SipOptions['servers'], random: () => number = Math.random) {
    const list = typeof servers === 'string' ? [servers] : servers
    this.#random = random
    this.#servers = list.map((server) => ({ weight: 1, ...(typeof server === 'string' ? { url: server } : server) }))
    if (this.#servers.length === 0) throw new TypeError('No SIP server: give at least one wss: address')
    for (const { url, weight } of this.#servers) {
      if (!/^wss?:/i.test(url) || !URL.canParse(url)) throw new TypeError(`Not a ws: or wss: address: ${url}`)
      if (!(weight >= 0)) throw new TypeError(`Not a weight: ${weight}; give a number from 0 up`)
    }
  }

  /** Whether another one may help where one fails. */
  get several(): boolean {
    return this.#servers.length > 1
  }

  /** Host of the first server: the domain of a user id that names none. */
  get host(): string {
    return new URL(this.#servers[0]?.url ?? '').hostname
  }

  /** Remembers that this server failed: it comes last next time. */
  failed(url: string): void {
    this.#failed = url
  }

  /** Every server once, in the order to try: drawn by weight (RFC 2782), the one that failed last at the end. */
  order(): readonly string[] {
    const left = [...this.#servers]
    const order: string[] = []
    while (left.length > 0) {
      const [drawn] = left.splice(this.#draw(left), 1)
      if (drawn) order.push(drawn.url)
    }
    const isFailed = (url: string) => url === this.#failed
    return [...order.filter((url) => !isFailed(url)), ...order.filter(isFailed)]
  }

  #draw(servers: readonly Required<SipServer>[]): number {
    const total = servers.reduce((sum, { weight }) => sum + weight, 0)
    let rest = this.#random() * total
    const index = servers.findIndex(({ weight }) => (rest -= weight) < 0)
    return Math.max(index, 0)
  }
}
