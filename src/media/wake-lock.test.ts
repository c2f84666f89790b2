import { expect } from '@open-wc/testing'
import { eventually } from './testing/eventually.ts'
import { WakeLock } from './wake-lock.ts'

/** A screen whose locks a test can look at; a headless browser has none to give. */
class Screen {
  readonly locks: { released: boolean; release(): Promise<void> }[] = []
  visible = true

  constructor() {
    const request = (): Promise<unknown> => {
      const lock = {
        released: false,
        release: () => {
          lock.released = true
          return Promise.resolve()
        },
      }
      this.locks.push(lock)
      return Promise.resolve(lock)
    }
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: { request } })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (this.visible ? 'visible' : 'hidden'),
    })
  }

  get held(): number {
    return this.locks.filter(({ released }) => !released).length
  }

  /** The person looks at another page, and the browser lets go of the lock; or they come back. */
  show(visible: boolean): void {
    this.visible = visible
    if (!visible) for (const lock of this.locks) lock.released = true
    document.dispatchEvent(new Event('visibilitychange'))
  }

  restore(): void {
    Reflect.deleteProperty(navigator, 'wakeLock')
    Reflect.deleteProperty(document, 'visibilityState')
  }
}

describe('the screen', () => {
  let screen: Screen
  let end: AbortController
  let wakeLock: WakeLock

  beforeEach(() => {
    screen = new Screen()
    end = new AbortController()
    wakeLock = new WakeLock(end.signal)
  })
  afterEach(() => {
    end.abort()
    screen.restore()
  })

  it('is kept awake while it is wanted', async () => {
    wakeLock.set(true)
    await eventually('it is held', () => screen.held === 1)
    wakeLock.set(false)
    await eventually('it is let go', () => screen.held === 0)
  })

  it('is kept awake again when the page is seen again', async () => {
    wakeLock.set(true)
    await eventually('it is held', () => screen.held === 1)
    screen.show(false)
    expect(screen.held).to.equal(0)
    screen.show(true)
    await eventually('it is held again', () => screen.held === 1)
  })

  it('is let go where it was wanted no more before the browser answered', async () => {
    wakeLock.set(true)
    wakeLock.set(false)
    await eventually('it was asked for', () => screen.locks.length === 1)
    await eventually('it is let go', () => screen.held === 0)
  })

  it('is let go at the end', async () => {
    wakeLock.set(true)
    await eventually('it is held', () => screen.held === 1)
    end.abort()
    await eventually('it is let go', () => screen.held === 0)
  })

  it('is not kept awake by who comes after the end', async () => {
    end.abort()
    wakeLock.set(true)
    await Promise.resolve()
    expect(screen.locks).to.be.empty
  })

  it('may go dark where the browser has no locks', () => {
    screen.restore()
    Object.defineProperty(navigator, 'wakeLock', { configurable: true, value: undefined })
    expect(() => wakeLock.set(true)).to.not.throw()
  })
})
