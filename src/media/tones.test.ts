import { expect } from '@open-wc/testing'
import { SoundRecorder } from './sound-recorder.fixture.ts'
import { Tones } from './tones.ts'

describe('the sounds of a phone', () => {
  let recorder: SoundRecorder
  let tones: Tones

  beforeEach(() => {
    recorder = new SoundRecorder()
    tones = new Tones(() => {})
  })
  afterEach(async () => {
    tones.close()
    await recorder.closed()
    recorder.restore()
  })

  it('open nothing before the first', () => {
    expect(recorder.contexts).to.be.empty
  })

  for (const [tone, frequencies] of [
    ['ringback', [440, 480]],
    ['busy', [480, 620]],
  ] as const) {
    it(`have two frequencies for ${tone}`, () => {
      tones.play(tone)
      expect(recorder.frequencies).to.deep.equal(frequencies)
    })
  }

  it('are one at a time: another takes the place of the first', () => {
    tones.play('ringback')
    tones.play('busy')
    expect(recorder.frequencies).to.deep.equal([480, 620])
  })

  it('go on when the same one is asked for again', () => {
    tones.play('ring')
    const { length } = recorder.oscillators
    tones.play('ring')
    expect(recorder.oscillators).to.have.lengthOf(length)
  })

  it('close everything with the last', async () => {
    tones.play('ring')
    tones.play(null)
    await recorder.closed()
    expect(recorder.frequencies).to.be.empty
  })

  for (const [key, frequencies] of [
    ['1', [697, 1209]],
    ['5', [770, 1336]],
    ['9', [852, 1477]],
    ['*', [941, 1209]],
    ['0', [941, 1336]],
    ['#', [941, 1477]],
    ['d', [941, 1633]],
  ] as const) {
    it(`have the two frequencies of the key ${key}`, () => {
      tones.key(key)
      expect(recorder.frequencies).to.deep.equal(frequencies)
    })
  }

  it('have none for what is no key', () => {
    tones.key('x')
    tones.key('')
    expect(recorder.contexts).to.be.empty
  })

  it('close everything after a key that sounded alone', async () => {
    tones.key('5')
    recorder.end(770)
    recorder.end(1336)
    await recorder.closed()
    expect(recorder.contexts).to.have.lengthOf(1)
  })

  it('go on after a key', () => {
    tones.play('ringback')
    tones.key('5')
    recorder.end(770)
    recorder.end(1336)
    expect(recorder.frequencies).to.include.members([440, 480])
    expect(recorder.contexts[0]?.state).not.to.equal('closed')
  })
})
