type Timer = ReturnType<typeof setTimeout>

/**
 * Watches what a page opens: peer connections, sockets, channels and timers, and the locks of this library. Made for
 * tests that ask whether something was left behind; `restore` puts the browser's own constructors back.
 */
export class OpenResources {
  readonly #undo: (() => void)[] = []
  readonly #connections = new Set<RTCPeerConnection>()
  readonly #sockets = new Set<WebSocket>()
  readonly #channels = new Set<BroadcastChannel>()
  readonly #timers = new Map<Timer, string>()

  constructor() {
    this.#watchConnections()
    this.#watchSockets()
    this.#watchChannels()
    this.#watchTimers()
  }

  /** Peer connections that are not closed. */
  get connections(): readonly RTCPeerConnection[] {
    return [...this.#connections].filter(({ signalingState }) => signalingState !== 'closed')
  }

  get sockets(): readonly WebSocket[] {
    return [...this.#sockets].filter(({ readyState }) => readyState < WebSocket.CLOSING)
  }

  /** Everything that is open, in words. */
  async list(): Promise<readonly string[]> {
    const { held = [], pending = [] } = await navigator.locks.query()
    const locks = [...held, ...pending].map(({ name = '' }) => name).filter((name) => name.startsWith('att-phone'))
    return [
      ...this.connections.map(({ connectionState }) => `peer connection, ${connectionState}`),
      ...this.sockets.map(({ url }) => `socket to ${url}`),
      ...[...this.#channels].map(({ name }) => `channel ${name}`),
      ...locks.map((name) => `lock ${name}`),
      ...[...this.#timers.values()].map((where) => `timer ${where}`),
    ]
  }

  restore(): void {
    for (const undo of this.#undo.splice(0)) undo()
  }

  #watchConnections(): void {
    const { RTCPeerConnection: native } = globalThis
    const opened = (connection: RTCPeerConnection) => this.#connections.add(connection)
    globalThis.RTCPeerConnection = class extends native {
      constructor(configuration?: RTCConfiguration) {
        super(configuration)
        opened(this)
      }
    }
    this.#undo.push(() => (globalThis.RTCPeerConnection = native))
  }

  #watchSockets(): void {
    const { WebSocket: native } = globalThis
    const opened = (socket: WebSocket) => this.#sockets.add(socket)
    globalThis.WebSocket = class extends native {
      constructor(url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        opened(this)
      }
    }
    this.#undo.push(() => (globalThis.WebSocket = native))
  }

  #watchChannels(): void {
    const { BroadcastChannel: native } = globalThis
    const channels = this.#channels
    globalThis.BroadcastChannel = class extends native {
      constructor(name: string) {
        super(name)
        channels.add(this)
      }
      override close(): void {
        channels.delete(this)
        super.close()
      }
    }
    this.#undo.push(() => (globalThis.BroadcastChannel = native))
  }

  #watchTimers(): void {
    const { setTimeout: start, setInterval: repeat, clearTimeout: stop, clearInterval: end } = globalThis
    const timers = this.#timers
    const started = (timer: Timer) => {
      const lines = new Error().stack?.split('\n').filter((line) => /:\d+/.test(line)) ?? []
      const callers = lines.filter((line) => !line.includes('open-resources')).map((line) => line.trim())
      const where = callers.find((line) => line.includes('/src/')) ?? ''
      // The patience of a test is no timer of the product.
      if (where.includes('/testing/')) return timer
      timers.set(timer, callers[0] === where ? where : `${callers[0] ?? ''} for ${where}`)
      return timer
    }
    const forget = (clear: typeof clearTimeout) => (timer: Timer | undefined) => {
      if (timer !== undefined) timers.delete(timer)
      clear(timer)
    }
    const watched = {
      setTimeout: (task: () => void, ms?: number) => {
        const timer = start(() => {
          timers.delete(timer)
          task()
        }, ms)
        return started(timer)
      },
      setInterval: (task: () => void, ms?: number) => started(repeat(task, ms)),
      clearTimeout: forget(stop),
      clearInterval: forget(end),
    }
    Object.assign(globalThis, watched)
    this.#undo.push(() =>
      Object.assign(globalThis, { setTimeout: start, setInterval: repeat, clearTimeout: stop, clearInterval: end }),
    )
  }
}
