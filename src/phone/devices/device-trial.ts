import { LocalMedia } from '../../media/local-media.ts'
import type { TrackKind } from '../../media/media-type.ts'
import { MicrophoneLevel } from '../../media/microphone-level.ts'
import type { Line } from '../line.ts'
import type { OpenDevices } from './open-devices.ts'

/** A microphone or camera that is open to be tried. It follows the choice of devices. */
export interface DeviceTrial {
  /** Its sound or picture, the same stream for life: for a preview. */
  readonly stream: MediaStream
  /** How loud the microphone is now, 0 to 1 in tenths; 0 for a camera. */
  readonly level: number
  /** Whether nothing but silence has come for over a second. */
  readonly silent: boolean
}

/**
 * Opens the chosen device until `signal` aborts. One that a call has open is shared, no matter what the call mutes.
 *
 * @throws {Refusal} 0020 where permission is refused, 0000 where there is no such device or it is in use.
 */
export async function openTrial(
  line: Line,
  open: OpenDevices,
  kind: TrackKind,
  signal: AbortSignal,
): Promise<DeviceTrial> {
  const ended = AbortSignal.any([signal, line.disposed])
  ended.throwIfAborted()
  const opened = open.of(kind).find((local) => local.track(kind)?.readyState === 'live')
  const local = new LocalMedia()
  try {
    const shared = opened?.track(kind)?.clone()
    const [track] = shared ? [shared] : await line.devices.ask([kind], () => line.devices.capture([kind], ended))
    if (track) {
      // A clone of a muted microphone would be muted too.
      track.enabled = true
      await local.set(track)
    }
  } catch (error) {
    local.close()
    throw error
  }
  const level = kind === 'audio' ? new MicrophoneLevel(local.stream) : null
  open.trials.add(local)
  open.watch(true)
  const close = () => {
    open.trials.delete(local)
    local.close()
    level?.close()
  }
  if (ended.aborted) close()
  else ended.addEventListener('abort', close, { once: true })
  return {
    stream: local.stream,
    get level() {
      return level?.read().level ?? 0
    },
    get silent() {
      return level?.read().silent ?? false
    },
  }
}
