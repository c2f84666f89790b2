import type { ConnectionSettings } from '../media/connection-settings.ts'
import type { Output } from '../media/output.ts'
import type { Signaling } from '../signaling/signaling.ts'
import type { DeviceAccess } from './device-access.ts'
import type * as InCall from './in-call.ts'
import type { PhoneEvents } from './phone-events.ts'
import type { HandOverPolicy } from './phone-options.ts'

/** What a call needs of the phone it belongs to. */
export interface CallContext {
  readonly signaling: Pick<Signaling, 'place' | 'loadConference'>
  readonly settings: ConnectionSettings
  readonly devices: Pick<DeviceAccess, 'open' | 'settings'>
  readonly output: Output
  /** What changes a call once it is up. */
  readonly inCall: Pick<typeof InCall, 'callChanges'>
  /** How long an outgoing call rings before it is taken back, in ms. */
  readonly ringTimeout: number
  /** What the page says now of a conference that its host hands over. */
  readonly allowHandOver: () => HandOverPolicy
  readonly publish: <Name extends keyof PhoneEvents>(name: Name, payload: PhoneEvents[Name]) => void
  /** Tells the page why something is not as it was to be; nothing is stopped by it. */
  report(cause: unknown, method: string): void
  /** The call's snapshot changed. */
  changed(): void
  /** The call is over, and its events are out. */
  ended(): void
}
