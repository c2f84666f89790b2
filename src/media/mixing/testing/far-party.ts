import type { LocalMedia } from '../../local-media.ts'
import type { TrackKind } from '../../media-type.ts'
import { eventually } from '../../testing/eventually.ts'
import type { ConferenceMixer } from '../conference-mixer.ts'
import { SoundSource } from '../sound-source.ts'
import { ColourEye, type Colour, type ColourPicture } from './colour-picture.ts'

/** How loud a tone is where it is heard, in dB of full scale. */
const heard = -50

/** A far side: the tone it says, the colour it shows, and what it hears and sees of a conference. */
export class FarParty {
  readonly id: string
  readonly frequency: number
  readonly sent = new MediaStream()
  readonly received = new MediaStream()
  readonly eye = new ColourEye()
  readonly #context: AudioContext
  readonly #tone: OscillatorNode
  readonly #gain: GainNode
  readonly #ear: AnalyserNode
  readonly #picture: ColourPicture | null
  readonly #connections: RTCPeerConnection[] = []
  readonly #closed = new AbortController()
  #source: SoundSource | null = null

  constructor(context: AudioContext, id: string, frequency: number, picture?: ColourPicture) {
    this.id = id
    this.frequency = frequency
    this.#context = context
    this.#tone = new OscillatorNode(context, { frequency })
    this.#gain = new GainNode(context, { gain: 0.3 })
    this.#ear = new AnalyserNode(context, { fftSize: 8192, smoothingTimeConstant: 0 })
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
    this.#tone.connect(this.#gain).connect(out)
    this.#tone.start()
    for (const track of out.stream.getTracks()) this.sent.addTrack(track)
    this.#picture = picture ?? null
    if (this.#picture) this.sent.addTrack(this.#picture.track)
  }

  get colour(): Colour | null {
    return this.#picture?.colour ?? null
  }

  /** Hears and sees this from now on. */
  receive(stream: MediaStream): void {
    const [sound] = stream.getAudioTracks()
    const [picture] = stream.getVideoTracks()
    this.#source?.close()
    this.#source = sound ? new SoundSource(this.#context, sound, [this.#ear]) : null
    if (picture) this.eye.watch(picture)
  }

  /** Joins a mix by two peer connections, as it would from another machine. */
  async join(mixer: ConferenceMixer): Promise<LocalMedia> {
    const [near, far] = [new RTCPeerConnection(), new RTCPeerConnection()]
    this.#connections.push(near, far)
    near.addEventListener('icecandidate', ({ candidate }) => void far.addIceCandidate(candidate ?? undefined))
    far.addEventListener('icecandidate', ({ candidate }) => void near.addIceCandidate(candidate ?? undefined))
    const remote = new MediaStream()
    near.addEventListener('track', ({ track }) => {
      remote.addTrack(track)
      mixer.update(this.id)
    })
    far.addEventListener('track', ({ track }) => {
      this.received.addTrack(track)
      this.receive(this.received)
    })
    const mix = mixer.add(this.id, remote)
    for (const track of this.sent.getTracks()) far.addTrack(track, this.sent)
    await far.setLocalDescription()
    await near.setRemoteDescription(far.localDescription!)
    for (const transceiver of near.getTransceivers()) {
      const { sender, receiver } = transceiver
      transceiver.direction = 'sendrecv'
      await mix.bind(sender, receiver.track.kind as TrackKind, this.#closed.signal)
    }
    await near.setLocalDescription()
    await far.setRemoteDescription(near.localDescription!)
    return mix
  }

  /** Makes the tone this loud, 0 to 1. */
  speak(gain: number): void {
    this.#gain.gain.value = gain
  }

  /** The loudness of a tone in what this party hears now, in dB of full scale. */
  loudness(frequency: number): number {
    const bins = new Float32Array(this.#ear.frequencyBinCount)
    this.#ear.getFloatFrequencyData(bins)
    const bin = Math.round((frequency * this.#ear.fftSize) / this.#context.sampleRate)
    return Math.max(...bins.subarray(bin - 1, bin + 2))
  }

  /** Resolves when this party hears exactly these of `parties`. */
  async hears(ids: readonly string[], parties: readonly FarParty[]): Promise<void> {
    const wanted = [...ids].sort().join()
    const now = (): string =>
      parties
        .filter(({ frequency }) => this.loudness(frequency) > heard)
        .map(({ id }) => id)
        .sort()
        .join()
    await eventually(`${this.id} hears ${wanted || 'nobody'}`, now, (ids) => ids === wanted)
  }

  /** Resolves when this party sees exactly the colours of these. */
  async sees(parties: readonly FarParty[]): Promise<void> {
    const wanted = parties
      .map(({ colour }) => colour)
      .sort()
      .join()
    await eventually(
      `${this.id} sees ${wanted || 'nobody'}`,
      () => [...this.eye.colours().keys()].sort().join(),
      (now) => now === wanted,
    )
  }

  close(): void {
    this.#closed.abort()
    this.#source?.close()
    this.#picture?.close()
    this.eye.close()
    for (const connection of this.#connections) connection.close()
    this.#tone.stop()
    for (const track of this.sent.getTracks()) track.stop()
  }
}
