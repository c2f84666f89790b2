import type { Device } from '../../media/device-list.ts'

export type { Device }

/** What a device is used for: what one speaks into, is seen by, hears others by, and is rung by. */
export type DeviceRole = 'microphone' | 'camera' | 'speaker' | 'ringer'

/** Which devices are used, and how. */
export interface DeviceChoice extends Readonly<Record<DeviceRole, string | null>> {
  /** `id` of one of `microphones`; `null`, the default, leaves it to the browser. */
  readonly microphone: string | null
  /** `id` of one of `cameras`; `null`, the default, leaves it to the browser. */
  readonly camera: string | null
  /** `id` of one of `speakers`; `null` is the default one of the machine. */
  readonly speaker: string | null
  /** `id` of one of `speakers`; `null` rings by the default one of the machine. */
  readonly ringer: string | null
  /** Takes the far side's voice out of the microphone. Default `true`. */
  readonly echoCancellation: boolean
  /** Takes steady noise out of the microphone. Default `true`. */
  readonly noiseSuppression: boolean
  /** Keeps the microphone at an even loudness. Default `true`. */
  readonly autoGainControl: boolean
}

/** The devices there are, and those that are used. */
export interface DeviceSetup {
  readonly microphones: readonly Device[]
  readonly cameras: readonly Device[]
  /** What sounds: for `speaker` and for `ringer`. Some browsers tell only of those beside an allowed microphone. */
  readonly speakers: readonly Device[]
  readonly chosen: DeviceChoice
  /** What was chosen for these is not there now: the default one serves until it is back. */
  readonly missing: readonly DeviceRole[]
  /** Whether this browser lets a page choose the device that it sounds by. */
  readonly canChooseOutput: boolean
  /** Whether the choice is kept in this browser for the next visit. */
  readonly remembered: boolean
}

/** What `chooseDevices` takes; what is left out stays as it is. */
export interface DeviceChoiceOptions extends Partial<DeviceChoice> {
  /**
   * `true` keeps the choice in this browser (localStorage, `att.devices`), and takes up what was kept before for all
   * that is not named here; `false` forgets it. Default: nothing is kept.
   */
  readonly remember?: boolean
}

export const defaultChoice: DeviceChoice = Object.freeze({
  microphone: null,
  camera: null,
  speaker: null,
  ringer: null,
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
})

export const deviceRoles = ['microphone', 'camera', 'speaker', 'ringer'] as const satisfies readonly DeviceRole[]

/** What of `value` is a choice of devices; a field of another type is none. */
export function readChoice(value: object): Partial<DeviceChoice> {
  const fields = Object.entries(value).filter(([name, field]) => {
    if (!(name in defaultChoice)) return false
    const isRole = (deviceRoles as readonly string[]).includes(name)
    return isRole ? field === null || (typeof field === 'string' && field !== '') : typeof field === 'boolean'
  })
  return Object.fromEntries(fields)
}
