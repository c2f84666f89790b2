import type { Signaling } from '../signaling/signaling.ts'

/** What a page may set about a phone. */
export interface PhoneOptions {
  /**
   * Address of the network. Absent or `null`: the tabs of this origin, with no server at all. `http(s):`: a gateway.
   * `ws(s):`: a SIP exchange. Takes effect at the next sign-in.
   */
  readonly server?: string | null
  /** Makes the page's own network, in place of `server`. */
  readonly signaling?: (() => Signaling) | null
  /** Whether the phone rings and plays ringback, busy and key tones by itself. Default `false`. */
  readonly tones?: boolean
  /** How long an outgoing call rings before it is taken back, in ms. Default 60,000. */
  readonly ringTimeout?: number
}

export const defaultPhoneOptions = { server: null, signaling: null, tones: false, ringTimeout: 60_000 } as const
