/** How the next peer connection finds its way. */
export interface ConnectionSettings {
  readonly iceServers: readonly RTCIceServer[]
  /** `relay` sends nothing but relay candidates; `none` gathers no candidate at all. */
  readonly iceTransport: 'all' | 'none' | 'relay'
  /** `false` leaves no IPv6 candidate. */
  readonly ipv6: boolean
  /** Names of codecs to prefer, best first, in any case: `['PCMU', 'VP8']`. Empty: the browser's own order. */
  readonly codecs: readonly string[]
}

export const defaultConnectionSettings: ConnectionSettings = Object.freeze({
  iceServers: Object.freeze([]),
  iceTransport: 'all',
  ipv6: false,
  codecs: Object.freeze([]),
})
