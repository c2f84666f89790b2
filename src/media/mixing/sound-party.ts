import { SoftLimiter } from './soft-limiter.ts'
import { SoundSource } from './sound-source.ts'

/** How long a voice takes to fade in or out, in s: at once would click. */
const ramp = 0.01

/** How much of what they send can be looked at later, in samples: a third of a second, more than passes between readings. */
export const keptSamples = 16_384

/** One party of a mix: what is heard of them, and what they hear. */
export class SoundParty {
  readonly #context: AudioContext
  readonly #voice: GainNode
  readonly #past: AnalyserNode
  readonly #ear: SoftLimiter
  readonly #out: MediaStreamAudioDestinationNode
  #source: SoundSource | null = null

  constructor(context: AudioContext) {
    this.#context = context
    this.#voice = new GainNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    this.#past = new AnalyserNode(context, { fftSize: keptSamples, channelCount: 1, channelCountMode: 'explicit' })
    this.#ear = new SoftLimiter(context)
    this.#out = new MediaStreamAudioDestinationNode(context, { channelCount: 1, channelCountMode: 'explicit' })
    this.#ear.output.connect(this.#out)
  }

  /** What they hear. */
  get track(): MediaStreamTrack {
    const [track] = this.#out.stream.getAudioTracks()
    if (!track) throw new Error('An audio destination has no track: the audio context was closed')
    return track
  }

  /** Takes what they say from this track from now on. */
  listenTo(track: MediaStreamTrack | null): void {
    if (this.#source?.track === (track ?? undefined)) return
    this.#source?.close()
    this.#source = track && new SoundSource(this.#context, track, [this.#voice, this.#past])
  }

  hear(other: SoundParty): void {
    other.#voice.connect(this.#ear.input)
  }

  unhear(other: SoundParty): void {
    other.#voice.disconnect(this.#ear.input)
  }

  /** Whether the others hear them. */
  setHeard(heard: boolean): void {
    const { gain } = this.#voice
    const now = this.#context.currentTime
    gain.cancelScheduledValues(now)
    gain.setValueAtTime(gain.value, now)
    gain.linearRampToValueAtTime(heard ? 1 : 0, now + ramp)
  }

  /** The latest sound they sent, whether it was heard or not, its newest sample last: `samples` has to hold `keptSamples`. */
  read(samples: Float32Array<ArrayBuffer>): void {
    this.#past.getFloatTimeDomainData(samples)
  }

  close(): void {
    this.listenTo(null)
    this.#voice.disconnect()
    this.#past.disconnect()
    this.#ear.disconnect()
    this.track.stop()
  }
}
