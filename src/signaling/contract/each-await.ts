/** What an asynchronous step of a call begins with: media negotiation, or a word to the network. */
const beginnings: readonly (readonly [object, string])[] = [
  [RTCPeerConnection.prototype, 'createOffer'],
  [RTCPeerConnection.prototype, 'createAnswer'],
  [RTCPeerConnection.prototype, 'setLocalDescription'],
  [RTCPeerConnection.prototype, 'setRemoteDescription'],
  [BroadcastChannel.prototype, 'postMessage'],
  [WebSocket.prototype, 'send'],
  [globalThis, 'fetch'],
]

type Method = (...args: unknown[]) => unknown

/**
 * Runs `task` again and again with a signal that aborts at its first, second, third… asynchronous step, until it has no
 * more of them; after each run `check` looks at what became of it. Gives how many steps there were.
 */
export async function abortAtEachAwait<T>(
  task: (signal: AbortSignal) => Promise<T>,
  check: (outcome: PromiseSettledResult<T>, reason: Error) => Promise<void>,
): Promise<number> {
  for (let step = 0; ; step++) {
    const controller = new AbortController()
    const reason = new Error(`Aborted at step ${step}`)
    const restore = atStep(step, () => controller.abort(reason))
    try {
      const [outcome] = await Promise.allSettled([task(controller.signal)])
      restore()
      await check(outcome, reason)
    } finally {
      restore()
    }
    if (!controller.signal.aborted) return step
  }
}

/** Calls `abort` when the `step`th of `beginnings` is called from now on, right after it. */
function atStep(step: number, abort: () => void): () => void {
  let left = step
  const undo = beginnings.map(([owner, name]) => {
    const own = Object.getOwnPropertyDescriptor(owner, name)
    const native = (owner as Record<string, Method>)[name] as Method
    const watched = function (this: unknown, ...args: unknown[]): unknown {
      const result = native.apply(this, args)
      if (left-- === 0) abort()
      return result
    }
    Object.defineProperty(owner, name, { configurable: true, writable: true, value: watched })
    return () => {
      if (own) Object.defineProperty(owner, name, own)
    }
  })
  return () => undo.forEach((each) => each())
}
