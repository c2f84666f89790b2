import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { browserNames, useBrowser, useServer, type BrowserWindow } from './harness.ts'
import { tags } from './harness/demo-page.ts'
import { Site } from './harness/site.ts'

/** What is alive in a page that nothing would let go of by itself. */
interface Alive {
  readonly timers: number
  readonly tracks: number
}

/** Runs in the page before any script of the tags: counts timers and tracks. */
function watchPage(): void {
  const timers = new Set<unknown>()
  const tracks = new Set<MediaStreamTrack>()
  // eslint-disable-next-line @typescript-eslint/unbound-method -- each is called with the window below
  const { setTimeout, clearTimeout, setInterval, clearInterval } = window
  Object.assign(window, {
    setTimeout(work: () => void, delay?: number) {
      const id: unknown = setTimeout.call(
        window,
        () => {
          timers.delete(id)
          work()
        },
        delay,
      )
      timers.add(id)
      return id
    },
    setInterval(work: () => void, delay?: number) {
      const id: unknown = setInterval.call(window, work, delay)
      timers.add(id)
      return id
    },
    clearTimeout(id?: number) {
      timers.delete(id)
      clearTimeout.call(window, id)
    },
    clearInterval(id?: number) {
      timers.delete(id)
      clearInterval.call(window, id)
    },
    alive: () => ({
      timers: timers.size,
      tracks: [...tracks].filter(({ readyState }) => readyState === 'live').length,
    }),
  })
  const capture = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = async (constraints) => {
    const stream = await capture(constraints)
    stream.getTracks().forEach((track) => tracks.add(track))
    return stream
  }
}

/**
 * Runs in the page: puts every tag into it, has them drawn and the phone signed in, takes them out again. With an id to
 * stay by, the tags stay until the next call, which begins by taking them out.
 */
async function mountAndUnmount(
  names: readonly string[],
  times: number,
  destination: string | null,
  stays?: string,
): Promise<void> {
  const loader = '/cdn/autoloader.js'
  const { allDefined } = (await import(loader)) as { allDefined: () => Promise<void> }
  for (let time = 0; time < times; time++) {
    const stayed = document.querySelector<HTMLElement>('main[id]')
    const place = stayed ?? document.createElement('main')
    if (!stayed) {
      place.append(...names.map((name) => document.createElement(name)))
      document.body.append(place)
    }
    await allDefined()
    const provider = place.querySelector('att-phone')
    const phone = provider?.phone
    const is = (state: string): Promise<void> =>
      new Promise((resolve) => {
        const look = (): void => {
          if (provider?.getAttribute('state') === state) resolve()
          else requestAnimationFrame(look)
        }
        look()
      })
    await is('ready')
    if (stays) {
      place.id = stays
      return
    }
    if (destination) {
      await phone?.dial({ destination, mediaType: 'video' })
      await is('connected')
      await phone?.hangup()
      await is('ready')
    }
    const once = new AbortController()
    const left = new Promise<void>((resolve) =>
      phone?.on('session:disconnected', () => resolve(), { signal: once.signal }),
    )
    place.remove()
    await left
    // The page's phone stays, and what listens to it would keep the tags.
    once.abort()
  }
}

const alive = (window: BrowserWindow): Promise<Alive> =>
  window.evaluate(() => (globalThis as unknown as { alive: () => Alive }).alive())

interface Held {
  readonly nodes: number
  readonly listeners: number
}

/** What the browser may hold for itself, beside the tags that went last; one for each time would be 50. */
const few = 25

/** Nodes and listeners that the browser still holds after everything that can go has gone; how many more than `before`. */
async function held({ page }: BrowserWindow, before: Held = { nodes: 0, listeners: 0 }): Promise<Held> {
  const session = await page.createCDPSession()
  await session.send('HeapProfiler.enable')
  for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage')
  await session.detach()
  const { Nodes = 0, JSEventListeners = 0 } = await page.metrics()
  return { nodes: Nodes - before.nodes, listeners: JSEventListeners - before.listeners }
}

describe('tags that come and go', { skip: !browserNames.includes('chromium') }, () => {
  const site = new Site()
  const server = useServer({ serve: site.serve })
  const open = useBrowser('chromium')

  async function watchedPage(): Promise<BrowserWindow> {
    const window = await open(new URL(site.page({}), server().url).href)
    await window.evaluate(watchPage)
    await window.evaluate(mountAndUnmount, tags, 5, 'echo')
    return window
  }

  it('leave no node and no listener behind after 50 times', async () => {
    const window = await watchedPage()
    const before = await held(window)
    await window.evaluate(mountAndUnmount, tags, 1, null, 'stays')
    const once = await held(window, before)
    await window.evaluate(mountAndUnmount, tags, 50, null)
    // The browser lets go of some things only when it is idle, and on a busy machine not of the last tags.
    const deadline = Date.now() + 60_000
    let more = await held(window, before)
    while ((more.nodes > few || more.listeners > few) && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 500))
      more = await held(window, before)
    }
    assert(more.nodes <= once.nodes + few, `${more.nodes} nodes more, and ${once.nodes} are of one time`)
    assert(more.listeners <= once.listeners + few, `${more.listeners} listeners more, of one time ${once.listeners}`)
  })

  it('leave no timer behind', async () => {
    const window = await watchedPage()
    const before = await alive(window)
    await window.evaluate(mountAndUnmount, tags, 10, null)
    await window.until(
      'the timers are over',
      (most) => (globalThis as unknown as { alive: () => Alive }).alive().timers <= most,
      before.timers,
    )
  })

  it('leave no microphone and no camera open after calls', async () => {
    const window = await watchedPage()
    assert.equal((await alive(window)).tracks, 0)
  })
})
