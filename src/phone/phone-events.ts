import type { MediaType } from '../media/media-type.ts'
import type { PhoneError } from './phone-error.ts'

export type Operation = 'hold' | 'resume' | 'upgrade' | 'downgrade'

/** What every event of a call carries. */
export interface CallEvent {
  /** Ordinal of the call, from 1. */
  readonly index: number
  readonly callType: 'call' | 'conference'
  /** Of an outgoing call: the called party as it was dialled, cleaned. */
  readonly to?: string
  /** Of an incoming call: the caller's URI as the network gave it. */
  readonly from?: string
  readonly mediaType: MediaType
  /** Names of the codecs; empty before they are negotiated. */
  readonly codec: readonly string[]
  readonly timestamp: Date
  /** Which side asked for what happened. */
  readonly generator?: 'initiator' | 'receiver'
  readonly operation?: Operation
  /** The call is not in the foreground. */
  readonly background?: true
  /** The network's words, or why the call ended. */
  readonly message?: string
}

export interface CallConnectedEvent extends CallEvent {
  /** The video call was accepted as audio. */
  readonly downgrade?: true
}

export interface ModificationEvent extends CallEvent {
  readonly newMediaType: MediaType
}

export interface StateChangedEvent extends CallEvent {
  readonly oldState: string
  readonly newState: string
}

export interface ToneSentEvent extends CallEvent {
  readonly tone: string
}

export interface DialingEvent {
  readonly index: number
  readonly to: string
  readonly mediaType: MediaType
  readonly callType: 'call' | 'conference'
  readonly timestamp: Date
}

export interface MessageEvent {
  readonly message: string
  readonly index?: number
  readonly to?: string
  readonly from?: string
  readonly mediaType?: MediaType
  readonly codec?: readonly string[]
  readonly timestamp: Date
}

/** A call within another event; as text it is the other party's address. */
export interface SwitchedCall extends CallEvent {
  toString(): string
}

export interface CallSwitchedEvent {
  readonly from: SwitchedCall
  readonly to: SwitchedCall
  readonly timestamp: Date
}

export interface SessionEvent {
  readonly sessionId?: string
  readonly timestamp: Date
}

/** Every event of the engine and its payload. A further method's issue adds its events here and nowhere else. */
export interface PhoneEvents {
  'session:ready': { readonly sessionId: string }
  'session:disconnected': Record<never, never>
  'session:expired': SessionEvent
  'gateway:unreachable': SessionEvent
  'connectivity:on': Record<never, never>
  'connectivity:off': Record<never, never>
  dialing: DialingEvent
  answering: CallEvent
  'call:incoming': CallEvent
  'call:connecting': CallEvent
  'call:ringback-provided': { readonly timestamp: Date }
  'call:connected': CallConnectedEvent
  'media:established': CallEvent
  'call:held': CallEvent
  'call:resumed': CallEvent
  'call:muted': CallEvent
  'call:unmuted': CallEvent
  'call:media-modification': ModificationEvent
  'call:modification-in-progress': CallEvent
  'call:state-changed': StateChangedEvent
  'call:moved': CallEvent
  'call:transferring': CallEvent
  'call:transferred': CallEvent
  'session:call-switched': CallSwitchedEvent
  'address-updated': Record<never, never>
  'call:disconnecting': CallEvent
  'call:disconnected': CallEvent
  'call:canceled': CallEvent
  'call:rejected': CallEvent
  'dtmf:tone-sending': CallEvent
  'dtmf:tone-sent': ToneSentEvent
  notification: MessageEvent
  warning: MessageEvent
  error: PhoneError
}

/** The names of `PhoneEvents`, for `on` to check a page's spelling at run time. */
export const phoneEventNames: readonly (keyof PhoneEvents)[] = Object.freeze([
  'session:ready',
  'session:disconnected',
  'session:expired',
  'gateway:unreachable',
  'connectivity:on',
  'connectivity:off',
  'dialing',
  'answering',
  'call:incoming',
  'call:connecting',
  'call:ringback-provided',
  'call:connected',
  'media:established',
  'call:held',
  'call:resumed',
  'call:muted',
  'call:unmuted',
  'call:media-modification',
  'call:modification-in-progress',
  'call:state-changed',
  'call:moved',
  'call:transferring',
  'call:transferred',
  'session:call-switched',
  'address-updated',
  'call:disconnecting',
  'call:disconnected',
  'call:canceled',
  'call:rejected',
  'dtmf:tone-sending',
  'dtmf:tone-sent',
  'notification',
  'warning',
  'error',
])
