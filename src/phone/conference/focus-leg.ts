import { newId } from '../../place/new-id.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import type { MediaType } from '../../media/media-type.ts'
import { SignalingError, type Leg, type LegEnd, type LegEvents, type Party } from '../../signaling/signaling.ts'

/** The others, as the host's hold and end concern them. None of these rejects. */
export interface FarSides {
  setHeld(held: boolean): Promise<void>
  sendDigits(digits: string): Promise<void>
  end(): Promise<void>
}

export interface FocusLegInit {
  readonly remote: Party
  readonly mediaType: MediaType
  /** Everything the host hears and sees. */
  readonly remoteStream: MediaStream
  readonly farSides: FarSides
}

/**
 * The host's leg to the mixer in their own page: a far side that answers at once, and stands for all others. It has no
 * connection of its own; each participant's has one.
 */
export class FocusLeg implements Leg {
  readonly id = newId()
  readonly direction = 'outgoing'
  readonly conference = true
  readonly connection = null
  readonly codecs = []
  readonly remote: Party
  readonly mediaType: MediaType
  readonly remoteStream: MediaStream
  readonly #farSides: FarSides
  readonly #events = new Emitter<LegEvents>()
  #answered = false
  #ended = false

  constructor({ remote, mediaType, remoteStream, farSides }: FocusLegInit) {
    this.remote = remote
    this.mediaType = mediaType
    this.remoteStream = remoteStream
    this.#farSides = farSides
  }

  on<Name extends keyof LegEvents>(
    name: Name,
    listener: (payload: LegEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
    if (name === 'ended') queueMicrotask(() => this.#answer())
  }

  hold(): Promise<void> {
    return this.#farSides.setHeld(true)
  }

  resume(): Promise<void> {
    return this.#farSides.setHeld(false)
  }

  sendDigits(digits: string): Promise<void> {
    return this.#farSides.sendDigits(digits)
  }

  async end(): Promise<void> {
    await this.#farSides.end()
    this.finish({ reason: 'hangup' })
  }

  cancel(): Promise<void> {
    return this.end()
  }

  /** Ends it on this side alone. Once. */
  finish(end: LegEnd): void {
    if (this.#ended) return
    this.#ended = true
    this.#events.emit('ended', end)
    this.#events.clear()
  }

  /** There is no path that could be lost. */
  restartMedia(): Promise<void> {
    return Promise.resolve()
  }

  change(): Promise<never> {
    return impossible()
  }

  answerChange(): Promise<never> {
    return impossible()
  }

  ring(): Promise<never> {
    return impossible()
  }

  accept(): Promise<never> {
    return impossible()
  }

  reject(): Promise<never> {
    return impossible()
  }

  #answer(): void {
    if (this.#answered || this.#ended) return
    this.#answered = true
    this.#events.emit('established', { mediaType: this.mediaType })
    this.#events.emit('link', 'ok')
  }
}

function impossible(): Promise<never> {
  return Promise.reject(new SignalingError('refused', 'A conference that one hosts cannot do that', { status: 501 }))
}
