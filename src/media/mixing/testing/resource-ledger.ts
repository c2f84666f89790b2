/** The connections between audio nodes: each from one to another, or to a parameter. */
type Edges = Map<AudioNode, Set<AudioNode | AudioParam>>

/** Writes down what is taken from the browser for sound and pictures. `restore` puts its own functions back. */
export class ResourceLedger {
  readonly contexts: AudioContext[] = []
  readonly players: HTMLMediaElement[] = []
  readonly frames: VideoFrame[] = []
  readonly #edges: Edges = new Map()
  readonly #restore: (() => void)[] = []

  constructor() {
    const { contexts, players, frames } = this
    this.#construct('AudioContext', (made) => contexts.push(made as AudioContext))
    this.#construct('Audio', (made) => players.push(made as HTMLAudioElement))
    if ('VideoFrame' in globalThis) this.#construct('VideoFrame', (made) => frames.push(made as VideoFrame))
    this.#after(document, 'createElement', (element) => {
      if (element instanceof HTMLMediaElement) players.push(element)
    })
    this.#after(ReadableStreamDefaultReader.prototype, 'read', (reading) => {
      const keep = ({ value }: { value?: unknown }): void => {
        if ('VideoFrame' in globalThis && value instanceof VideoFrame) frames.push(value)
      }
      void (reading as Promise<{ value?: unknown }>).then(keep, () => {})
    })
    this.#watchEdges()
  }

  /** How many connections there are between audio nodes of these contexts. */
  get edges(): number {
    const own = [...this.#edges].filter(([{ context }]) => this.contexts.includes(context as AudioContext))
    return own.reduce((sum, [, targets]) => sum + targets.size, 0)
  }

  /** Those that are not closed. */
  get openContexts(): readonly AudioContext[] {
    return this.contexts.filter(({ state }) => state !== 'closed')
  }

  /** Those that still hold a stream. */
  get busyPlayers(): readonly HTMLMediaElement[] {
    return this.players.filter(({ srcObject, paused }) => srcObject !== null || !paused)
  }

  /** Those that hold a picture: a closed frame has no format. */
  get openFrames(): readonly VideoFrame[] {
    return this.frames.filter(({ format }) => format !== null)
  }

  restore(): void {
    for (const restore of this.#restore) restore()
  }

  #construct(name: 'AudioContext' | 'Audio' | 'VideoFrame', made: (made: object) => void): void {
    const native = globalThis[name]
    const watched = new Proxy(native, {
      construct(target, args: unknown[], newTarget) {
        const instance = Reflect.construct(target, args, newTarget) as object
        made(instance)
        return instance
      },
    })
    Object.assign(globalThis, { [name]: watched })
    this.#restore.push(() => Object.assign(globalThis, { [name]: native }))
  }

  #after(of: object, name: string, note: (result: unknown, self: unknown, args: readonly unknown[]) => void): void {
    const native = Reflect.get(of, name) as (...args: readonly unknown[]) => unknown
    const watched = function (this: unknown, ...args: readonly unknown[]): unknown {
      const result = native.apply(this, [...args])
      note(result, this, args)
      return result
    }
    Object.defineProperty(of, name, { value: watched, configurable: true, writable: true })
    this.#restore.push(() => Object.defineProperty(of, name, { value: native, configurable: true, writable: true }))
  }

  #watchEdges(): void {
    const edges = this.#edges
    this.#after(AudioNode.prototype, 'connect', (_, from, [to]) => {
      const targets = edges.get(from as AudioNode) ?? new Set()
      edges.set(from as AudioNode, targets.add(to as AudioNode))
    })
    this.#after(AudioNode.prototype, 'disconnect', (_, from, [to]) => {
      if (to === undefined) edges.delete(from as AudioNode)
      else edges.get(from as AudioNode)?.delete(to as AudioNode)
    })
  }
}
