/**
 * What a phone and an exchange say to each other, no matter what carries it: function calls, a BroadcastChannel, or the
 * REST and event-channel protocol of the gateway. States, reasons and operations have the names of that protocol.
 */

/** Why a modification was asked for. `mod` covers upgrade, downgrade and a new media path. */
export type ModificationKind = 'hold' | 'resume' | 'mod'

/** How a party ends its side of a call. `reason` of the session-terminated event of the others follows from it. */
export type EndKind = 'cancel' | 'reject' | 'terminate'

/** What the focus of a conference says with a call beyond that it is one: it leaves, and the callee is to take its place. */
export type FocusPurpose = 'hand-over' | 'hand-over-silenced'

/** A request of one registered session. `call` is the id both ends of a call share. */
export type ExchangeCommand =
  /**
   * `focus`: the caller mixes a conference, so the callee is invited to it rather than called. A purpose reaches sessions
   * with `extensions` only: others would ring.
   */
  | { readonly op: 'dial'; readonly to: string; readonly sdp: string; readonly focus?: true | FocusPurpose }
  /** The callee's device alerts its user: the caller hears `ringing`. */
  | { readonly op: 'ring'; readonly call: string }
  | { readonly op: 'answer'; readonly call: string; readonly sdp: string }
  | { readonly op: 'modify'; readonly call: string; readonly kind: ModificationKind; readonly sdp: string }
  | { readonly op: 'accept-modification'; readonly call: string; readonly modId: string; readonly sdp: string }
  | { readonly op: 'reject-modification'; readonly call: string; readonly modId: string; readonly sdp: string }
  /** `detail` is one of `details` and reaches the other side beside the reason. */
  | { readonly op: 'end'; readonly call: string; readonly how: EndKind; readonly detail?: string }
  | { readonly op: 'candidates'; readonly call: string; readonly sdpfrag: string }
  /** Joins the other parties of two calls of this session, and leaves both. */
  | { readonly op: 'transfer'; readonly call: string; readonly target: string }
  /** Offers the call to the other devices of this session's user. */
  | { readonly op: 'move'; readonly call: string }
  /** The description that a `session-modified` event asked for: of a new connection, beside the present one. */
  | { readonly op: 'rejoin'; readonly call: string; readonly sdp: string }
  /**
   * The page of the session is another one, and offers a new connection in place of what the page before had. The other
   * side answers by a new one of its own: `session-modified` brings its description. Sessions with `extensions` only.
   */
  | { readonly op: 'renew'; readonly call: string; readonly sdp: string }
  /** The user sends silence, or no longer: what a `mixed` event asked to be told. */
  | { readonly op: 'mute' | 'unmute'; readonly call: string }
  /** The answer to a `hand-over-requested` event. */
  | { readonly op: 'accept-hand-over' | 'reject-hand-over'; readonly call: string }

/** A request about the pictures of a conference that a media server mixes, which go by connections of their own. */
export type PictureCommand =
  /**
   * The offer of a connection that sends this leg's picture, in place of any before: `picture-answer` follows. The reply
   * has a `modId`, as all events of pictures have that follow from it.
   */
  | { readonly op: 'send-picture'; readonly call: string; readonly sdp: string }
  /** The answer to the offer of a `pictures-changed` event. */
  | { readonly op: 'receive-pictures'; readonly call: string; readonly sdp: string }

/** What a request that succeeded brings back. */
export interface ExchangeReply {
  /** The id of the call that `dial` made. */
  readonly call?: string
  /** The state of the call, as the `x-state` header tells it. */
  readonly state?: 'invitation-sent' | 'session-open' | 'modification-pending' | 'session-terminated'
  /** The id of the modification that `modify` began, or of the pictures that `send-picture` began. */
  readonly modId?: string
}

