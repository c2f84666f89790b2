import type { MediaType } from '../../media/media-type.ts'
import { directionOf, isHold, mediaTypeOf } from '../../media/sdp.ts'
import { SignalingError } from '../signaling.ts'

/** What an offer of the far side means for the picture. */
export type PictureOutcome = 'asked-video' | 'asked-audio' | 'withdrawn' | 'changed' | 'same'

/** A request of ours that waits for the far side's user. */
export interface PendingPicture {
  /** Aborts when a request of the far side goes before this one: theirs is to be answered, and this is refused. */
  readonly lost: AbortSignal
  /** Resolves with what the user said. One that says nothing within the time limit refused. */
  answer(signal: AbortSignal): Promise<boolean>
  end(): void
}

/**
 * Who asked whom for video. SIP has no word for a request that waits for a person: an offer with video is answered at
 * once, receive-only, and the user's answer is an offer of their own: with their picture, or without.
 */
export class PictureRequest {
  /** Whether the far side sends a picture. */
  theirs = false
  readonly #timeout: number
  #asked: MediaType | null = null
  #answered: ((accepted: boolean) => void) | null = null
  /** Until the far side has taken our request. */
  #open: AbortController | null = null
  #fail: ((error: Error) => void) | null = null

  /** `timeout`: how long the far side's user may take, in ms. */
  constructor(timeout: number) {
    this.#timeout = timeout
  }

  /** What the far side asks for, while nobody has answered. */
  get asked(): MediaType | null {
    return this.#asked
  }

  /** Takes what the far side asked for, so that it is answered once. */
  takeAsked(): MediaType | null {
    const asked = this.#asked
    this.#asked = null
    return asked
  }

  /** Whether the far side's user has been asked and has not answered. */
  get waiting(): boolean {
    return this.#answered !== null && this.#open === null
  }

  /** The far side's user has agreed, whichever way it came out. */
  granted(): void {
    if (this.waiting) this.#answered?.(true)
  }

  /** Looks at an offer of the far side before it is answered: one that asks for a change goes before ours. */
  meet(sdp: string): void {
    if (!this.#open || isHold(sdp) || (mediaTypeOf(sdp) === 'video') === this.theirs) return
    this.#answered = this.#fail = null
    this.#open.abort()
    this.#open = null
  }

  begin(): PendingPicture {
    const open = (this.#open = new AbortController())
    let timer: ReturnType<typeof setTimeout> | undefined
    const result = new Promise<boolean>((resolve, reject) => {
      this.#answered = resolve
      this.#fail = reject
    })
    // It may fail before anyone waits.
    result.catch(() => {})
    return {
      lost: open.signal,
      answer: (signal) => {
        this.#open = null
        timer = setTimeout(() => this.#answered?.(false), this.#timeout)
        signal.addEventListener('abort', () => this.#fail?.(signal.reason as Error), { once: true })
        if (signal.aborted) this.#fail?.(signal.reason as Error)
        return result
      },
      end: () => {
        clearTimeout(timer)
        if (open.signal.aborted) return
        this.#answered = this.#fail = this.#open = null
      },
    }
  }

  /** Takes an offer of the far side. `sends`: we send a picture by it. `held`: we hold, and see nothing either way. */
  offered(sdp: string, sends: boolean, held: boolean): PictureOutcome {
    const before = this.theirs
    const direction = directionOf(sdp, 'video')
    const theirs = (this.theirs = mediaTypeOf(sdp) === 'video')
    if (this.#answered) {
      if (!this.#open) this.#answered(theirs)
      return 'same'
    }
    if (this.#asked && (this.#asked === 'video') !== theirs) {
      this.#asked = null
      return 'withdrawn'
    }
    if (theirs === before || held) return 'same'
    if (theirs && sends) return 'changed'
    if (theirs) this.#asked = 'video'
    // Taken away by port 0 it is gone (RFC 3264, 8.2): there is nothing to ask.
    else if (direction === 'recvonly' || direction === null) return 'changed'
    else this.#asked = 'audio'
    return theirs ? 'asked-video' : 'asked-audio'
  }

  close(): void {
    this.#fail?.(new SignalingError('refused', 'The call has ended'))
  }
}
