import { expect } from '@open-wc/testing'
import { AudioClock } from './audio-clock.ts'

describe('the clock of a mix', () => {
  let context: AudioContext

  beforeEach(() => {
    context = new AudioContext()
  })
  afterEach(() => context.close())

  /** The times of so many ticks, in s of the context, and how late each was, in ms. */
  function ticks(count: number, interval: number): Promise<readonly { at: number; late: number }[]> {
    return new Promise((resolve) => {
      const times: { at: number; late: number }[] = []
      const clock = new AudioClock(context, interval, (late) => {
        if (times.push({ at: context.currentTime, late }) < count) return
        clock.stop()
        resolve(times)
      })
    })
  }

  it('ticks at even intervals of the time of the sound', async () => {
    const times = await ticks(20, 50)
    const [first, last] = [times[0]!, times.at(-1)!]
    const began = first.at - first.late / 1000
    const ended = last.at - last.late / 1000
    // What is missed is not made up for, so that on a busy machine it may take longer, never shorter.
    expect(ended - began).to.be.at.least(19 * 0.05 - 1e-6)
  })

  it('tells how late it is when the page was busy', async () => {
    const { late, since } = await new Promise<{ late: number; since: number }>((resolve) => {
      let began: number | undefined
      const clock = new AudioClock(context, 50, (late) => {
        if (began !== undefined) {
          clock.stop()
          resolve({ late, since: (context.currentTime - began) * 1000 })
          return
        }
        began = context.currentTime
        const until = performance.now() + 400
        while (performance.now() < until);
      })
    })
    // By the time of the sound, of which less than the 400 ms may have passed: a busy machine plays less, too.
    expect(late, `${since} ms after the tick before`)
      .to.be.above(0)
      .and.at.least(since - 50 - 1e-6)
  })

  it('asks for no timer and no animation frame', async () => {
    const { setTimeout, setInterval, requestAnimationFrame } = globalThis
    const never = (): number => 0
    Object.assign(globalThis, { setTimeout: never, setInterval: never, requestAnimationFrame: never })
    try {
      expect(await ticks(3, 20)).to.have.length(3)
    } finally {
      Object.assign(globalThis, { setTimeout, setInterval, requestAnimationFrame })
    }
  })

  it('stands still once it is stopped', async () => {
    let count = 0
    const clock = new AudioClock(context, 20, () => {
      count++
      clock.stop()
    })
    // Another one of the same context goes on meanwhile.
    await ticks(4, 30)
    expect(count).to.equal(1)
  })
})
