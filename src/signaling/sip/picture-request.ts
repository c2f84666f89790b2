import type { MediaType } from '../../media/media-type.ts'
import { directionOf, mediaTypeOf } from '../../media/sdp.ts'
import { SignalingError } from '../signaling.ts'

/** What an offer of the far side means for the picture. */
export type PictureOutcome = 'asked-video' | 'asked-audio' | 'withdrawn' | 'changed' | 'same'

/** A request of ours that waits for the far side's user. */
export interface PendingPicture {
  /** Resolves with what the user said. One that says nothing within the time limit refused. */
  answer(signal: AbortSignal): Promise<boolean>
  end(): void
}

/**
 * Who asked whom for video. SIP has no word for a request that waits for a person: an offer with video is answered at
 * once, receive-only, and the user's answer is an offer of his own: with his picture, or without.
 */
export class PictureRequest {
  /** Whether the far side sends a picture. */
  theirs = false
  readonly #timeout: number
  #asked: MediaType | null = null
  #answered: ((accepted: boolean) => void) | null = null
  #fail: ((error: Error) => void) | null = null

  /** `timeout`: how long the far side's user may take, in ms. */
  constructor(timeout: number) {
    this.#timeout = timeout
  }

  /** Takes what the far side asked for, so that it is answered once. */
  takeAsked(): MediaType | null {
    const asked = this.#asked
    this.#asked = null
    return asked
  }

  begin(): PendingPicture {
    let timer: ReturnType<typeof setTimeout> | undefined
    const result = new Promise<boolean>((resolve, reject) => {
      this.#answered = resolve
      this.#fail = reject
    })
    // It may fail before anyone waits.
    result.catch(() => {})
    return {
      answer: (signal) => {
        timer = setTimeout(() => this.#answered?.(false), this.#timeout)
        signal.addEventListener('abort', () => this.#fail?.(signal.reason as Error), { once: true })
        if (signal.aborted) this.#fail?.(signal.reason as Error)
        return result
      },
      end: () => {
        clearTimeout(timer)
        this.#answered = this.#fail = null
      },
    }
  }

  /** Takes an offer of the far side. `sends`: we send a picture by it. `held`: we hold, and see nothing either way. */
  offered(sdp: string, sends: boolean, held: boolean): PictureOutcome {
    const before = this.theirs
    const direction = directionOf(sdp, 'video')
    const theirs = (this.theirs = mediaTypeOf(sdp) === 'video')
    if (this.#answered) {
      this.#answered(theirs && sends)
      return 'same'
    }
    if (this.#asked === 'video' && !theirs) {
      this.#asked = null
      return 'withdrawn'
    }
    if (theirs === before || held) return 'same'
    if (theirs && sends) return 'changed'
    if (theirs) this.#asked = 'video'
    else if (direction === 'recvonly') return 'changed'
    else this.#asked = 'audio'
    return theirs ? 'asked-video' : 'asked-audio'
  }

  close(): void {
    this.#fail?.(new SignalingError('refused', 'The call has ended'))
  }
}
