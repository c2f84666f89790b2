import type { Signaling } from './signaling.ts'

/** What a page says about its network. */
export interface NetworkOptions {
  /** Absent: the tabs of this origin. `http(s):`: a gateway. `ws(s):`: a SIP exchange. */
  readonly server?: string | null | undefined
}

/** Loads the network that an address asks for. Each is a chunk of its own. */
export async function loadSignaling({ server }: NetworkOptions): Promise<Signaling> {
  if (!server) {
    const { LocalSignaling } = await import('./local/local-signaling.ts')
    return new LocalSignaling()
  }
  if (/^wss?:/i.test(server)) throw new TypeError('SIP is not part of this build')
  const { GatewaySignaling } = await import('./gateway/gateway-signaling.ts')
  return new GatewaySignaling(server)
}
