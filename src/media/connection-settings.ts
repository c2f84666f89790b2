/** How the next peer connection finds its way. */
export interface ConnectionSettings {
  readonly iceServers: readonly RTCIceServer[]
  /** `relay` sends nothing but relay candidates; `none` gathers no candidate at all. */
  readonly iceTransport: 'all' | 'none' | 'relay'
  /** `false` leaves no IPv6 candidate. */
  readonly ipv6: boolean
}

export const defaultConnectionSettings: ConnectionSettings = Object.freeze({
  iceServers: Object.freeze([]) as readonly RTCIceServer[],
  iceTransport: 'all',
  ipv6: false,
})
