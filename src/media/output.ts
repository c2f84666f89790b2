import { onGesture } from './gesture.ts'

/**
 * Makes what the far sides send heard. The engine owns the sound of a call in one place, so that no page plays it twice:
 * in an element the page gave, or else in one of its own that is never shown.
 *
 * A browser may forbid sound until the person touches the page; `blocked` says so, and the first gesture tries again.
 */
export class Output {
  /** Told of each element that begins to play: for the part that chooses the device that it sounds by. */
  begun: ((player: HTMLMediaElement) => void) | null = null
  readonly #changed: (blocked: boolean) => void
  readonly #playing = new Map<MediaStream, HTMLMediaElement>()
  readonly #refused = new Set<HTMLMediaElement>()
  #waiting: AbortController | null = null

  /** `changed` hears when sound becomes blocked, and when it is free again. */
  constructor(changed: (blocked: boolean) => void) {
    this.#changed = changed
  }

  /** Plays `stream` until `stop`, in `element` when the page gave one. */
  play(stream: MediaStream, element: HTMLMediaElement | null): void {
    if (this.#playing.has(stream)) return
    const player = element ?? new Audio()
    this.#playing.set(stream, player)
    player.autoplay = true
    if (player instanceof HTMLVideoElement) player.playsInline = true
    player.srcObject = stream
    this.begun?.(player)
    void this.#start(player)
  }

  /** What plays now. */
  get players(): readonly HTMLMediaElement[] {
    return [...this.#playing.values()]
  }

  stop(stream: MediaStream): void {
    const player = this.#playing.get(stream)
    if (!player) return
    this.#playing.delete(stream)
    this.#settle(player)
    player.pause()
    if (player.srcObject === stream) player.srcObject = null
  }

  /** Tries to play again what was blocked; works within a gesture of the person. */
  async unlock(): Promise<void> {
    await Promise.all([...this.#refused].map((player) => this.#start(player)))
  }

  close(): void {
    for (const stream of [...this.#playing.keys()]) this.stop(stream)
  }

  async #start(player: HTMLMediaElement): Promise<void> {
    try {
      await player.play()
      this.#settle(player)
    } catch (error) {
      // Anything else, such as a stream that was replaced meanwhile, is over by itself.
      if ((error as DOMException).name === 'NotAllowedError') this.#refuse(player)
    }
  }

  #refuse(player: HTMLMediaElement): void {
    this.#refused.add(player)
    if (this.#waiting) return
    this.#waiting = new AbortController()
    onGesture(() => void this.unlock(), this.#waiting.signal)
    this.#changed(true)
  }

  #settle(player: HTMLMediaElement): void {
    this.#refused.delete(player)
    if (this.#refused.size > 0 || !this.#waiting) return
    this.#waiting.abort()
    this.#waiting = null
    this.#changed(false)
  }
}
