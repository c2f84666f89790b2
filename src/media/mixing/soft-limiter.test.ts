import { expect } from '@open-wc/testing'
import { SoftLimiter } from './soft-limiter.ts'

/** What comes out for so many inputs of a constant, after the same number of samples that went in. */
async function limited(inputs: readonly number[]): Promise<Float32Array> {
  const context = new OfflineAudioContext(1, 1024, 48_000)
  const limiter = new SoftLimiter(context)
  for (const offset of inputs) {
    const source = new ConstantSourceNode(context, { offset })
    source.connect(limiter.input)
    source.start()
  }
  limiter.output.connect(context.destination)
  return (await context.startRendering()).getChannelData(0)
}

describe('the limiter', () => {
  it('leaves one voice as it is', async () => {
    expect((await limited([0.5]))[500]).to.be.closeTo(0.5, 1e-4)
  })

  it('adds voices exactly while they fit', async () => {
    expect((await limited([0.3, -0.1, 0.2]))[500]).to.be.closeTo(0.4, 1e-4)
  })

  it('keeps silence silent to the last bit', async () => {
    expect(Math.max(...(await limited([0])).map(Math.abs))).to.equal(0)
  })

  for (const voices of [2, 5, 9]) {
    it(`keeps ${voices} voices at full scale below it`, async () => {
      const one = Array.from({ length: voices }, () => 1)
      const both = await Promise.all([limited(one), limited(one.map((sample) => -sample))])
      expect(both[0][500]).to.be.within(0.95, 1)
      expect(both[1][500]).to.be.within(-1, -0.95)
    })
  }

  it('delays nothing', async () => {
    expect((await limited([0.5]))[0]).to.be.closeTo(0.5, 1e-4)
  })
})
