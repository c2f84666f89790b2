import { expect } from '@open-wc/testing'
import { Output } from './output.ts'

/** A browser that forbids sound until `allow` is called. */
function autoplayRules(): { allow(): void; restore(): void } {
  const native = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'play')!
  let allowed = false
  const play = () =>
    allowed ? Promise.resolve() : Promise.reject(new DOMException('Touch the page first', 'NotAllowedError'))
  Object.defineProperty(HTMLMediaElement.prototype, 'play', { ...native, value: play })
  return {
    allow: () => (allowed = true),
    restore: () => Object.defineProperty(HTMLMediaElement.prototype, 'play', native),
  }
}

const gesture = () => document.dispatchEvent(new PointerEvent('pointerdown'))

describe('the sound of the far sides', () => {
  let context: AudioContext
  let output: Output
  let changes: boolean[] = []
  let waiting: ((blocked: boolean) => void) | null = null

  beforeEach(() => {
    changes = []
    context = new AudioContext()
    output = new Output((blocked) => {
      changes.push(blocked)
      waiting?.(blocked)
    })
  })
  afterEach(async () => {
    output.close()
    await context.close()
  })

  const next = () => new Promise<boolean>((resolve) => (waiting = resolve))
  const stream = () => context.createMediaStreamDestination().stream

  it('is played in the element of the page', async () => {
    const element = document.createElement('audio')
    const sound = stream()
    const playing = new Promise((resolve) => element.addEventListener('playing', resolve))
    output.play(sound, element)
    expect(element.srcObject).to.equal(sound)
    await playing
    expect(changes).to.be.empty
  })

  it('leaves the element of the page when it stops', () => {
    const element = document.createElement('video')
    const sound = stream()
    output.play(sound, element)
    output.stop(sound)
    expect([element.srcObject, element.paused]).to.deep.equal([null, true])
  })

  it('does not take what the page has put into its element meanwhile', () => {
    const element = document.createElement('audio')
    const [sound, other] = [stream(), stream()]
    output.play(sound, element)
    element.srcObject = other
    output.stop(sound)
    expect(element.srcObject).to.equal(other)
  })

  it('is played once, however often it is asked for', () => {
    const [first, second] = [document.createElement('audio'), document.createElement('audio')]
    const sound = stream()
    output.play(sound, first)
    output.play(sound, second)
    expect(second.srcObject).to.be.null
  })

  it('plays inline where the element could take the screen', () => {
    const element = document.createElement('video')
    output.play(stream(), element)
    expect([element.playsInline, element.autoplay]).to.deep.equal([true, true])
  })

  it('tells of each element that begins, and which play', () => {
    const [one, other] = [document.createElement('audio'), document.createElement('audio')]
    const begun: HTMLMediaElement[] = []
    output.begun = (player) => begun.push(player)
    const sound = stream()
    output.play(sound, one)
    output.play(stream(), other)
    output.stop(sound)
    expect(begun).to.deep.equal([one, other])
    expect(output.players).to.deep.equal([other])
  })

  it('ends with the output', () => {
    const element = document.createElement('audio')
    output.play(stream(), element)
    output.close()
    expect(element.srcObject).to.be.null
  })

  describe('that the browser forbids', () => {
    let rules: ReturnType<typeof autoplayRules>

    beforeEach(() => {
      rules = autoplayRules()
    })
    afterEach(() => rules.restore())

    it('is told once', async () => {
      const blocked = next()
      output.play(stream(), null)
      output.play(stream(), null)
      expect(await blocked).to.be.true
      await output.unlock()
      expect(changes).to.deep.equal([true])
    })

    it('is free again after the person touched the page', async () => {
      const blocked = next()
      output.play(stream(), null)
      await blocked
      rules.allow()
      const free = next()
      gesture()
      expect(await free).to.be.false
    })

    it('is free again when it can be unlocked', async () => {
      const blocked = next()
      output.play(stream(), null)
      await blocked
      rules.allow()
      await output.unlock()
      expect(changes).to.deep.equal([true, false])
    })

    it('is free again when nothing has to be heard any more', async () => {
      const blocked = next()
      const sound = stream()
      output.play(sound, null)
      await blocked
      output.stop(sound)
      expect(changes).to.deep.equal([true, false])
    })
  })
})
