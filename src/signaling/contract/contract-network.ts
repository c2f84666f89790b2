import type { Identity, Signaling } from '../signaling.ts'

/** A `Signaling` that nobody has signed in yet, and what to sign it in with. */
export interface Device {
  readonly signaling: Signaling
  readonly identity: Identity
  /** What others dial to reach it. */
  readonly address: string
}

/** What the contract suite needs to know of a network. */
export interface ContractNetwork {
  readonly name: string
  /** A new device of `user`. The same name in one test is the same user; a test's users are unknown to any other page. */
  readonly device: (user: string) => Promise<Device>
  /** Cuts the path between the network and `signaling`, at least. Absent where a test cannot do that. */
  readonly lose?: (signaling: Signaling) => Promise<void>
  /** Makes the network forget the session of `signaling`. Absent where a test cannot do that. */
  readonly expire?: (signaling: Signaling) => Promise<void>
  /**
   * Whether it is the caller, and nobody before, who chooses between two devices that answer at once: the one that was
   * not chosen may have been connected for a moment. Default false: its answer is refused.
   */
  readonly callerChooses?: boolean
  /** What may outlive a sign-out for a while, because a library keeps it: a part of its name in `OpenResources`. */
  readonly tolerates?: RegExp
}
