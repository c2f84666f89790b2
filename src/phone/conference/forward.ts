import type { LocalMedia, TrackSink } from '../../media/local-media.ts'
import { kindsOf } from '../../media/media-type.ts'

/** Lets `to` have the tracks of `from`, now and whenever they change, until `signal` aborts. */
export async function forward(from: LocalMedia, to: LocalMedia, signal: AbortSignal): Promise<void> {
  await Promise.all(
    kindsOf('video').map((kind) => {
      const sink: TrackSink = {
        get track() {
          return to.track(kind)
        },
        replaceTrack: (track) => (track ? to.set(track) : to.release(kind)),
      }
      return from.bind(sink, kind, signal)
    }),
  )
}
