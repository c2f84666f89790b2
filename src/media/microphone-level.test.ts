import { expect } from '@open-wc/testing'
import { MicrophoneLevel } from './microphone-level.ts'
import { eventually } from './testing/eventually.ts'

describe('the level of a microphone', () => {
  let context: AudioContext
  let level: MicrophoneLevel | undefined

  beforeEach(() => {
    context = new AudioContext()
  })
  afterEach(async () => {
    level?.close()
    await context.close()
  })

  /** A sound of this loudness, 0 to 1. */
  function sound(gain: number): MediaStreamTrack {
    const tone = new OscillatorNode(context, { frequency: 440 })
    const volume = new GainNode(context, { gain })
    const destination = context.createMediaStreamDestination()
    tone.connect(volume).connect(destination)
    tone.start()
    return destination.stream.getAudioTracks()[0]!
  }

  const measure = (...tracks: MediaStreamTrack[]): MicrophoneLevel =>
    (level = new MicrophoneLevel(new MediaStream(tracks)))

  it('is none without a microphone', () => {
    expect(measure().read()).to.deep.equal({ level: 0, speaking: false, silent: false })
  })

  it('is the higher the louder it is', async () => {
    const loud = measure(sound(0.5))
    await eventually('it is heard', () => loud.read().level >= 0.8)
    loud.close()
    const soft = measure(sound(0.005))
    const { level: heard } = await eventually(
      'it is heard',
      () => soft.read(),
      (read) => read.level > 0,
    )
    expect(heard).to.be.within(0.1, 0.4)
  })

  it('is told as silence where nothing but zeros comes', async () => {
    const dead = measure(sound(0))
    await eventually('it is told', () => dead.read().silent)
  })

  it('follows the stream to another track', async () => {
    const stream = new MediaStream([sound(0)])
    level = new MicrophoneLevel(stream)
    const meter = level
    await eventually('it is silent', () => meter.read().silent)
    stream.removeTrack(stream.getTracks()[0]!)
    stream.addTrack(sound(0.5))
    await eventually('it is heard', () => meter.read().level > 0.5)
  })
})
