import type { DeviceChoiceOptions, DeviceSetup } from './devices/device-setup.ts'
import type { DeviceTrial } from './devices/device-trial.ts'
import { PhoneSettings } from './phone-settings.ts'
import type { QualityListener, QualityOptions } from './quality-watch.ts'

/** Loaded with the first method that a page calls. */
const devices = () => import('./devices/device-methods.ts')

/** Microphone, camera, loudspeakers and screen, and how well a call is heard. */
export class PhoneDevices extends PhoneSettings {
  /**
   * The devices of this machine and those chosen; `snapshot.devices.setup` follows from then on. The names are empty
   * before the person allowed the page to use a microphone or camera; nothing is opened and nobody is asked.
   */
  async listDevices(): Promise<DeviceSetup> {
    return (await devices()).listDevices(this.line)
  }

  /**
   * Uses other devices, and echo, noise and gain control, in calls to come and at once in those there are: the far side
   * is not asked. What is left out stays. A chosen device that goes gives way to the default one, and is taken again
   * when it is back. Refuses with 0000 and 0020, and stays with what it had then.
   */
  chooseDevices(options: DeviceChoiceOptions): Promise<void> {
    return this.line.load('chooseDevices', devices, options)
  }

  /**
   * Opens the chosen microphone or camera to be tried, ahead of a call or in one, until `signal` aborts; it follows the
   * choice. Refuses with 0000 and 0020.
   */
  async tryDevice(role: 'microphone' | 'camera', options: { readonly signal: AbortSignal }): Promise<DeviceTrial> {
    return (await devices()).tryDevice(this.line, role, options)
  }

  /** Sounds for a moment by the chosen loudspeaker, or by the one that rings. Resolves when it is over. */
  testOutput(role: 'speaker' | 'ringer', options?: { readonly signal?: AbortSignal }): Promise<void> {
    return this.line.load('testOutput', devices, role, options)
  }

  /**
   * Shows the screen in place of the camera, in a gesture of the person, or ends that: the camera comes back if it was
   * on. In an audio call the other side is asked for video. Refuses with 4601 to 4605, and 0000 where the browser cannot;
   * a person who chooses nothing is told by a notification.
   */
  shareScreen(on: boolean): Promise<void> {
    return this.line.load('shareScreen', devices, on)
  }

  /**
   * Tells once a second how well a call is heard, and why where it is silent, until `signal` aborts. Statistics are read
   * only while somebody watches. Hears `null` while there is no such call.
   */
  watchQuality(listener: QualityListener, options: QualityOptions): Promise<void> {
    return this.line.load('watchQuality', devices, listener, options)
  }
}
