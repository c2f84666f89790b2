/** What is quieter passes as it is; 1 is full scale. */
const knee = 0.7

/** The sum of how many voices at full scale is still told apart; above that it is cut. */
const reach = 8

/** Points of the curve; odd, so that silence meets a point and stays silence. */
const points = 8193

function limit(sample: number): number {
  const size = Math.abs(sample)
  if (size <= knee) return sample
  return Math.sign(sample) * (knee + (1 - knee) * Math.tanh((size - knee) / (1 - knee)))
}

const curve = Float32Array.from({ length: points }, (_, n) => limit(reach * ((2 * n) / (points - 1) - 1)))

/**
 * Adds what is connected to it and keeps the sum from clipping: one voice passes unchanged, many at once are bent
 * softly below full scale. A curve has no memory and therefore no delay; a compressor looks some milliseconds ahead.
 */
export class SoftLimiter {
  /** Connect to this one. */
  readonly input: GainNode
  readonly output: WaveShaperNode

  constructor(context: BaseAudioContext) {
    // The domain of a curve is -1 to 1, of the sum it is `reach` times that.
    this.input = new GainNode(context, { gain: 1 / reach, channelCount: 1, channelCountMode: 'explicit' })
    this.output = new WaveShaperNode(context, { curve })
    this.input.connect(this.output)
  }

  disconnect(): void {
    this.input.disconnect()
    this.output.disconnect()
  }
}
