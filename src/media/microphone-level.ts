import { LevelMeter, noLevel, type PartyLevel } from './mixing/level-meter.ts'

/** How much sound is looked at at a time: 43 ms at 48 kHz. */
const samples = 2048

/** Tells how loud a stream is, whenever it is asked. Nothing is measured in between. */
export class MicrophoneLevel {
  readonly #stream: MediaStream
  #track: MediaStreamTrack | null = null
  readonly #context: AudioContext | null
  readonly #analyser: AnalyserNode | null
  readonly #samples = new Float32Array(samples)
  readonly #meter = new LevelMeter()
  #source: MediaStreamAudioSourceNode | null = null
  #last = performance.now()

  constructor(stream: MediaStream) {
    this.#stream = stream
    this.#context = typeof AudioContext === 'undefined' ? null : new AudioContext()
    this.#analyser = this.#context && new AnalyserNode(this.#context, { fftSize: samples })
  }

  /** A source keeps the track that it began with, no matter what the stream has by now. */
  #follow(): void {
    const track = this.#stream.getAudioTracks()[0] ?? null
    if (track === this.#track) return
    this.#track = track
    this.#source?.disconnect()
    this.#source = null
    if (!this.#context || !this.#analyser || !track) return
    this.#source = new MediaStreamAudioSourceNode(this.#context, { mediaStream: this.#stream })
    this.#source.connect(this.#analyser)
    void this.#context.resume().catch(() => {})
  }

  read(): PartyLevel {
    this.#follow()
    if (this.#context?.state !== 'running' || !this.#analyser || !this.#source) return noLevel
    const now = performance.now()
    const past = now - this.#last
    this.#last = now
    this.#analyser.getFloatTimeDomainData(this.#samples)
    return this.#meter.read(this.#samples, past)
  }

  close(): void {
    this.#source?.disconnect()
    this.#source = null
    void this.#context?.close().catch(() => {})
  }
}
