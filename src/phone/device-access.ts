import { Lazy } from '../base/lazy.ts'
import { capture, isCaptureError, permission, type CaptureError } from '../media/capture.ts'
import type { LocalMedia, OpenDevices } from '../media/local-media.ts'
import { kindsOf, type MediaType, type TrackKind } from '../media/media-type.ts'
import type { DeviceSettings } from './devices/device-settings.ts'
import { Refusal } from './refuse.ts'
import type { DevicesSnapshot } from './snapshot.ts'

const nameOf = { audio: 'microphone', video: 'camera' } as const satisfies Record<TrackKind, keyof DevicesSnapshot>

type Access = DevicesSnapshot['microphone']

/** Opens microphone and camera for calls, and keeps what is known of the permission to do so. */
export class DeviceAccess {
  /** Opens the devices that are to be used. */
  capture: OpenDevices = capture
  /** What chooses devices and follows them as they come and go. */
  readonly settings: Lazy<DeviceSettings>
  readonly #changed: (change: Partial<DevicesSnapshot>) => void

  constructor(changed: (change: Partial<DevicesSnapshot>) => void, settings: () => Promise<DeviceSettings>) {
    this.#changed = changed
    this.settings = new Lazy(settings)
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
    try {
      await this.ask(kinds, () => local.capture(mediaType, signal, this.capture))
    } catch (error) {
      if (!isCaptureError(error)) throw error
      if (error.problem === 'missing' && kinds.length === 2) return this.open(local, 'audio', signal)
      throw captureRefusal(error)
    }
  }

  /** Does what opens devices of these kinds, and tells how far it has come. */
  async ask<T>(kinds: readonly TrackKind[], open: () => Promise<T>): Promise<T> {
    const asking = (await permission(kinds)) !== 'granted'
    if (asking) this.#tell(kinds, 'asking')
    try {
      const opened = await open()
      this.#tell(kinds, 'granted')
      return opened
    } catch (error) {
      if (isCaptureError(error)) {
        this.#tell(kinds, error.problem === 'denied' || error.problem === 'missing' ? error.problem : 'unknown')
      } else if (asking) this.#tell(kinds, 'unknown')
      throw error
    }
  }

  #tell(kinds: readonly TrackKind[], access: Access): void {
    this.#changed(Object.fromEntries(kinds.map((kind) => [nameOf[kind], access])))
  }
}

/** The refusal that stands for a device which could not be opened. */
export function captureRefusal(error: CaptureError): Refusal {
  const words = { additionalInformation: error.message }
  return new Refusal(error.problem === 'denied' ? '0020' : '0000', words, error)
}
