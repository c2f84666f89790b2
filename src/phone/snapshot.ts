import type { MediaType } from '../media/media-type.ts'
import type { Capabilities, EndReason, Party } from '../signaling/signaling.ts'
import type { CallProgress } from './call-machine.ts'
import type { DeviceSetup } from './devices/device-setup.ts'
import type { PhoneError } from './phone-error.ts'

export type { Capabilities, EndReason, MediaType, Party }

export type SessionState = 'signed-out' | 'signing-in' | 'ready' | 'recovering' | 'expired'

export interface SessionSnapshot {
  readonly state: SessionState
  /** Address others reach this user at; `null` while signed out. */
  readonly userId: string | null
  readonly id: string | null
  /** What the network can do; all `false` while signed out. */
  readonly capabilities: Capabilities
  /** `local`, `gateway`, `sip`, or the kind of the page's own network; `null` while signed out. */
  readonly network: string | null
  /**
   * The server is silent while one signs in, and the browser may be asking the person whether this page may reach the
   * local network; absent otherwise. Sign-in waits for the answer.
   */
  readonly asking?: 'local-network' | undefined
}

export type { CallProgress }
export type * from './devices/device-setup.ts'

export type PendingOperation = 'hold' | 'resume' | 'change' | 'transfer' | 'move'

/** A change that the other side did not accept. */
export interface RefusedChange {
  readonly mediaType: MediaType
  /** They said nothing at all. */
  readonly unanswered?: true
}

export interface CallSnapshot {
  /** Counts calls from 1 in the order they were made; never changes while the call lives. */
  readonly index: number
  /** A conference is a call with several others, or with the one who hosts it. */
  readonly callType: 'call' | 'conference'
  readonly direction: 'outgoing' | 'incoming'
  /** The other party. Network text: show it as text, never as markup. */
  readonly remote: Party
  /** Whom an incoming call was meant for before it was sent on to here; absent where it was not. */
  readonly forwardedFor?: Party
  /** How an incoming call rings: `internal`, where the network says that a colleague calls. Default `external`. */
  readonly ring?: 'internal' | 'external'
  readonly mediaType: MediaType
  /** What is being asked for while `pending` is `change`, or by the other side while `asked` is true. */
  readonly newMediaType: MediaType | null
  /** What the other side did not accept when it was asked last; another object each time. */
  readonly refused?: RefusedChange | null
  /** The other side asks for `newMediaType` and waits for acceptModification or rejectModification. */
  readonly asked: boolean
  /**
   * The other side wants this one to call this party in its place, and waits 30 s for acceptTransfer or rejectTransfer.
   * By address alone: a name is what the other side says.
   */
  readonly transferTo: Party | null
  /**
   * The other side hosts a conference and wants this one to host it from now on: it waits 30 s for acceptHandOver or
   * rejectHandOver.
   */
  readonly handOverAsked: boolean
  readonly progress: CallProgress
  /** The caller's side: the network plays its own ringback. */
  readonly earlyMedia: boolean
  /**
   * The caller's side, before the answer: the exchange sends the call on to somebody else (`forwarded`), or it waits
   * until the callee is free (`queued`). Absent or `null` where nothing of this was told.
   */
  readonly waiting?: 'forwarded' | 'queued' | null
  /** `explicit`: the user asked to hold it, so switching back to it does not resume it. */
  readonly hold: { readonly local: boolean; readonly remote: boolean; readonly explicit: boolean }
  readonly muted: boolean
  /** Whether our camera is sent now. */
  readonly camera: boolean
  /** Whether our screen is sent now, in place of the camera. */
  readonly screen: boolean
  readonly link: 'ok' | 'recovering' | 'lost'
  readonly pending: PendingOperation | null
  readonly foreground: boolean
  /** When the call was connected, ms since the epoch. */
  readonly connectedAt: number | null
  readonly endedReason: EndReason | null
  readonly localStream: MediaStream | null
  readonly remoteStream: MediaStream | null
  readonly codecs: readonly string[]
}

/** How far somebody has come who was asked to a conference. `held`: by themselves. */
export type ParticipantState = 'inviting' | 'invited' | 'ringing' | 'joined' | 'held' | 'leaving'

/** Somebody who was invited to the conference one hosts, or takes part in it. Texts of the network are hostile. */
export interface ParticipantSnapshot {
  /** What they are invited, removed and silenced by. */
  readonly address: string
  readonly uri: string
  readonly displayName?: string
  readonly state: ParticipantState
  /** They send silence: muted at their side. */
  readonly muted: boolean
  /** The host keeps them from being heard, by everybody. */
  readonly silenced: boolean
  /** How loud they are, 0 to 1 in steps of a tenth; 0 where a media server mixes, which does not tell. */
  readonly level: number
  readonly speaking: boolean
  readonly mediaType: MediaType
  /** Their own sound and picture, for a grid; where a media server mixes, the picture alone. `null` until they joined. */
  readonly stream: MediaStream | null
}

export interface ConferenceSnapshot {
  /** `index` of its call in `calls`. */
  readonly index: number
  readonly role: 'host' | 'participant'
  /** What mixes: the host's page, or a media server; `null` at a participant, who cannot tell. */
  readonly mix: 'browser' | 'server' | null
  readonly mediaType: MediaType
  /**
   * At the host all, in the order they were invited. At a participant those whose pictures come one by one, the host
   * among them; none where one picture shows all, or there is none.
   */
  readonly participants: readonly ParticipantSnapshot[]
  /** How many participants there can be beside the host; 0 at a participant. */
  readonly limit: number
  /** Nobody more can be invited: it is full, or the machine cannot mix more. */
  readonly atLimit: boolean
  /** The host silences every participant. */
  readonly allSilenced: boolean
}

/** What the engine knows of the machine it runs on. */
export interface DevicesSnapshot {
  /** `asking` while the browser shows its permission prompt. */
  readonly microphone: 'unknown' | 'asking' | 'granted' | 'denied' | 'missing'
  readonly camera: 'unknown' | 'asking' | 'granted' | 'denied' | 'missing'
  /** `blocked`: the browser does not let the page sound until the person touches it (autoplay). */
  readonly output: 'ok' | 'blocked'
  /** The devices there are and those chosen; absent before `listDevices` or `chooseDevices` was called. */
  readonly setup?: DeviceSetup
}

/** Everything an element renders from. Frozen; it changes only when the owner of a fact confirmed it. */
export interface PhoneSnapshot {
  readonly session: SessionSnapshot
  /** Whether the browser has a network. */
  readonly online: boolean
  /** Live calls in order of `index`; at most one in the foreground. An ended one is gone from here. */
  readonly calls: readonly CallSnapshot[]
  /** The call that ended last, until the next begins, so that a page can say how it ended. */
  readonly lastCall: CallSnapshot | null
  /** The conference one hosts, else the one that one takes part in or is invited to; `null` without any. */
  readonly conference: ConferenceSnapshot | null
  readonly devices: DevicesSnapshot
  /** The last error, until the next successful step of the same subject (sign-in, call). */
  readonly error: PhoneError | null
}
