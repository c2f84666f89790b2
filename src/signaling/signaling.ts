import type { ListenOptions } from '../base/emitter.ts'
import type { LocalMedia } from '../media/local-media.ts'
import type { MediaType } from '../media/media-type.ts'
import type { ConnectionSettings } from '../media/connection-settings.ts'

/*
 * The contract between the engine and a network. MUST and MUST NOT are meant as in RFC 2119.
 *
 * A network MUST settle every promise it gives (an abort of `signal` included: it rejects with the signal's reason);
 * report `ended` exactly once per leg; free the peer connection of a leg before or with `ended`; keep the events of one
 * leg in order; and keep them back until somebody listens to the leg's `ended`.
 *
 * A network MUST NOT touch the engine's snapshot, fire the seed's events, retry or hide a loss, show anything, keep a
 * leg after `ended`, or answer for the user. Recovery is policy above it.
 */

/** Who signs in. What a network needs of it is the network's own; what it does not know it MUST ignore. */
export interface Identity {
  /** Address of the user: `alice@example.com`, a number, or a bare user id. */
  readonly userId?: string | undefined
  /** Access token, where the network takes one. */
  readonly token?: string | undefined
  /** Gets another token, for a network that no longer takes the one it has. Rejects where there is none now. */
  readonly freshToken?: (() => Promise<string>) | undefined
  /** Password of a SIP account. */
  readonly password?: string | undefined
  /** Id of a registered emergency address. */
  readonly e911Id?: string | undefined
  readonly displayName?: string | undefined
  /** Id of a session of this user that this one takes the place of, so that their calls find it. */
  readonly sessionId?: string | undefined
}

/** What a network can do now, so that a button is disabled rather than failing. */
export interface Capabilities {
  readonly video: boolean
  /** Joining the two parties of two calls. */
  readonly transfer: boolean
  /** Sending one party to an address. */
  readonly blindTransfer: boolean
  readonly move: boolean
  readonly conference: boolean
  /** What mixes the conferences that this side hosts. Default: its own page. */
  readonly mix?: 'server'
  /** Candidates may follow an offer or answer (RFC 8838). */
  readonly trickle: boolean
}

export interface SessionInfo {
  readonly id: string
  /** The address others reach this user at. */
  readonly userId: string
  /** How long the session lives without a refresh, in ms; absent where the network refreshes by itself. */
  readonly expiresIn?: number
}

/** The other end of a call. Its texts come from the network and are hostile: show them as text. */
export interface Party {
  /** Address without scheme: `bob@example.com`, `+15551234567`, `1001`. */
  readonly address: string
  /** As the network writes it: `sip:bob@example.com`, `tel:+15551234567`. */
  readonly uri: string
  readonly displayName?: string
  /** They do not want to be known: `address` is empty, and there is nobody to call back. */
  readonly withheld?: true
  /**
   * Who vouches for the address: `exchange`, the SIP exchange one is signed in at. Absent over SIP: it is what they say
   * themselves, unless the exchange checks that without a word. Other networks do not tell.
   */
  readonly vouchedBy?: 'exchange'
  /** What the network found out about the number (STIR, RFC 8224); absent where it says nothing. */
  readonly verified?: 'passed' | 'failed' | 'none'
}

/** What an incoming call says of itself, where the network has such. Hostile text: show it as text, never as markup. */
export interface IncomingDetails {
  readonly caller: Party & { readonly verified: NonNullable<Party['verified']> }
  /** Whom the call was meant for before it was sent on to here: first the one who was called. Empty where it was not. */
  readonly forwardedFor: readonly Party[]
  /** Pages, pictures and the like about the caller (RFC 3261, 20.9). Open none of them by itself. */
  readonly callInfo: readonly { readonly uri: string; readonly purpose: string }[]
  /** How it is to ring, as the network wrote it (RFC 3261, 20.4). */
  readonly alertInfo: readonly string[]
  /** `internal`: a colleague calls. */
  readonly ring: 'internal' | 'external'
  /** After how many s the caller wants it answered by itself; `null` where nobody asks for it. */
  readonly answerAfter: number | null
  /** Header fields whose name begins with `X-`. */
  readonly headers: Readonly<Record<string, string>>
}

export interface PlaceOptions {
  /** Extra header fields of the invitation, where the network has such (SIP): names and values as the page gave them. */
  readonly headers?: Readonly<Record<string, string>>
  /** Called once, in the moment the offer leaves. */
  readonly onOffer?: () => void
  /**
   * The called party is invited to a conference that this side mixes: a phone that knows of conferences shows it as
   * an invitation (`Leg.conference`), any other just has a call. `HandOver`: nobody is invited.
   */
  readonly focus?: boolean | HandOver
  /**
   * With a `HandOver`: the leg of this session whose far side takes over. A network whose addresses anybody may write
   * MUST prove by it that both legs come from the same page.
   */
  readonly within?: Leg
}

