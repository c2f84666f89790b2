/**
 * MediaStreamTrackProcessor and MediaStreamTrackGenerator as Chromium has them in a page. The types of browsers leave
 * them out, since the standard has them in workers alone (W3C mediacapture-transform).
 */
interface InsertableStreams {
  readonly MediaStreamTrackProcessor: new (init: { track: MediaStreamTrack; maxBufferSize?: number }) => {
    readonly readable: ReadableStream<VideoFrame>
  }
  readonly MediaStreamTrackGenerator: new (init: { kind: 'video' }) => MediaStreamTrack & {
    readonly writable: WritableStream<VideoFrame>
  }
}

/** The frames of tracks as streams, where this browser has them; `null` elsewhere. */
export function insertableStreams(): InsertableStreams | null {
  const complete = ['MediaStreamTrackProcessor', 'MediaStreamTrackGenerator', 'OffscreenCanvas', 'VideoFrame'].every(
    (name) => name in globalThis,
  )
  return complete ? (globalThis as unknown as InsertableStreams) : null
}
