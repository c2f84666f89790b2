import type { NetworkOptions } from '../signaling/registry.ts'
import type { Signaling } from '../signaling/signaling.ts'

/** What a page may set about a phone. The network takes effect at the next sign-in. */
export interface PhoneOptions extends NetworkOptions {
  /** Makes the page's own network, in place of `server`. */
  readonly signaling?: (() => Signaling) | null
  /** Whether the phone rings and plays ringback, busy and key tones by itself. Default `false`. */
  readonly tones?: boolean
  /** How long an outgoing call rings before it is taken back, in ms. Default 60,000. */
  readonly ringTimeout?: number
  /** Names of codecs the next call prefers, best first: `['PCMU']`. Default: none, which is the browser's own order. */
  readonly codecs?: readonly string[]
}

export const defaultPhoneOptions = {
  server: null,
  sip: null,
  signaling: null,
  tones: false,
  ringTimeout: 60_000,
  codecs: [],
} as const
