/**
 * Where the sound of an audio context is heard. Browsers that cannot send a context to a device by itself send a media
 * element there, which plays what the context makes.
 */
export class ContextSink {
  readonly #context: AudioContext
  #element: HTMLAudioElement | null = null
  #node: MediaStreamAudioDestinationNode | null = null

  constructor(context: AudioContext) {
    this.#context = context
  }

  /** What is to be heard leads here. It may change with `route`: sounds that began before stay where they are. */
  get node(): AudioNode {
    return this.#node ?? this.#context.destination
  }

  /**
   * Sounds by this output device, `''` being the default one. A browser that lets nobody choose sounds where it sounds.
   *
   * @throws {DOMException} when the device is gone, or not the page's to use.
   */
  async route(sinkId: string): Promise<void> {
    const context: AudioContext & { setSinkId?(sinkId: string): Promise<void> } = this.#context
    if (context.setSinkId) return context.setSinkId(sinkId)
    const element = this.#element ?? new Audio()
    if (!element.setSinkId) return
    if (!this.#node) {
      this.#node = new MediaStreamAudioDestinationNode(this.#context)
      this.#element = element
      element.srcObject = this.#node.stream
      // Where sound is forbidden the context itself is suspended, and says so.
      element.play().catch(() => {})
    }
    await element.setSinkId(sinkId)
  }

  close(): void {
    this.#element?.pause()
    if (this.#element) this.#element.srcObject = null
    this.#node?.stream.getTracks().forEach((track) => track.stop())
    this.#element = this.#node = null
  }
}