/**
 * How the focus of a conference says that it leaves: it places a leg to one participant for each of the others, and gives
 * it to that other by `transfer`. Who gets such a leg takes it, refuses it as `busy` where they cannot, or as `rejected`
 * where their user does not want to; who takes it is the focus then. It rings while that user is asked. `hand-over-silenced`: for one whom the host keeps from being heard.
 *
 * A network MUST NOT offer it to a device that knows nothing of it, where it can tell.
 */
export type HandOver = 'hand-over' | 'hand-over-silenced'

/** What this side puts on a leg. */
export interface LegMedia {
  readonly mediaType: MediaType
  /** The leg sends all tracks that this holds, now and later; it MUST NOT stop them. */
  readonly local: LocalMedia
  readonly settings: ConnectionSettings
}

/** Why a leg ended, seen from this side. */
export type EndReason =
  | 'hangup'
  /** It goes on as a part of a conference that this side hosts. */
  | 'merged'
  | 'remote-hangup'
  /** The far side is gone without a word: its device no longer knows the call, or cannot be reached any more. */
  | 'lost'
  | 'rejected'
  | 'busy'
  /** Nobody can be reached there now. */
  | 'unavailable'
  | 'canceled'
  | 'no-answer'
  | 'answered-elsewhere'
  | 'moved'
  | 'transferred'
  | 'session-ended'
  | 'failed'

export interface LegEnd {
  readonly reason: EndReason
  /** The network's own words. */
  readonly message?: string
  /** Present when something went wrong, as opposed to somebody ending the call. */
  readonly error?: SignalingError
}

export type SignalingErrorKind =
  /** The network cannot be reached. */
  | 'unreachable'
  /** The network no longer knows the session. */
  | 'expired'
  /** The network refused, with its own words. */
  | 'refused'
  /** The media path could not be built. */
  | 'media'
  /** No answer within the time limit. */
  | 'timeout'

/** A failure in the network's words. The engine finds the catalogue's error by `status` and `messageId`. */
export class SignalingError extends Error {
  /** By name, since a network may come in a bundle of its own, with a copy of this class. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Error && value.name === 'SignalingError'
  }

  constructor(
    readonly kind: SignalingErrorKind,
    message: string,
    readonly details: {
      readonly status?: number
      readonly messageId?: string
      /** When the network can help again, in s from then. */
      readonly retryAfter?: number
      /** The method and resource that failed, `POST /RTC/v1/sessions`. */
      readonly resource?: string
      /** The network says that the device of the far side is not there, as opposed to refusing. */
      readonly absent?: true
      /** Address of the server that could not be reached at all. */
      readonly url?: string
      /** Code of the WebSocket that closed (RFC 6455, 7.4.1). */
      readonly closeCode?: number
      readonly cause?: unknown
    } = {},
  ) {
    super(message, { cause: details.cause })
    this.name = 'SignalingError'
  }
}

/** The picture of somebody else in a conference whose pictures a server passes on. */
export interface ConferencePicture {
  readonly party: Party
  /** Their picture and nothing else; the same object as long as it comes. */
  readonly stream: MediaStream
  readonly speaking: boolean
}

export interface LegEvents {
  /**
   * `ringing`: a device of the callee alerts, and nothing is heard of it; also again, where the sound before the answer
   * has ended. `early-media`: sound comes before the answer; the network plays ringback. `forwarded`: the call is sent on
   * to somebody else. `queued`: it waits until the callee is free.
   */
  progress: 'ringing' | 'early-media' | 'forwarded' | 'queued'
  /** The call is up, with what both sides agreed on. */
  established: { readonly mediaType: MediaType }
  /** The far side holds this call. */
  held: undefined
  /** The far side resumed it. */
  resumed: undefined
  /** The far side asks to change the media; `answerChange` MUST follow, or `change-withdrawn`. */
  'change-requested': { readonly mediaType: MediaType }
  /** The far side took its request back. */
  'change-withdrawn': undefined
  /** The far side asks this one to call somebody else in its place; `answerTransfer` MUST follow, or `transfer-withdrawn`. */
  'transfer-requested': { readonly to: Party }
  /** The request is over: the far side is somebody else by now. */
  'transfer-withdrawn': undefined
  /** The media changed, no matter which side asked. */
  changed: { readonly mediaType: MediaType }
  /** `remoteStream` gained or lost a track. */
  track: MediaStreamTrack
  /**
   * `pictures` of the leg changed: another one comes, one less, or one shows somebody who speaks now. `remoteStream` MUST
   * have the one of who speaks, or spoke last.
   */
  pictures: undefined
  /** The media path. `recovering` while it is interrupted and may come back, `lost` when it will not by itself. */
  link: 'ok' | 'recovering' | 'lost'
  /** The far side is somebody else now (a transfer). */
  replaced: Party
  /** The network tells who is there, or tells it better: `remote` is that now. Also before the call is up. */
  identified: Party
  /**
   * The host of the conference, which a server mixes, wants this side to host it from now on; `answerHandOver` MUST follow,
   * or `hand-over-withdrawn`.
   */
  'hand-over-requested': undefined
  /** The host waits no more. */
  'hand-over-withdrawn': undefined
  /** This side hosts the conference now, which a server mixes: `Signaling.startConference` takes it up. */
  hosting: undefined
  ended: LegEnd
}

