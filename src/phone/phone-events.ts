import type { MediaType } from '../media/media-type.ts'
import type { IncomingDetails } from '../signaling/signaling.ts'
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

/** What a network that has such (SIP) tells of an incoming call. */
export interface IncomingCallEvent extends CallEvent, Partial<IncomingDetails> {}

export interface CallConnectedEvent extends CallEvent {
  /** The video call was accepted as audio. */
  readonly downgrade?: true
}

export interface ModificationEvent extends CallEvent {
  readonly newMediaType: MediaType
}

export interface TransferRequestedEvent extends CallEvent {
  /** URI of who is to be called. Network text. */
  readonly transferTo: string
}

export interface StateChangedEvent extends CallEvent {
  readonly oldState: string
  readonly newState: string
  /** The other side refused: our picture goes, and theirs does not come. */
  readonly refused?: true
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

interface ConferenceEvents {
  /** The invitation was withdrawn, or the conference ended before it was joined. */
  'conference:canceled': ConferenceEvent
  /** The conference one started or joined is up. */
  'conference:connected': ConferenceEvent
  /** The conference is being set up with the network. */
  'conference:connecting': ConferenceEvent
  /** This user leaves the conference, or ends it as its host. */
  'conference:disconnecting': ConferenceEvent
  /** The conference is over for this user. */
  'conference:ended': ConferenceEvent
  /**
   * The host wants this user to host the conference from now on, and leaves: acceptHandOver or rejectHandOver. After 30 s it
   * is refused. `callType` is `call` where the host made the conference of calls.
   */
  'conference:hand-over-requested': CallEvent
  /** Somebody holds the conference. */
  'conference:held': ConferenceEvent
  /** At the host: somebody joined. */
  'conference:invitation-accepted': ConferenceEvent
  /** Somebody invites this user. */
  'conference:invitation-received': ConferenceEvent
  /** Somebody declined, or this user did. */
  'conference:invitation-rejected': ConferenceEvent
  /** At the host: the network has taken the invitation. */
  'conference:invitation-sent': ConferenceEvent
  /** This user accepted an invitation. */
  'conference:joining': ConferenceEvent
  /** At the host: somebody was taken out, or left. */
  'conference:participant-removed': ConferenceEvent
  /** The conference goes on. */
  'conference:resumed': ConferenceEvent
}

/** Every event of the engine and its payload. */
export interface PhoneEvents extends ConferenceEvents {
  /** At the host: an invitation is about to be sent. */
  'conference:invitation-sending': InvitationSendingEvent
  /** Signed in: calls can come and go. */
  'session:ready': { readonly sessionId: string }
  /** Signed out. */
  'session:disconnected': Record<never, never>
  /** The network no longer knows the session; its calls have ended. */
  'session:expired': SessionEvent
  /** The network cannot be reached. Told once per outage; the phone goes on trying. */
  'gateway:unreachable': SessionEvent
  /** The browser has a network again. */
  'connectivity:on': Record<never, never>
  /** The browser has no network. Calls stay, and recover when it is back. */
  'connectivity:off': Record<never, never>
  /** A call is about to be offered. */
  dialing: DialingEvent
  /** This user answers an incoming call. */
  answering: CallEvent
  /** Somebody calls. */
  'call:incoming': IncomingCallEvent
  /** The offer, or the answer, is on its way. */
  'call:connecting': CallEvent
  /** Sound comes before the answer: the network plays its own ringback. */
  'call:ringback-provided': { readonly timestamp: Date }
  /** Both sides agreed: the call is up. */
  'call:connected': CallConnectedEvent
  /** Sound, and pictures if any, flow. */
  'media:established': CallEvent
  /** `getUserMedia` opened the devices. Beyond the seed: the original published it too. */
  'media:captured': { readonly mediaType: MediaType; readonly timestamp: Date }
  /** One side holds the call; `generator` says which. */
  'call:held': CallEvent
  /** One side resumed the call; `generator` says which. */
  'call:resumed': CallEvent
  /** Silence is sent in place of the microphone. */
  'call:muted': CallEvent
  /** The microphone is sent again. */
  'call:unmuted': CallEvent
  /** The other side asks for another media type: accept or reject it. */
  'call:media-modification': ModificationEvent
  /** A change of media was asked for, or answered, and is being carried out. */
  'call:modification-in-progress': CallEvent
  /** The media type changed, or the other party is somebody else after a transfer, or the network tells who it is. */
  'call:state-changed': StateChangedEvent
  /** The call goes on at another device of this user. */
  'call:moved': CallEvent
  /**
   * The other side wants this one to call `transferTo` in its place: acceptTransfer or rejectTransfer. After 30 s it is
   * refused.
   */
  'call:transfer-requested': TransferRequestedEvent
  /** The other parties of both calls are being joined. */
  'call:transferring': CallEvent
  /** They are joined; both calls end here. */
  'call:transferred': CallEvent
  /** The calls changed places. As text, `from` and `to` are the addresses of the other parties. */
  'session:call-switched': CallSwitchedEvent
  /** Another emergency address is linked to the session. */
  'address-updated': Record<never, never>
  /** This user hung up; the network has not confirmed yet. */
  'call:disconnecting': CallEvent
  /** The call is over, or could not be set up; `message` says why where there is a reason. */
  'call:disconnected': CallEvent
  /** The caller gave up, nobody answered in time, or another device answered. */
  'call:canceled': CallEvent
  /** The called party refused, or is busy. */
  'call:rejected': CallEvent
  /** A tone is being sent. */
  'dtmf:tone-sending': CallEvent
  /** A tone was sent. */
  'dtmf:tone-sent': ToneSentEvent
  /** Something did not go as asked, and is no error. */
  notification: MessageEvent
  /** A method had nothing to do. */
  warning: MessageEvent
  /** A method was refused, or something failed underway. */
  error: PhoneError
}

/** Beginnings and endings of the names: every page loads them, so each word stands once. */
const names =
  'call: canceled connected connecting disconnected disconnecting held incoming media-modification ' +
  'modification-in-progress moved muted rejected resumed ringback-provided state-changed transfer-requested transferred transferring ' +
  'unmuted|conference: canceled connected connecting disconnecting ended hand-over-requested held invitation-accepted invitation-received ' +
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
