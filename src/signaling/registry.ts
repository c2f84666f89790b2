import type { Signaling } from './signaling.ts'
import type { SipOptions } from './sip/sip-options.ts'

/** What a page says about its network. */
export interface NetworkOptions {
  /**
   * Address of the network. Absent or `null`: the tabs of this origin, with no server at all. `http(s):`: a gateway.
   * `ws(s):`: a SIP exchange; several, separated by blanks, stand in for each other.
   */
  readonly server?: string | null
  /** Settings of the SIP network alone. */
  readonly sip?: Omit<SipOptions, 'servers'> | null
}

/** Loads the network that an address asks for. Each is a chunk of its own. */
export async function loadSignaling({ server, sip }: NetworkOptions): Promise<Signaling> {
  if (!server) {
    const { LocalSignaling } = await import('./local/local-signaling.ts')
    return new LocalSignaling()
  }
  if (/^wss?:/i.test(server)) {
    const { SipSignaling } = await import('./sip/sip-signaling.ts')
    return new SipSignaling({ ...sip, servers: server.split(/\s+/) })
  }
  const { GatewaySignaling } = await import('./gateway/gateway-signaling.ts')
  return new GatewaySignaling(server)
}