/** One dialog with one peer connection, which it owns. */
export interface Leg {
  readonly id: string
  readonly direction: 'outgoing' | 'incoming'
  readonly remote: Party
  /** What an incoming call offers, or an outgoing one asks for. */
  readonly mediaType: MediaType
  /** Whether the far side is the focus of a conference (RFC 4579): an incoming call is an invitation to it, or hands it over. */
  readonly conference: boolean | HandOver
  /** `null` before media is set up and after `ended`. */
  readonly connection: RTCPeerConnection | null
  /** The pictures that come now, where a server passes those of a conference on one by one. */
  readonly pictures?: readonly ConferencePicture[]
  /** Connections beside it, where pictures have some of their own. */
  readonly pictureConnections?: readonly RTCPeerConnection[]
  /** Everything the far side sends; the same object for the life of the leg. */
  readonly remoteStream: MediaStream
  /** Header fields of an incoming invitation, where the network has such. Hostile text. */
  readonly headers?: Readonly<Record<string, string>>
  /** What the invitation of an incoming call says beside its media, where the network has such. */
  readonly details?: IncomingDetails
  /**
   * Names of the negotiated codecs, `['opus', 'VP8']`. Before an answer what an incoming call offers first, where
   * the network knows it, and of an outgoing call none.
   */
  readonly codecs: readonly string[]

  /** Tells the caller that the user is being alerted. */
  ring(): Promise<void>
  /** Answers. Resolves when the network confirmed; `established` follows or came before. */
  accept(media: LegMedia, signal: AbortSignal): Promise<void>
  /** Refuses an incoming call. `ended` comes before it resolves. */
  reject(reason: 'rejected' | 'busy'): Promise<void>
  /** Takes an outgoing call back before it is answered. `ended` comes before it resolves. */
  cancel(reason: 'canceled' | 'no-answer'): Promise<void>
  /** Ends an established call. `ended` comes before it resolves, even when the network is gone. */
  end(): Promise<void>
  /** MUST stop sending sound and picture, and let the far side learn of it. */
  hold(): Promise<void>
  resume(): Promise<void>
  /** Asks the far side for another media type. Resolves with its answer; a refusal is not an error. */
  change(
    mediaType: MediaType,
    signal: AbortSignal,
  ): Promise<{ readonly accepted: boolean; readonly mediaType: MediaType }>
  /**
   * Answers `change-requested`. A picture that is refused comes all the same, unless the media are to stay as they are
   * (`keeps`): then it MUST NOT.
   */
  answerChange(accept: boolean, keeps?: boolean): Promise<void>
  /** Answers `transfer-requested`; present where such a request can come. */
  answerTransfer?(accept: boolean): Promise<void>
  /** Answers `hand-over-requested`; present where such a request can come. `hosting` follows where this side agrees. */
  answerHandOver?(accept: boolean): Promise<void>
  /** Sends digits by the network itself; absent where they go by the media path (RFC 4733). */
  sendDigits?(digits: string): Promise<void>
  /** Tells the far side that the user is muted, or no longer; present where it asked to be told. */
  tellMute?(muted: boolean): Promise<void>
  /** A new media path for the same call (ICE restart). */
  restartMedia(): Promise<void>
  /**
   * Sends the far side to `to`: an address (blind) or the far side of another leg of this session (attended). Resolves
   * when the far side is there; this leg, and the other one, then end with reason `transferred`. Rejects when it failed:
   * the leg is as it was before. Present where `capabilities` say so.
   */
  transfer?(to: string | Leg, signal: AbortSignal): Promise<void>
  /**
   * Offers this call to the user's other devices. Resolves when one of them took it (this leg ends with reason
   * `moved`), rejects when none did: the call goes on here.
   */
  move?(signal: AbortSignal): Promise<void>

