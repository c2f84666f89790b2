import type { LocalMedia } from '../media/local-media.ts'
import type { MediaType } from '../media/media-type.ts'
import type { IncomingDetails, Party } from '../signaling/signaling.ts'
import type { CallSnapshot } from './snapshot.ts'

export interface CallInit {
  readonly index: number
  /** Default `call`. */
  readonly callType?: CallSnapshot['callType']
  readonly direction: 'outgoing' | 'incoming'
  readonly remote: Party
  readonly mediaType: MediaType
  readonly headers?: Readonly<Record<string, string>>
  /** What an incoming call says of itself. */
  readonly details?: IncomingDetails | undefined
  /** What was captured ahead of the call; the call takes it over. */
  readonly local?: LocalMedia | undefined
}

/** What a call is before anything has happened to it. */
export function newCall({ index, callType = 'call', direction, remote, mediaType, details }: CallInit): CallSnapshot {
  const [forwardedFor] = details?.forwardedFor ?? []
  return Object.freeze({
    index,
    callType,
    direction,
    remote,
    ...(forwardedFor && { forwardedFor }),
    ...(details && { ring: details.ring }),
    mediaType,
    newMediaType: null,
    refused: null,
    asked: false,
    transferTo: null,
    handOverAsked: false,
    progress: 'new',
    earlyMedia: false,
    hold: Object.freeze({ local: false, remote: false, explicit: false }),
    muted: false,
    camera: false,
    screen: false,
    link: 'ok',
    pending: null,
    foreground: false,
    connectedAt: null,
    endedReason: null,
    localStream: null,
    remoteStream: null,
    codecs: Object.freeze([]),
  })
}
