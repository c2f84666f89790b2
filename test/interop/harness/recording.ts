/** Length of the pieces a recording is judged by, in s. */
const window = 0.1

/** A WAV file of 16-bit samples, while it may still be growing. */
export class Recording {
  readonly samples: Int16Array
  readonly rate: number

  /** @throws {Error} when it is no such file */
  constructor(file: Buffer) {
    const format = file.indexOf('fmt ')
    const data = file.indexOf('data')
    if (file.toString('latin1', 0, 4) !== 'RIFF' || format < 0 || data < 0) throw new Error('No WAV file yet')
    this.channels = file.readUInt16LE(format + 10)
    this.rate = file.readUInt32LE(format + 12)
    const sound = file.subarray(data + 8, file.length - ((file.length - data - 8) % 2))
    this.samples = new Int16Array(sound.buffer.slice(sound.byteOffset, sound.byteOffset + sound.length))
  }

  readonly channels: number

  /** s */
  get duration(): number {
    return this.samples.length / this.channels / this.rate
  }

  /**
   * How much of the loudness lies at a frequency, from 0 to 1, in the loudest piece since `from` s (Goertzel).
   */
  share(frequency: number, from = 0): number {
    return Math.max(0, ...this.#pieces(from).map((piece) => shareOf(piece, frequency, this.rate)))
  }

  #pieces(from: number): readonly (readonly number[])[] {
    const first: number[] = []
    const start = Math.floor(from * this.rate) * this.channels
    for (let index = start; index < this.samples.length; index += this.channels) first.push(this.samples[index] ?? 0)
    const length = Math.floor(window * this.rate)
    const pieces: (readonly number[])[] = []
    for (let at = 0; at + length <= first.length; at += length) pieces.push(first.slice(at, at + length))
    return pieces
  }
}

const energyOf = (samples: readonly number[]): number => samples.reduce((sum, sample) => sum + sample * sample, 0)

function shareOf(samples: readonly number[], frequency: number, rate: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / rate)
  let [before, beforeThat] = [0, 0]
  for (const sample of samples) [before, beforeThat] = [sample + coefficient * before - beforeThat, before]
  const power = before * before + beforeThat * beforeThat - coefficient * before * beforeThat
  const energy = energyOf(samples)
  // Silence has no frequency.
  return energy / samples.length < 100 ? 0 : (2 * power) / (energy * samples.length)
}

/** A WAV file with a tone of so many Hz, `duration` s long. */
export function tone(frequency: number, duration: number): Buffer {
  const rate = 8000
  const sound = Buffer.alloc(duration * rate * 2)
  for (let index = 0; index < duration * rate; index++)
    sound.writeInt16LE(Math.round(Math.sin((2 * Math.PI * frequency * index) / rate) * 12_000), index * 2)
  const head = Buffer.alloc(44)
  head.write('RIFF')
  head.writeUInt32LE(36 + sound.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  // Plain samples, one channel, two bytes each.
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate * 2, 28)
  head.writeUInt16LE(2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(sound.length, 40)
  return Buffer.concat([head, sound])
}
