import { CaptureError, permission } from '../media/capture.ts'
import type { LocalMedia } from '../media/local-media.ts'
import { kindsOf, type MediaType, type TrackKind } from '../media/media-type.ts'
import { Refusal } from './refuse.ts'
import type { DevicesSnapshot } from './snapshot.ts'

const nameOf = { audio: 'microphone', video: 'camera' } as const satisfies Record<TrackKind, keyof DevicesSnapshot>

type Access = DevicesSnapshot['microphone']

/** Opens microphone and camera for calls, and keeps what is known of the permission to do so. */
export class DeviceAccess {
  readonly #changed: (change: Partial<DevicesSnapshot>) => void

  constructor(changed: (change: Partial<DevicesSnapshot>) => void) {
    this.#changed = changed
  }

  /** Whether opening these devices would not ask the person: then nothing need wait for it. */
  async granted(mediaType: MediaType): Promise<boolean> {
    return (await permission(kindsOf(mediaType))) === 'granted'
  }

  /**
   * Opens what `mediaType` needs. Where there is a microphone and no camera, a video call goes on without a picture of
   * our own.
   *
   * @throws {Refusal} 0020 where permission is refused, 0000 where a device is missing or in use.
   */
  async open(local: LocalMedia, mediaType: MediaType, signal: AbortSignal): Promise<void> {
    const kinds = kindsOf(mediaType).filter((kind) => !local.track(kind))
    if (kinds.length === 0) return
    const asking = (await permission(kinds)) !== 'granted'
    if (asking) this.#tell(kinds, 'asking')
    try {
      await local.capture(mediaType, signal)
      this.#tell(kinds, 'granted')
    } catch (error) {
      if (!(error instanceof CaptureError)) {
        if (asking) this.#tell(kinds, 'unknown')
        throw error
      }
      this.#tell(kinds, error.problem === 'denied' ? 'denied' : error.problem === 'missing' ? 'missing' : 'unknown')
      if (error.problem === 'missing' && kinds.length === 2) return this.open(local, 'audio', signal)
      throw refusal(error)
    }
  }

  #tell(kinds: readonly TrackKind[], access: Access): void {
    this.#changed(Object.fromEntries(kinds.map((kind) => [nameOf[kind], access])))
  }
}

function refusal(error: CaptureError): Refusal {
  const words = { additionalInformation: error.message }
  return new Refusal(error.problem === 'denied' ? '0020' : '0000', words, error)
}