  /**
   * Whether another page may go on with this call (`Signaling.takeUp`) when this one goes, which is not told to the far
   * side then. Gives what that page needs, as JSON can say it, and no secret. `null`: the call ends with its page, for it
   * is not up, or the far side would not find out where no other page comes. Present where a call can outlive its page.
   */
  keep?(may: boolean): unknown

  on<Name extends keyof LegEvents>(
    name: Name,
    listener: (payload: LegEvents[Name]) => void,
    options?: ListenOptions,
  ): void
}

export interface HostedParticipantEvents {
  changed: {
    readonly state: 'invited' | 'ringing' | 'joined' | 'held'
    readonly speaking: boolean
    /** At their own side. */
    readonly muted: boolean
    /** By the host, for all. */
    readonly silenced: boolean
  }
  /** They left, were taken out, or declined. Once, and the last. */
  ended: LegEnd
}

/** Somebody whom the host of a conference on a server invited. Events wait until somebody listens to `changed`. */
export interface HostedParticipant {
  readonly remote: Party
  /** Takes the participant out, or the invitation back. `ended` comes before it resolves. Never rejects. */
  remove(): Promise<void>
  /** Keeps the participant from being heard, or no longer. */
  silence(silenced: boolean): Promise<void>
  /**
   * Asks the participant to be the host. Resolves whether they are: the end of the conference's leg is then this side's
   * alone. Rejects where they cannot, or have left.
   */
  handOver(): Promise<boolean>
  on<Name extends keyof HostedParticipantEvents>(
    name: Name,
    listener: (payload: HostedParticipantEvents[Name]) => void,
    options?: ListenOptions,
  ): void
}

/** A conference that a server mixes, as its host has it. */
export interface HostedConference {
  /** By it the host hears the others; its end is the end for all. */
  readonly leg: Leg
  /** Most participants beside the host. */
  readonly limit: number
  /** Those who take part already, where it was handed over. */
  readonly participants: readonly HostedParticipant[]
  /** Resolves when the network took the invitation. */
  invite(to: string, signal: AbortSignal): Promise<HostedParticipant>
  /**
   * Takes the far side of another leg of this session in, which is up. Resolves when the network has agreed to it; when
   * they take part that leg ends with reason `merged`, and where they do not come it is as it was.
   */
  adopt(leg: Leg, signal: AbortSignal): Promise<HostedParticipant>
}

export interface SignalingEvents {
  incoming: Leg
  /** The path to the network. After `lost` only `resume` or `disconnect` is called. */
  link: { readonly state: 'ok' } | { readonly state: 'lost'; readonly error: SignalingError }
  /** The network ended the session. Nothing of it lives on. */
  expired: SignalingError
  capabilities: Capabilities
}

/** A network: one per signed-in session. */
export interface Signaling {
  readonly kind: string
  readonly capabilities: Capabilities
  /** Resolves when calls can come and go. */
  connect(identity: Identity, signal: AbortSignal): Promise<SessionInfo>
  /**
   * One attempt to take up the same session after `link: lost`. MUST reject with kind `expired` when the network no
   * longer knows it, and MUST NOT lose an event that happened in between without saying so by `expired`.
   */
  resume(signal: AbortSignal): Promise<SessionInfo>
  /** Keeps the session alive; called in time before `expiresIn` is over. */
  refresh(signal: AbortSignal): Promise<SessionInfo>
  /** MUST leave nothing behind: registration, channel, timers, legs. Never rejects. */
  disconnect(): Promise<void>
  /** The leg exists before anything is answered. Rejects when the network refuses the call. */
  place(to: string, media: LegMedia, signal: AbortSignal, options?: PlaceOptions): Promise<Leg>
  /** Loads what `startConference` needs; rejects where it cannot. A side loads it before it agrees to host. */
  loadConference?(): Promise<unknown>
  /**
   * Starts a conference that a server mixes; where `capabilities.mix` says so. Rejects with status 503 where no server
   * can now, or none can for this media type: the page of the host mixes it then. With a leg: takes up the one that was
   * handed over to this side by it.
   */
  startConference?(by: LegMedia | Leg, signal: AbortSignal): Promise<HostedConference>
  /**
   * Goes on with a call of another page of this user, by its record. The leg is there at once, so that nothing that the
   * far side says is lost; `established` follows, or `ended`. Throws where the record cannot be read.
   */
  takeUp?(record: unknown, media: LegMedia): Leg
  /** Ties the token to the user without signing in, where the network knows such. */
  associateAccessToken?(identity: Identity, signal: AbortSignal): Promise<void>
  /** Links another emergency address to the session, where the network knows such. */
  associateE911Id?(e911Id: string, signal: AbortSignal): Promise<void>

  on<Name extends keyof SignalingEvents>(
    name: Name,
    listener: (payload: SignalingEvents[Name]) => void,
    options?: ListenOptions,
  ): void
}
