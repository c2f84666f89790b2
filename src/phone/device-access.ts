import { Lazy } from '../base/lazy.ts'
import { capture, CaptureError, isCaptureError, permission } from '../media/capture.ts'
import type { LocalMedia, OpenDevices } from '../media/local-media.ts'
import { kindsOf, type MediaType, type TrackKind } from '../media/media-type.ts'
import { PlaceError } from '../place/cause.ts'
import type { DeviceSettings } from './devices/device-settings.ts'
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
  readonly #without: (error: unknown) => void

  /** `without` hears why a call goes on with less than it was to have. */
  constructor(
    changed: (change: Partial<DevicesSnapshot>) => void,
    settings: () => Promise<DeviceSettings>,
    without: (error: unknown) => void = () => {},
  ) {
    this.#changed = changed
    this.#without = without
    this.settings = new Lazy(settings)
  }

  /**
   * Opens what `mediaType` needs. Where there is a microphone, and no camera or one that does not start, a video call
   * goes on without a picture of our own.
   *
   * @throws {PlaceError} where the browser has no calls at all.
   * @throws {CaptureError} where permission is refused, or a device is missing or in use.
   */
  async open(local: LocalMedia, mediaType: MediaType, signal: AbortSignal): Promise<void> {
    const kinds = kindsOf(mediaType).filter((kind) => !local.track(kind))
    if (typeof RTCPeerConnection === 'undefined') throw new PlaceError('no-webrtc')
    if (kinds.length === 0) return
    try {
      await this.ask(kinds, () => local.capture(mediaType, signal, this.capture))
    } catch (error) {
      const gone = isCaptureError(error) && (error.problem === 'missing' || error.problem === 'busy')
      if (!gone || kinds.length < 2) throw error
      // A microphone that is missing, or in use, says so by itself.
      await this.open(local, 'audio', signal)
      this.#tell(['video'], error.problem === 'missing' ? 'missing' : 'unknown')
      this.#without(new CaptureError(error.problem, ['video'], error.cause))
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
