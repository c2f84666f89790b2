/** Quieter than this, in dB, a tone is not there: leakage of its neighbours in the spectrum, noise of the codec. */
const floor = -60

/** Tells which tones arrive in a stream. */
export class ToneEar {
  readonly #context: AudioContext
  readonly #analyser: AnalyserNode
  readonly #output = new Audio()
  #source: MediaStreamAudioSourceNode | null = null

  constructor(context: AudioContext) {
    this.#context = context
    this.#analyser = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
  }

  /** Listens to `stream`, and to nothing else any more. */
  listen(stream: MediaStream): void {
    // Chromium plays what comes from afar to nobody else than an element.
    this.#output.srcObject = stream
    this.#output.muted = true
    void this.#output.play().catch(() => {})
    this.#source?.disconnect()
    this.#source = this.#context.createMediaStreamSource(stream)
    this.#source.connect(this.#analyser)
  }

  /** Which of these tones arrive now. */
  hears(tones: readonly number[]): readonly number[] {
    const { frequencyBinCount, fftSize } = this.#analyser
    const levels = new Float32Array(frequencyBinCount)
    this.#analyser.getFloatFrequencyData(levels)
    const levelOf = (tone: number): number => {
      const bin = Math.round((tone * fftSize) / this.#context.sampleRate)
      return Math.max(...levels.subarray(bin - 1, bin + 2))
    }
    return tones.filter((tone) => levelOf(tone) > floor)
  }
}

/** A track that hums, at a frequency that can change. */
export class Hum {
  readonly track: MediaStreamTrack
  readonly #oscillator: OscillatorNode

  constructor(context: AudioContext, frequency: number) {
    this.#oscillator = new OscillatorNode(context, { frequency })
    const destination = new MediaStreamAudioDestinationNode(context)
    this.#oscillator.connect(new GainNode(context, { gain: 0.04 })).connect(destination)
    this.#oscillator.start()
    const [track] = destination.stream.getAudioTracks()
    if (!track) throw new Error('The browser made no track')
    this.track = track
  }

  set frequency(frequency: number) {
    this.#oscillator.frequency.value = frequency
  }
}

/** A track that hums. */
export const toneTrack = (context: AudioContext, frequency: number): MediaStreamTrack =>
  new Hum(context, frequency).track

/** A development token of a gateway. */
export async function tokenFor(server: string, userId: string): Promise<string> {
  const response = await fetch(new URL('/tokens', server), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId }),
  })
  return ((await response.json()) as { readonly access_token: string }).access_token
}
