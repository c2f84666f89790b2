import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneError } from '../../src/phone/phone-error.ts'
import type { PhoneSnapshot } from '../../src/phone/snapshot.ts'

export type TrialRole = 'microphone' | 'camera'

type DeviceTrial = Awaited<ReturnType<Phone['tryDevice']>>

/** How often the level is read, in ms. */
const levelInterval = 100

interface Trial {
  readonly end: AbortController
  /** The person asked for it; otherwise it ends with the call whose device it shows. */
  readonly asked: boolean
  device: DeviceTrial | null
}

/** The microphone and the camera that a picker has open: while the person wants it, or a call has them open. */
export class DeviceTrials implements ReactiveController {
  /** How loud the microphone is, 0 to 1 in tenths. */
  level = 0
  /** Whether nothing but silence comes from the microphone. */
  silent = false
  readonly #host: ReactiveControllerHost
  readonly #trials = new Map<TrialRole, Trial>()
  readonly #failed = new Map<TrialRole, PhoneError>()
  #timer: ReturnType<typeof setInterval> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  hostDisconnected(): void {
    this.endAll()
  }

  /** Whether it is open, or being opened. */
  isOpen(role: TrialRole): boolean {
    return this.#trials.has(role)
  }

  stream(role: TrialRole): MediaStream | null {
    return this.#trials.get(role)?.device?.stream ?? null
  }

  /** Why it did not open. */
  failure(role: TrialRole): PhoneError | null {
    return this.#failed.get(role) ?? null
  }

  /** Opens what a call has open, and ends that with the call. */
  follow(phone: Phone, { calls }: PhoneSnapshot, shown: readonly string[]): void {
    const inCall = {
      microphone: calls.some(({ localStream }) => localStream?.getAudioTracks().length),
      camera: calls.some(({ camera }) => camera),
    }
    for (const role of ['microphone', 'camera'] as const) {
      const trial = this.#trials.get(role)
      if (inCall[role] && !trial && shown.includes(role)) void this.begin(phone, role, false)
      else if (!inCall[role] && trial?.asked === false) this.end(role)
    }
  }

  async begin(phone: Phone, role: TrialRole, asked = true): Promise<void> {
    if (this.#trials.has(role)) return
    const trial: Trial = { end: new AbortController(), asked, device: null }
    this.#trials.set(role, trial)
    this.#failed.delete(role)
    this.#host.requestUpdate()
    try {
      trial.device = await phone.tryDevice(role, trial.end)
      this.#measure()
    } catch (error) {
      if (trial.end.signal.aborted) return
      this.#trials.delete(role)
      if (asked) this.#failed.set(role, error as PhoneError)
    }
    this.#host.requestUpdate()
  }

  end(role: TrialRole): void {
    this.#trials.get(role)?.end.abort()
    this.#trials.delete(role)
    this.#measure()
    this.#host.requestUpdate()
  }

  endAll(): void {
    for (const role of [...this.#trials.keys()]) this.end(role)
    this.#failed.clear()
  }

  #measure(): void {
    const open = this.#trials.get('microphone')?.device ?? null
    if (open && this.#timer === undefined) this.#timer = setInterval(() => this.#read(), levelInterval)
    if (open) return
    clearInterval(this.#timer)
    this.#timer = undefined
    this.level = 0
    this.silent = false
  }

  #read(): void {
    const device = this.#trials.get('microphone')?.device
    if (!device) return
    const { level, silent } = device
    if (level === this.level && silent === this.silent) return
    this.level = level
    this.silent = silent
    this.#host.requestUpdate()
  }
}
