/** Writes down what the page sounds by WebAudio. `restore` puts the browser's own constructors back. */
export class SoundRecorder {
  readonly contexts: AudioContext[] = []
  readonly oscillators: OscillatorNode[] = []
  readonly #stopped = new Set<OscillatorNode>()
  readonly #native = { AudioContext, OscillatorNode }

  constructor() {
    const { contexts, oscillators } = this
    const stopped = this.#stopped
    const native = this.#native
    globalThis.AudioContext = class extends native.AudioContext {
      constructor(options?: AudioContextOptions) {
        super(options)
        contexts.push(this)
      }
    }
    globalThis.OscillatorNode = class extends native.OscillatorNode {
      constructor(context: BaseAudioContext, options?: OscillatorOptions) {
        super(context, options)
        oscillators.push(this)
        this.addEventListener('ended', () => stopped.add(this))
      }
      // A stop at a time is laid out beforehand; one without silences the tone.
      override stop(when?: number): void {
        if (when === undefined) stopped.add(this)
        super.stop(when)
      }
    }
  }

  /** What sounds or will sound, Hz, each once, rising. */
  get frequencies(): readonly number[] {
    const sounding = this.oscillators.filter((node) => !this.#stopped.has(node) && node.context.state !== 'closed')
    return [...new Set(sounding.map(({ frequency }) => Math.round(frequency.value)))].sort((one, other) => one - other)
  }

  /** Brings the tone of `frequency` Hz to its end: on a machine without sound the clock of a page may stand still. */
  end(frequency: number): void {
    const nodes = this.oscillators.filter((node) => Math.round(node.frequency.value) === frequency)
    for (const node of nodes) node.dispatchEvent(new Event('ended'))
  }

  /** Resolves when every context is closed. */
  async closed(): Promise<void> {
    await Promise.all(
      this.contexts.map(
        (context) =>
          new Promise<void>((resolve) => {
            const look = () => {
              if (context.state === 'closed') resolve()
            }
            context.addEventListener('statechange', look)
            look()
          }),
      ),
    )
  }

  restore(): void {
    Object.assign(globalThis, this.#native)
  }
}
