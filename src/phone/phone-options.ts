import type { NetworkOptions } from '../signaling/registry.ts'
import type { Signaling } from '../signaling/signaling.ts'
import type { DialPlan } from './numbers/dial-plan.ts'

export type HandOverPolicy = boolean | 'ask'

/** What a page may set about a phone. The network takes effect at the next sign-in. */
export interface PhoneOptions extends NetworkOptions {
  /** Makes the page's own network, in place of `server`. */
  readonly signaling?: (() => Signaling) | null
  /**
   * Gives another token for the user who is signed in: asked before the one of sign-in expires (its `exp` claim, RFC 7519),
   * and when a gateway refuses it. While it rejects the session goes on; it ends only when a fresh token is refused.
   * Default: none; a token that is a function at sign-in does the same.
   */
  readonly credentials?: (() => { readonly token?: string } | Promise<{ readonly token?: string }>) | null
  /** Whether the phone rings and plays ringback, busy and key tones by itself. Default `false`. */
  readonly tones?: boolean
  /** How long an outgoing call rings before it is taken back, in ms. Default 60,000. */
  readonly ringTimeout?: number
  /** Whether somebody rings who calls while another call rings or is dialled; else that call is busy. Default `true`. */
  readonly callWaiting?: boolean
  /**
   * Whether the host of a conference may make this phone its host. `ask`: the person is asked each time
   * (`conference:hand-over-requested`), and silence for 30 s is no. After a no nobody is asked for a minute, and twice as
   * long after each further one in that call. `true`: nobody is asked. `false`: the host is refused. Default `ask`.
   */
  readonly allowHandOver?: HandOverPolicy
  /**
   * Whether calls go on when their page is loaded anew: the page that comes within 30 s takes them up as it signs in. Where
   * none does they end. `true`: also over SIP, where the far side has to find out by itself. `false`: calls end with their
   * page, at once. Default: `null`, which is over a gateway alone.
   */
  readonly resumeCalls?: boolean | null
  /** Names of codecs the next call prefers, best first: `['PCMU']`. Default: none, which is the browser's own order. */
  readonly codecs?: readonly string[]
  /**
   * Whether a call that asks to be answered by itself is (an intercom: `answer-after`), by sound alone, while there is no
   * other call. Everybody can ask for it: only for an exchange that lets nobody else. Default `false`.
   */
  readonly autoAnswer?: boolean
  /**
   * How what is typed becomes what is dialled, and how numbers are written. Default: on SIP the exchange's own,
   * `exchange`; elsewhere `north-american`.
   */
  readonly dialPlan?: DialPlan | null
}

export const defaultPhoneOptions = {
  server: null,
  sip: null,
  signaling: null,
  credentials: null,
  tones: false,
  ringTimeout: 60_000,
  callWaiting: true,
  allowHandOver: 'ask',
  resumeCalls: null,
  codecs: [],
  dialPlan: null,
  autoAnswer: false,
} as const
