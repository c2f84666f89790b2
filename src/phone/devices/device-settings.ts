import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { TaskQueue } from '../../base/task-queue.ts'
import { capture, defaultWishes, isCaptureError, type CaptureWishes } from '../../media/capture.ts'
import { canChooseOutput, listDevices, type DeviceList } from '../../media/device-list.ts'
import type { TrackKind } from '../../media/media-type.ts'
import { WakeLock } from '../../media/wake-lock.ts'
import type { Line } from '../line.ts'
import { Refusal } from '../refuse.ts'
import type { PhoneSnapshot } from '../snapshot.ts'
import {
  defaultChoice,
  deviceRoles,
  readChoice,
  type DeviceChoice,
  type DeviceChoiceOptions,
  type DeviceRole,
  type DeviceSetup,
} from './device-setup.ts'
import { OpenDevices } from './open-devices.ts'
import { remember, rememberedChoice } from './remembered-choice.ts'

const log = logger('devices')

const listOf = { microphone: 'microphones', camera: 'cameras', speaker: 'speakers', ringer: 'speakers' } as const

/** What a choice changes that is captured, by kind. */
const capturedBy = {
  audio: ['microphone', 'echoCancellation', 'noiseSuppression', 'autoGainControl'],
  video: ['camera'],
} as const satisfies Record<TrackKind, readonly (keyof DeviceChoice)[]>

/**
 * Which devices a phone uses, before and in calls. A chosen one that goes gives way to the default one at once, and is
 * taken again when it comes back. Loaded when a page asks for it or the first call is up.
 */
export class DeviceSettings {
  readonly open: OpenDevices
  readonly #line: Line
  /** Changes of choice and of machine, one after the other. */
  readonly #queue = new TaskQueue()
  readonly #wakeLock: WakeLock
  #choice = defaultChoice
  #remembered = false
  #list: DeviceList | null = null
  #missing: readonly DeviceRole[] = []
  #waiting = false
  /** What the page was told; `null` before it asked. */
  #told: DeviceSetup | null = null

  constructor(line: Line) {
    this.#line = line
    this.open = new OpenDevices(line, () => this.#follow())
    this.#wakeLock = new WakeLock(line.disposed)
    line.devices.capture = (kinds, signal) => this.#capture(kinds, signal)
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#follow(), { signal: line.disposed })
    line.store.subscribe((snapshot) => this.#watch(snapshot), { signal: line.disposed })
    this.#watch(line.store.snapshot)
  }

  /** The devices there are, and those in use; `snapshot.devices.setup` tells the same from now on. */
  list(): Promise<DeviceSetup> {
    return this.#queue.run(async () => {
      await this.#update()
      return this.#publish()
    })
  }

