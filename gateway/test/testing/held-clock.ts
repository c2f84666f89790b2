import { after, before } from 'node:test'

/** Timers that a test fires itself, in place of the clock. */
export interface HeldClock {
  /** Fires each timer of `seconds` that is set now: an interval goes on, any other is gone. Tells how many there were. */
  fire(seconds: number): number
  /** Resolves when a timer of one of `seconds` is set from now on, and tells of which. */
  next(...seconds: readonly number[]): Promise<number>
}

interface Held {
  readonly ms: number
  readonly task: () => void
  readonly repeats: boolean
}

/** Holds the timers of `seconds` for the tests of one group. Call it before what sets them is made. */
export function heldClock(...seconds: readonly number[]): HeldClock {
  const native = { setTimeout, setInterval, clearTimeout, clearInterval }
  const held = new Map<unknown, Held>()
  const waiting = new Set<(ms: number) => void>()

  const hold =
    (set: typeof setTimeout | typeof setInterval, repeats: boolean) =>
    (task: () => void, ms = 0, ...rest: unknown[]): NodeJS.Timeout => {
      if (!seconds.includes(ms / 1000)) return set(task, ms, ...(rest as []))
      // One that never fires stands for it, so that it can be cleared as any other.
      const timer = native.setTimeout(() => {}, 2 ** 31 - 1).unref()
      held.set(timer, { ms, task, repeats })
      for (const tell of waiting) tell(ms)
      return timer
    }
  const clear = (timer: NodeJS.Timeout | undefined): void => {
    held.delete(timer)
    native.clearTimeout(timer)
  }

  before(() => {
    Object.assign(globalThis, {
      setTimeout: hold(native.setTimeout, false),
      setInterval: hold(native.setInterval, true),
      clearTimeout: clear,
      clearInterval: clear,
    })
  })
  after(() => {
    Object.assign(globalThis, native)
    for (const timer of held.keys()) native.clearTimeout(timer as NodeJS.Timeout)
  })

  return {
    fire: (of) => {
      const due = [...held].filter(([, { ms }]) => ms === of * 1000)
      for (const [timer, { repeats }] of due) if (!repeats) held.delete(timer)
      for (const [, { task }] of due) task()
      return due.length
    },
    next: (...of) =>
      new Promise((resolve) => {
        const tell = (ms: number): void => {
          if (!of.includes(ms / 1000)) return
          waiting.delete(tell)
          resolve(ms / 1000)
        }
        waiting.add(tell)
      }),
  }
}
