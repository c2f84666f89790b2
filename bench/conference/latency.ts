import { ConferenceMixer } from '../../src/media/mixing/conference-mixer.ts'
import { SoundSource } from '../../src/media/mixing/sound-source.ts'
import { Loop } from './loop.ts'

/** How long a tone took from where it was made to where it was heard, in ms. */
export interface Delays {
  /** By one connection. */
  readonly direct: number
  /** By two connections, the second of which sends on what came by the first. */
  readonly forwarded: number
  /** By two connections with the mixer in between. */
  readonly mixed: number
}

declare global {
  function measureDelays(rounds: number): Promise<readonly Delays[]>
}

/** Tells for each input at which sample it became loud after it had been quiet. */
const onsets = `registerProcessor('onsets', class extends AudioWorkletProcessor {
  constructor() { super(); this.quiet = [] }
  process(inputs) {
    inputs.forEach(([samples = []], input) => {
      samples.forEach((sample, n) => {
        if (Math.abs(sample) > 0.05) {
          if ((this.quiet[input] ?? 1e9) > 9600) this.port.postMessage({ input, at: currentFrame + n })
          this.quiet[input] = 0
        } else this.quiet[input] = (this.quiet[input] ?? 0) + 1
      })
    })
    return true
  }
})`

/** Time from one tone to the next, and length of a tone, in s: far more than a path takes. */
const period = 1
const length = 0.1

globalThis.measureDelays = async (rounds) => {
  const context = new AudioContext({ latencyHint: 'interactive', sampleRate: 48_000 })
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([onsets], { type: 'text/javascript' })))
  const detector = new AudioWorkletNode(context, 'onsets', { numberOfInputs: 4, numberOfOutputs: 0 })
  const tone = new OscillatorNode(context, { frequency: 1000 })
  const key = new GainNode(context, { gain: 0 })
  const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 })
  tone.connect(key).connect(out)
  key.connect(detector, 0, 0)
  tone.start()
  const [track] = out.stream.getAudioTracks()
  if (!track) throw new Error('There is no tone to be sent')
  const listen = (to: number, heard: MediaStreamTrack): unknown => {
    const port = new GainNode(context)
    port.connect(detector, 0, to)
    return new SoundSource(context, heard, [port])
  }
  const direct = await new Loop().send(track)
  const forwarded = await new Loop().send(direct)
  const mixer = await ConferenceMixer.create({ mediaType: 'audio', signal: new AbortController().signal })
  mixer.add('speaker', new MediaStream([await new Loop().send(track)]))
  const ear = mixer.add('listener', new MediaStream()).track('audio')
  if (!ear) throw new Error('The mix has no sound')
  const players = [listen(1, direct), listen(2, forwarded), listen(3, await new Loop().send(ear))]
  const heard = [[], [], [], []] as [number[], number[], number[], number[]]
  detector.port.onmessage = ({ data }: MessageEvent<{ input: 0 | 1 | 2 | 3; at: number }>) => {
    heard[data.input].push(data.at)
  }
  // Jitter buffers need a while to find their length.
  const begin = context.currentTime + 2
  for (let round = 0; round < rounds; round++) {
    key.gain.setValueAtTime(0.5, begin + round * period)
    key.gain.setValueAtTime(0, begin + round * period + length)
  }
  await new Promise((resolve) => setTimeout(resolve, (2 + rounds * period) * 1000))
  if (players.length !== 3) throw new Error('Nobody listens')
  const after = (at: number, times: readonly number[]): number =>
    ((times.find((time) => time > at) ?? NaN) - at) / (context.sampleRate / 1000)
  return heard[0].map((at) => ({
    direct: after(at, heard[1]),
    forwarded: after(at, heard[2]),
    mixed: after(at, heard[3]),
  }))
}
