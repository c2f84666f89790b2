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

/** One invitation to a conference. */
export interface Invitation {
  readonly id: string
  readonly invitee: string
  readonly status: 'invited' | 'accepted' | 'rejected'
}

export interface Participant {
  /** URI of who takes part. */
  readonly uri: string
  readonly address: string
}

/** What every event of a conference carries; `participants` and `invitations`, by address, only at its host. */
export interface ConferenceEvent {
  readonly index: number
  readonly callType: 'conference'
  /** Who invited; only at a participant. */
  readonly from?: string
  readonly participants?: Readonly<Record<string, Participant>>
  readonly invitations?: Readonly<Record<string, Invitation>>
  readonly mediaType: MediaType
  readonly codec: readonly string[]
  readonly timestamp: Date
  readonly message?: string
}

export interface InvitationSendingEvent {
  readonly index: number
  readonly invitee: string
  readonly timestamp: Date
}

type ConferenceEventName =
  | 'canceled'
  | 'connected'
  | 'connecting'
  | 'disconnecting'
  | 'ended'
  | 'held'
  | 'invitation-accepted'
  | 'invitation-received'
  | 'invitation-rejected'
  | 'invitation-sent'
  | 'joining'
  | 'participant-removed'
  | 'resumed'

type ConferenceEvents = Readonly<Record<`conference:${ConferenceEventName}`, ConferenceEvent>>

/** Every event of the engine and its payload. */
export interface PhoneEvents extends ConferenceEvents {
  'conference:invitation-sending': InvitationSendingEvent
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
  /** Beyond the seed: the original published it too. */
  'media:captured': { readonly mediaType: MediaType; readonly timestamp: Date }
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

/** Beginnings and endings of the names: every page loads them, so each word stands once. */
const names =
  'call: canceled connected connecting disconnected disconnecting held incoming media-modification ' +
  'modification-in-progress moved muted rejected resumed ringback-provided state-changed transferred transferring ' +
  'unmuted|conference: canceled connected connecting disconnecting ended held invitation-accepted invitation-received ' +
  'invitation-rejected invitation-sending invitation-sent joining participant-removed resumed|connectivity: off on|' +
  'dtmf: tone-sending tone-sent|gateway: unreachable|media: established captured|session: call-switched disconnected ' +
  'expired ready| address-updated answering dialing error notification warning'

/** The names of `PhoneEvents`, for `on` to check a page's spelling at run time. */
export const phoneEventNames = Object.freeze(
  names.split('|').flatMap((group) => {
    const [beginning = '', ...endings] = group.split(' ')
    return endings.map((ending) => beginning + ending)
  }),
) as readonly (keyof PhoneEvents)[]
