import { ColourPicture, type Colour } from '../../../src/media/mixing/testing/colour-picture.ts'
import { LocalMedia } from '../../../src/media/local-media.ts'
import type { MediaType } from '../../../src/media/media-type.ts'
import { mediaStatistics, type MediaStatistics } from '../../../src/media/statistics.ts'
import { defaultConnectionSettings, type ConnectionSettings } from '../../../src/media/connection-settings.ts'
import {
  SignalingError,
  type Identity,
  type Leg,
  type LegEvents,
  type PlaceOptions,
  type SignalingEvents,
} from '../../../src/signaling/signaling.ts'
import { SipSignaling } from '../../../src/signaling/sip/sip-signaling.ts'
import type { SipOptions } from '../../../src/signaling/sip/sip-options.ts'

/** An error as it can leave the page. */
export interface Told {
  readonly name: string
  readonly message: string
  readonly kind?: string
  readonly status?: number
}

interface Heard {
  readonly name: string
  readonly payload: unknown
}

const legEvents = [
  'progress',
  'established',
  'held',
  'resumed',
  'change-requested',
  'change-withdrawn',
  'changed',
  'link',
  'replaced',
  'transfer-requested',
  'transfer-withdrawn',
  'ended',
] as const satisfies readonly (keyof LegEvents)[]

const told = (error: unknown): Told =>
  error instanceof SignalingError
    ? {
        name: error.name,
        message: error.message,
        kind: error.kind,
        ...(error.details.status !== undefined && { status: error.details.status }),
      }
    : { name: (error as Error).name, message: (error as Error).message }

const plain = (payload: unknown): unknown => {
  if (payload instanceof Error) return told(payload)
  if (typeof payload !== 'object' || payload === null) return payload
  return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, plain(value)]))
}

/** One call as the page sees it: the leg, what it sends, what was heard of it. */
class Line {
  readonly heard: Heard[] = []
  readonly output = new Audio()

  constructor(
    readonly leg: Leg,
    readonly local: LocalMedia,
  ) {
    for (const name of legEvents) leg.on(name, (payload: unknown) => this.heard.push({ name, payload: plain(payload) }))
    leg.on('ended', () => local.close())
    this.output.srcObject = leg.remoteStream
    void this.output.play().catch(() => {})
  }
}

/** The SIP network without the engine above it, for tests to drive. */
class Softphone {
  readonly heard: Heard[] = []
  readonly lines: Line[] = []
  settings: ConnectionSettings = defaultConnectionSettings
  #network: SipSignaling | null = null
  #context: AudioContext | null = null

  async signIn(identity: Identity, options: SipOptions, settings: Partial<ConnectionSettings> = {}): Promise<unknown> {
    const network = new SipSignaling(options)
    this.settings = { ...defaultConnectionSettings, ...settings }
    this.#network = network
    network.on('incoming', (leg) => this.#add(leg, 'incoming'))
    for (const name of ['link', 'expired'] as const satisfies readonly (keyof SignalingEvents)[]) {
      network.on(name, (payload: unknown) => this.heard.push({ name, payload: plain(payload) }))
    }
    return network.connect(identity, AbortSignal.timeout(20_000))
  }

  get network(): SipSignaling {
    if (!this.#network) throw new Error('Not signed in')
    return this.#network
  }

  /** The line at `index`, counted from the end when negative: the last by default. */
  line(index = -1): Line {
    const line = this.lines.at(index)
    if (!line) throw new Error('No call')
    return line
  }

  async dial(to: string, mediaType: MediaType = 'audio', options: PlaceOptions = {}): Promise<void> {
    const local = new LocalMedia()
    // A call that ends at once closes its media while they open.
    const capturing = local.capture(mediaType, AbortSignal.timeout(10_000)).catch(() => {})
    const media = { mediaType, local, settings: this.settings }
    const leg = await this.network.place(to, media, AbortSignal.timeout(20_000), options)
    this.lines.push(new Line(leg, local))
    await capturing
  }

  async answer(mediaType: MediaType = 'audio'): Promise<void> {
    const { leg, local } = this.line()
    const capturing = local.capture(mediaType, AbortSignal.timeout(10_000))
    await leg.accept({ mediaType, local, settings: this.settings }, AbortSignal.timeout(20_000))
    await capturing
  }

  /** Sends a tone of `frequency` Hz in place of the microphone. */
  async playTone(frequency: number): Promise<void> {
    const context = new AudioContext()
    const oscillator = new OscillatorNode(context, { frequency })
    const destination = new MediaStreamAudioDestinationNode(context)
    oscillator.connect(new GainNode(context, { gain: 0.5 })).connect(destination)
    oscillator.start()
    const [track] = destination.stream.getAudioTracks()
    if (track) await this.line().local.set(track)
  }

  /** Sends a picture of one colour in place of the camera. */
  async showColour(colour: Colour): Promise<void> {
    await this.line().local.set(new ColourPicture(colour).track)
  }

  /** The colour in the middle of a JPEG, base64: red, green and blue, each from 0 to 255. */
  async colourOf(jpeg: string): Promise<readonly number[]> {
    const picture = await createImageBitmap(await (await fetch(`data:image/jpeg;base64,${jpeg}`)).blob())
    const context = new OffscreenCanvas(1, 1).getContext('2d')
    if (!context) throw new Error('A canvas can be drawn on')
    context.drawImage(picture, picture.width / 2, picture.height / 2, 1, 1, 0, 0, 1, 1)
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)]
  }

  /** The strongest frequency in what is heard now, in Hz; 0 in silence. */
  async heardFrequency(): Promise<number> {
    this.#context ??= new AudioContext()
    const analyser = new AnalyserNode(this.#context, { fftSize: 4096 })
    const source = this.#context.createMediaStreamSource(this.line().leg.remoteStream)
    source.connect(analyser)
    await new Promise((resolve) => setTimeout(resolve, 200))
    const levels = new Float32Array(analyser.frequencyBinCount)
    analyser.getFloatFrequencyData(levels)
    source.disconnect()
    const strongest = levels.reduce((best, level, index) => (level > (levels[best] ?? -Infinity) ? index : best), 0)
    return (levels[strongest] ?? -Infinity) < -70 ? 0 : (strongest * this.#context.sampleRate) / analyser.fftSize
  }

  /** Opens the camera for a call that has none yet. */
  async openCamera(): Promise<void> {
    await this.line().local.capture('video', AbortSignal.timeout(10_000))
  }

  async statistics(index = -1): Promise<MediaStatistics | null> {
    const { connection } = this.line(index).leg
    // WebDriver BiDi leaves out an object that it has met before.
    return connection && (JSON.parse(JSON.stringify(await mediaStatistics(connection))) as MediaStatistics)
  }

  /** Calls `body` and gives what it threw. */
  async refusal(body: () => Promise<unknown>): Promise<Told | null> {
    try {
      await body()
      return null
    } catch (error) {
      return told(error)
    }
  }

  #add(leg: Leg, name: string): void {
    this.lines.push(new Line(leg, new LocalMedia()))
    this.heard.push({ name, payload: { ...leg.remote, mediaType: leg.mediaType } })
  }
}

export type { Softphone }

declare global {
  var softphone: Softphone
}

globalThis.softphone = new Softphone()
