import { endable, endTrack } from '../../testing/endable-track.ts'

type Native = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices'>

/**
 * The machine of the test with its fake devices, some of which can be unplugged and plugged in, which no browser lets a
 * test do; it records what was opened. Devices stay real: what is open is opened by the browser.
 */
export class FakeMachine {
  /** What was asked of the browser, in order. */
  readonly asked: MediaStreamConstraints[] = []
  /** Every track that was opened. */
  readonly opened: MediaStreamTrack[] = []
  /** Where something was sent to sound, in order. */
  readonly sinks: string[] = []
  /** Ids of the devices there are. */
  microphones: readonly string[] = []
  cameras: readonly string[] = []
  /** How many offers and answers were made. */
  offers = 0
  /** How often the devices were listed. */
  listed = 0
  readonly #native: Native
  readonly #restored = new AbortController()
  readonly #gone = new Set<string>()
  readonly #outputs = new Set<string>()
  #refusal: string | null = null
  #vanished: string | null = null

  static async start(): Promise<FakeMachine> {
    const machine = new FakeMachine()
    await machine.#begin()
    return machine
  }

  private constructor() {
    const { mediaDevices } = navigator
    this.#native = {
      getUserMedia: mediaDevices.getUserMedia.bind(mediaDevices),
      enumerateDevices: mediaDevices.enumerateDevices.bind(mediaDevices),
    }
  }

  /** How many of the tracks that were opened are open now. */
  get live(): number {
    return this.opened.filter(({ readyState }) => readyState === 'live').length
  }

  unplug(id: string): void {
    this.#gone.add(id)
    this.#outputs.delete(id)
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  }

  /** An id that no device has becomes that of a loudspeaker. */
  plugIn(id: string): void {
    if (!this.#gone.delete(id)) this.#outputs.add(id)
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  }

  /** The device of this track is pulled out. */
  end(track: MediaStreamTrack): void {
    endTrack(track)
  }

  /** Everything that is asked for from now on is refused with an error of this name. */
  refuse(name: string): void {
    this.#refusal = name
  }

  /** This device is gone, and nobody was told yet. */
  vanish(id: string): void {
    this.#vanished = id
  }

  /** A browser without setSinkId. */
  withoutOutputs(): void {
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId')
  }

  restore(): void {
    Reflect.deleteProperty(navigator.mediaDevices, 'getUserMedia')
    Reflect.deleteProperty(navigator.mediaDevices, 'enumerateDevices')
    this.#restored.abort()
    for (const track of this.opened) track.stop()
  }

  async #begin(): Promise<void> {
    const { mediaDevices } = navigator
    const stream = await this.#native.getUserMedia({ audio: true, video: true })
    const devices = await this.#native.enumerateDevices()
    for (const track of stream.getTracks()) track.stop()
    const idsOf = (kind: MediaDeviceKind) =>
      devices
        .filter((device) => device.kind === kind && !['default', 'communications'].includes(device.deviceId))
        .map(({ deviceId }) => deviceId)
    this.microphones = idsOf('audioinput')
    this.cameras = idsOf('videoinput')
    Object.defineProperty(mediaDevices, 'enumerateDevices', { configurable: true, value: () => this.#enumerate() })
    Object.defineProperty(mediaDevices, 'getUserMedia', {
      configurable: true,
      value: (constraints: MediaStreamConstraints) => this.#open(constraints),
    })
    this.#record(HTMLMediaElement.prototype)
    if (typeof AudioContext !== 'undefined' && 'setSinkId' in AudioContext.prototype)
      this.#record(AudioContext.prototype)
    this.#countOffers()
  }

  async #enumerate(): Promise<readonly Pick<MediaDeviceInfo, 'deviceId' | 'kind' | 'label'>[]> {
    this.listed++
    const devices = await this.#native.enumerateDevices()
    const outputs = [...this.#outputs].map((deviceId) => ({ deviceId, kind: 'audiooutput', label: deviceId }) as const)
    return [...devices.filter(({ deviceId }) => !this.#gone.has(deviceId)), ...outputs]
  }

  async #open(constraints: MediaStreamConstraints): Promise<MediaStream> {
    this.asked.push(constraints)
    if (JSON.stringify(constraints).includes(this.#vanished ?? ' ')) {
      throw new DOMException('Vanished in the test', 'OverconstrainedError')
    }
    if (this.#refusal) throw new DOMException('Refused by the test', this.#refusal)
    const stream = await this.#native.getUserMedia(constraints)
    this.opened.push(...stream.getTracks().map(endable))
    return stream
  }

  /** Takes a device for there that the machine has not: what matters is that it is asked for. */
  #record(prototype: object): void {
    const native = Object.getOwnPropertyDescriptor(prototype, 'setSinkId')
    if (!native) return
    const record = (sinkId: string): Promise<void> => {
      this.sinks.push(sinkId)
      return Promise.resolve()
    }
    Object.defineProperty(prototype, 'setSinkId', { ...native, value: record })
    this.#restored.signal.addEventListener('abort', () => Object.defineProperty(prototype, 'setSinkId', native))
  }

  #countOffers(): void {
    const { prototype } = RTCPeerConnection
    const native = Object.getOwnPropertyDescriptor(prototype, 'setLocalDescription')!
    const count = (): number => ++this.offers
    const original = native.value as RTCPeerConnection['setLocalDescription']
    Object.defineProperty(prototype, 'setLocalDescription', {
      ...native,
      value(this: RTCPeerConnection, ...description: Parameters<typeof original>) {
        count()
        return original.apply(this, description)
      },
    })
    this.#restored.signal.addEventListener('abort', () =>
      Object.defineProperty(prototype, 'setLocalDescription', native),
    )
  }
}
