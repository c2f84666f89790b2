import type { Cause } from './cause.ts'

/** What is known of a call whose sound found no way. */
export interface PathFacts {
  /** The servers that were to help. */
  readonly servers: { readonly stun: boolean; readonly turnByUdp: boolean; readonly turnByTcp: boolean }
  /** The candidates that were found with their help. */
  readonly found: { readonly reflexive: boolean; readonly relayByUdp: boolean; readonly relayByTcp: boolean }
  /** Whether any check of any pair was answered. */
  readonly answered: boolean
}

/**
 * Why no sound gets through. A network that lets no UDP out shows by servers that never answer by UDP, or, without any,
 * by checks that none answers: what helps is a relay that is reached by TCP or TLS.
 */
export function diagnosePath({ servers, found, answered }: PathFacts): Cause {
  if (answered) return 'no-media-path'
  const asked = servers.stun || servers.turnByUdp
  const helped = found.reflexive || found.relayByUdp
  if (found.relayByTcp) return 'no-media-path'
  return asked && helped ? 'no-media-path' : 'udp-blocked'
}

/** The facts of a connection that failed. */
export async function readPath(connection: RTCPeerConnection): Promise<PathFacts> {
  const urls = (connection.getConfiguration().iceServers ?? []).flatMap(({ urls }) => urls)
  const byTcp = (url: string) => /^turns:|transport=tcp/i.test(url)
  const found = { reflexive: false, relayByUdp: false, relayByTcp: false }
  let answered = false
  const report = (await connection.getStats()) as ReadonlyMap<string, Record<string, unknown>>
  for (const entry of report.values()) {
    if (entry['type'] === 'candidate-pair') answered ||= Number(entry['responsesReceived'] ?? 0) > 0
    if (entry['type'] !== 'local-candidate') continue
    if (entry['candidateType'] === 'srflx') found.reflexive = true
    if (entry['candidateType'] !== 'relay') continue
    if (entry['relayProtocol'] === 'udp' || entry['relayProtocol'] === undefined) found.relayByUdp = true
    else found.relayByTcp = true
  }
  return {
    servers: {
      stun: urls.some((url) => /^stun/i.test(url)),
      turnByUdp: urls.some((url) => /^turn:/i.test(url) && !byTcp(url)),
      turnByTcp: urls.some(byTcp),
    },
    found,
    answered,
  }
}
