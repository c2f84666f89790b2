import { expect } from '@open-wc/testing'
import { eventually, inTime } from '../testing/eventually.ts'
import { ConferenceMixer } from './conference-mixer.ts'
import { ConferenceStage } from './testing/conference-stage.ts'

/** Keeps the page as busy as `busy` ms in each turn of its event loop, until it is called. */
function burden(busy: number): () => void {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => {
    const until = performance.now() + busy
    while (performance.now() < until);
    port2.postMessage(null)
  }
  port2.postMessage(null)
  return () => {
    port1.close()
    port2.close()
  }
}

/** One turn of the event loop, which no timer is needed for. */
function turn(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = resolve
    port2.postMessage(null)
  }).finally(() => port1.close())
}

describe('a conference in a page that nobody sees', () => {
  it('goes on without any timer or animation frame', async () => {
    const stage = await ConferenceStage.open('video')
    const alice = stage.party('alice', 800, 'green')
    const { setTimeout, setInterval, requestAnimationFrame } = globalThis
    const video = HTMLVideoElement.prototype
    const ofFrames = Object.getOwnPropertyDescriptor(video, 'requestVideoFrameCallback')!
    const never = (): number => 0
    Object.assign(globalThis, { setTimeout: never, setInterval: never, requestAnimationFrame: never })
    Object.defineProperty(video, 'requestVideoFrameCallback', { ...ofFrames, value: never })
    try {
      const levels = new Promise((resolve) => stage.mixer.events.on('levels', resolve))
      alice.receive(stage.mixer.add('alice', alice.sent).stream)
      stage.host(500, 'red')
      await levels
      while (!alice.eye.colours().has('red')) await turn()
      while (alice.loudness(500) < -50) await turn()
    } finally {
      Object.assign(globalThis, { setTimeout, setInterval, requestAnimationFrame })
      Object.defineProperty(video, 'requestVideoFrameCallback', ofFrames)
    }
    await stage.close()
  })
})

// Its end is told of in the tests of the load: here it would wait for a machine that has nothing else to do.
describe('a conference on a machine that is at its limit', () => {
  for (const mediaType of ['audio', 'video'] as const) {
    it(`says so: ${mediaType}`, async function () {
      this.timeout(60_000)
      const stage = await ConferenceStage.open(mediaType)
      stage.host(500, 'red')
      stage.join('alice', 800, 'green')
      const begins = new Promise<boolean>((resolve) => stage.mixer.events.on('overload', resolve))
      const relieve = burden(400)
      expect(await begins).to.be.true
      relieve()
      await stage.close()
    })
  }
})

describe('a conference whose sound the browser keeps back', () => {
  const native = globalThis.AudioContext
  let allowed: boolean
  let opened: AudioContext[] = []
  let end: AbortController
  let mixer: ConferenceMixer

  beforeEach(async () => {
    allowed = true
    opened = []
    end = new AbortController()
    // A browser that can ask for a gesture: until it is allowed, a suspended context stays so.
    globalThis.AudioContext = class extends native {
      constructor(options?: AudioContextOptions) {
        super(options)
        opened.push(this)
      }
      override resume(): Promise<void> {
        return allowed ? super.resume() : new Promise(() => {})
      }
    }
    mixer = await ConferenceMixer.create({ mediaType: 'audio', signal: end.signal })
    globalThis.AudioContext = native
  })
  afterEach(() => {
    globalThis.AudioContext = native
    end.abort()
  })

  it('says so, and comes with the first gesture of the person', async () => {
    const told: boolean[] = []
    mixer.events.on('blocked', (blocked) => told.push(blocked))
    await eventually('the sound is there', () => opened[0]?.state === 'running')
    allowed = false
    await opened[0]!.suspend()
    await eventually('it is said that sound is kept back', () => told.at(-1) === true)
    allowed = true
    document.dispatchEvent(new PointerEvent('pointerdown'))
    await eventually('it is said that sound is free', () => told.at(-1) === false)
  })

  it('says that it failed when the browser takes the sound away', async () => {
    const failed = new Promise<Error>((resolve) => mixer.events.on('failed', resolve))
    await opened[0]!.close()
    const error = await inTime('the failure is told', failed, () => opened[0]!.state)
    expect(error.message).to.contain('The browser closed the audio context')
  })
})
