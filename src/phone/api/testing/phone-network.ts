import type { Signaling } from '../../../signaling/signaling.ts'
import type { LoginOptions } from '../../phone.ts'
import type { PhoneOptions } from '../../phone-options.ts'

/** One user of a network, as a suite about phones needs them. */
export interface PhoneUser {
  readonly login: LoginOptions
  /** What others dial to reach this user. */
  readonly address: string
}

/** A way to make phones that can call each other. */
export interface PhoneNetwork {
  readonly name: string
  /** What a page passes as `server`; `null` for the local network. */
  readonly server: string | null
  /** What phones are set to beside it, where a test says nothing else. */
  readonly options?: PhoneOptions
  /** The network of one phone, for a test that puts something in between. */
  signaling(): Signaling
  /** A user that no other test knows, no matter how others are called. */
  user(name: string): Promise<PhoneUser>
  /** One round trip to the server, done after all that was sent to it before. Absent where there is no server. */
  roundTrip?(): Promise<void>
}