  /**
   * Uses other devices, in a call at once and without asking the far side.
   *
   * @throws {Refusal} 0000 for what is no choice, or a device that is in use by another program; 0020 where permission
   * is refused. Everything stays as it was then.
   */
  choose({ remember: keep, ...options }: DeviceChoiceOptions): Promise<void> {
    const change = readChoice(options)
    const wrong = Object.keys(options).find((name) => !(name in change))
    if (wrong !== undefined) {
      const additionalInformation = `${wrong}: pass the id of a listed device or null, for an option true or false`
      return Promise.reject(new Refusal('0000', { additionalInformation }))
    }
    return this.#queue.run(async () => {
      const before = this.#choice
      this.#choice = Object.freeze({ ...before, ...(keep && rememberedChoice()), ...change })
      try {
        await this.#update()
        await this.#apply(before)
      } catch (error) {
        this.#choice = before
        await ignore(log, this.route(), 'the sound does not come by the chosen device')
        throw error
      }
      if (keep !== undefined) this.#remembered = keep
      if (this.#remembered || keep === false) remember(this.#remembered ? this.#choice : null)
      this.#publish()
    })
  }

  /** The device that serves for a role now; `null` is the default one. */
  deviceFor(role: DeviceRole): string | null {
    return this.#missing.includes(role) ? null : this.#choice[role]
  }

  #watch({ calls }: PhoneSnapshot): void {
    this.#wakeLock.set(calls.some(({ connectedAt, mediaType }) => connectedAt !== null && mediaType === 'video'))
    this.open.watch()
  }

  /** The machine has other devices, or one that was open has gone. */
  #follow(): void {
    // What is told several times while it waits is looked at once.
    if (this.#waiting) return
    this.#waiting = true
    const following = this.#queue.run(async () => {
      this.#waiting = false
      const before = this.#missing
      await this.#update()
      await Promise.all([this.#reopen(), ignore(log, this.route(), 'the sound does not come by the chosen device')])
      if (this.#told) this.#publish()
      this.#tell(before)
    })
    following.catch(() => {})
  }

  async #update(): Promise<void> {
    this.#list = await listDevices()
    // Before the person allows it a browser tells of no device by its id: what is chosen may well be there.
    this.#missing = Object.freeze(
      deviceRoles.filter((role) => {
        const id = this.#choice[role]
        const known = this.#list?.[listOf[role]] ?? []
        const told = role === 'speaker' || role === 'ringer' ? canChooseOutput() : known.length > 0
        return id !== null && told && !known.some((device) => device.id === id)
      }),
    )
  }

  /** Puts a new choice into effect. */
  async #apply(before: DeviceChoice): Promise<void> {
    const changed = (kind: TrackKind) => capturedBy[kind].some((name) => this.#choice[name] !== before[name])
    for (const kind of ['audio', 'video'] as const) {
      // What is chosen now must be opened: another device in its place would be a lie.
      if (changed(kind)) await this.open.replace(kind, (kinds, signal) => capture(kinds, signal, this.#wishes()))
    }
    await this.route()
  }

  /** Opens again what has gone, and what is back. A machine that has none any more is looked at when it has. */
  async #reopen(): Promise<void> {
    const list = this.#list
    if (!list) return
    for (const [kind, role] of [
      ['audio', 'microphone'],
      ['video', 'camera'],
    ] as const) {
      if (!this.open.outOfPlace(kind, this.deviceFor(role), list.ids)) continue
      await ignore(log, this.open.replace(kind, this.#line.devices.capture), 'the device was not taken again')
    }
  }

  /** Opens the chosen devices, or any where one of them went in this moment. */
  async #capture(kinds: readonly TrackKind[], signal: AbortSignal): Promise<readonly MediaStreamTrack[]> {
    try {
      return await capture(kinds, signal, this.#wishes())
    } catch (error) {
      if (!isCaptureError(error) || error.problem !== 'missing') throw error
      return capture(kinds, signal, this.#wishes({}, {}))
    }
  }

  /** What the browser is asked for. */
  #wishes(microphone = this.#wish('microphone'), camera = this.#wish('camera')): CaptureWishes {
    const { echoCancellation, noiseSuppression, autoGainControl } = this.#choice
    const { facingMode, ...picture } = defaultWishes.video
    return {
      audio: { echoCancellation, noiseSuppression, autoGainControl, ...microphone },
      // A camera that looks elsewhere was chosen to.
      video: { ...picture, ...(camera.deviceId ? camera : facingMode && { facingMode }) },
    }
  }

  /** Before a browser tells of its devices it may be asked for one that has gone, and has to find another. */
  #wish(role: 'microphone' | 'camera'): MediaTrackConstraints {
    const id = this.deviceFor(role)
    if (id === null) return {}
    return { deviceId: this.#list?.ids.has(id) ? { exact: id } : { ideal: id } }
  }

  /**
   * Sends what sounds to the chosen devices.
   *
   * @throws {DOMException} when one is gone, or not the page's to use.
   */
  async route(): Promise<void> {
    if (!canChooseOutput()) return
    const [speaker, ringer] = [this.deviceFor('speaker') ?? '', this.deviceFor('ringer') ?? '']
    const { output, sounds } = this.#line
    // Where it cannot the default one serves; the person who chose it has been told.
    output.begun = (player) =>
      void ignore(
        log,
        player.setSinkId(this.deviceFor('speaker') ?? ''),
        'the sound does not come by the chosen device',
      )
    await Promise.all([
      ...output.players.map((player) => player.setSinkId(speaker)),
      sounds?.route({ speaker, ringer }),
    ])
  }

  #publish(): DeviceSetup {
    const { microphones, cameras, speakers } = this.#list ?? { microphones: [], cameras: [], speakers: [] }
    const setup: DeviceSetup = Object.freeze({
      microphones,
      cameras,
      speakers,
      chosen: this.#choice,
      missing: this.#missing,
      canChooseOutput: canChooseOutput(),
      remembered: this.#remembered,
    })
    if (JSON.stringify(setup) === JSON.stringify(this.#told)) return this.#told ?? setup
    this.#told = setup
    this.#line.setDevices({ setup })
    return setup
  }

  #tell(before: readonly DeviceRole[]): void {
    const say = (message: string) => this.#line.publish('notification', { message, timestamp: new Date() })
    for (const role of this.#missing) {
      if (!before.includes(role)) say(`The chosen ${role} is gone: the default one is used until it is back`)
    }
    for (const role of before) if (!this.#missing.includes(role)) say(`The chosen ${role} is back and used again`)
  }
}