export type ExchangeEventState =
  | 'invitation-received'
  /** Sent only to sessions with `extensions`. */
  | 'ringing'
  | 'session-open'
  | 'mod-received'
  | 'mod-terminated'
  /**
   * The call gets another far side. Without `sdp`: an offer of a new connection is asked for. With one: the other side's
   * offer, or its answer to ours, upon which the new connection takes the place of the present one. With a `reason`: it
   * came to nothing, the present one stays. Sent only to sessions with `extensions`.
   */
  | 'session-modified'
  /** The page of the far side has gone, and another one may come: `session-modified` follows, or the end. */
  | 'far-side-away'
  | 'transfer-initiated'
  | 'transfer-terminated'
  | 'move-terminated'
  | 'session-terminated'
  /** Sent only to sessions with `extensions`. */
  | 'ice-candidates'
  /**
   * To the host of a conference that a media server mixes: how somebody in it is now, `from` says who and `participant`
   * how. Sent only to sessions with `extensions`.
   */
  | 'participant-changed'
  /**
   * A media server mixes what the far side sends from now on, with what others send: it wants to be told of each `mute`.
   * Sent only to sessions with `extensions`.
   */
  | 'mixed'
  /**
   * To a participant of a conference that a media server mixes: its host, in `from`, wants them to host it from now on.
   * `accept-hand-over` or `reject-hand-over` answers. Sent only to sessions with `extensions`.
   */
  | 'hand-over-requested'
  /**
   * To the host who asked: what came of it, as the `reason` of `mod-terminated` tells it; `from` and `modId` say whom they
   * asked. To who was asked, without a `modId`: nobody waits for their answer any more.
   */
  | 'hand-over-terminated'
  /**
   * To a participant of a conference that a media server mixes: they host it from now on, by their leg. Sent only to
   * sessions with `extensions`.
   */
  | 'hosting'
  /** To the other participants: `from` hosts it from now on. Sent only to sessions with `extensions`. */
  | 'host-changed'
  /**
   * The answer to the offer of one's picture. With a `reason`: the server takes none. Sent only to sessions with
   * `extensions`.
   */
  | 'picture-answer'
  /**
   * To who sends their picture to a conference: whose pictures they get, in `pictures`. With `sdp`: the offer of the
   * connection they come by, the first one or a later one, which `receive-pictures` answers. Sent only to sessions with
   * `extensions`.
   */
  | 'pictures-changed'

/** How somebody is in a conference that a media server mixes. */
export interface ParticipantReport {
  readonly state: 'invited' | 'ringing' | 'joined' | 'held' | 'left'
  readonly speaking: boolean
  /** They send silence, by what their client said. */
  readonly muted: boolean
  /** The host keeps them from being heard. */
  readonly silenced: boolean
}

/** A picture that comes from a media server. */
export interface PictureReport {
  /** Of the connection that all pictures come by. */
  readonly mid: string
  /** URI of whose it is. */
  readonly from: string
  readonly speaking: boolean
}

/** What an exchange tells a session about one of its calls. */
export interface ExchangeEvent {
  /** `conferences` where the session's far side is the focus of a conference. */
  readonly type: 'calls' | 'conferences'
  readonly call: string
  readonly state: ExchangeEventState
  /** URI of the other party. */
  readonly from?: string
  /** What `from` says their name is. Sent only to sessions with `extensions`. */
  readonly fromName?: string | undefined
  readonly sdp?: string
  readonly modId?: string
  readonly reason?: string
  /** The other call of a transfer. */
  readonly transferToCallId?: string
  /** One of `details`. */
  readonly detail?: string
  readonly sdpfrag?: string
  /** With `invitation-received`: the far side hands a conference over rather than inviting to it. */
  readonly focus?: FocusPurpose
  readonly participant?: ParticipantReport
  /** Of an invitation: the conference has pictures, which its offer does not speak of. */
  readonly video?: true
  readonly pictures?: readonly PictureReport[]
}

/**
 * The reasons of `session-terminated` and `mod-terminated` that clients of the protocol tell apart, to the letter.
 * Anything else is free text; none is a normal end.
 */
export const reasons = { success: 'success', rejected: 'Call rejected', canceled: 'Call canceled' } as const

/**
 * Close code of the event WebSocket (RFC 6455, 7.4.2) by which a page says that it goes for good: its session ends at
 * once. A browser says 1001 of a page that crashed, and a proxy of one that is still there.
 */
export const pageLeft = 4100

/** The same of a page that goes, and may be loaded anew: its session ends where no page takes it up for half a minute. */
export const pageMayReturn = 4101

/** What the other side of a call reads when a session ends under it. */
export const sessionEndedText = 'The other side signed out or was lost'

/** Finer words beside a reason, in the `detail` field that a client of the original protocol never reads. */
export const details = {
  answeredElsewhere: 'answered-elsewhere',
  busy: 'busy',
  noAnswer: 'no-answer',
  sessionEnded: 'session-ended',
  serverStopping: 'server-stopping',
  /** More was sent to one side than it could take. */
  tooMuch: 'too-much',
  moved: 'moved',
  /** With `session-modified`: the far side has another page, and so another connection. */
  renewed: 'renewed',
  transferred: 'transferred',
  /** The call goes on as a part of a conference that this side hosts. */
  merged: 'merged',
  /** The server that mixes a conference was lost; with `session-modified`: another one takes its place. */
  mediaServerLost: 'media-server-lost',
} as const

/** A refusal, as the protocol's error body tells it: an HTTP status and a message id of the API error catalogue. */
export class ExchangeError extends Error {
  constructor(
    readonly status: number,
    readonly messageId: string,
    text: string,
    readonly variables = '',
  ) {
    super(text)
    this.name = 'ExchangeError'
  }
}
