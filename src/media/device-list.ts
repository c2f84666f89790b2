/** A device, as the browser tells of it. */
export interface Device {
  /** What it is chosen by; another one in each origin. */
  readonly id: string
  /** Its name as its maker wrote it: show it as text. Empty before the person allowed the page to use such a device. */
  readonly label: string
}

export interface DeviceList {
  readonly microphones: readonly Device[]
  readonly cameras: readonly Device[]
  /** What sounds. Some browsers tell only of those that belong to a microphone the page may use. */
  readonly speakers: readonly Device[]
  /** Every id there is, those among them that only stand for another one. */
  readonly ids: ReadonlySet<string>
}

/** Entries of Chromium that stand for what the system calls its default. */
const roles = new Set(['default', 'communications'])

/** The devices of this machine; none where the browser has no media devices. */
export async function listDevices(): Promise<DeviceList> {
  const found = (await globalThis.navigator?.mediaDevices?.enumerateDevices()) ?? []
  const ofKind = (kind: MediaDeviceKind) =>
    Object.freeze(
      found
        .filter((device) => device.kind === kind && device.deviceId !== '' && !roles.has(device.deviceId))
        .map(({ deviceId, label }) => Object.freeze({ id: deviceId, label })),
    )
  return {
    microphones: ofKind('audioinput'),
    cameras: ofKind('videoinput'),
    speakers: ofKind('audiooutput'),
    ids: new Set(found.map(({ deviceId }) => deviceId)),
  }
}

/** Whether this browser lets a page choose the device that it sounds by. */
export function canChooseOutput(): boolean {
  return typeof HTMLMediaElement !== 'undefined' && 'setSinkId' in HTMLMediaElement.prototype
}
