import type { MediaType } from '../media/media-type.ts'
import type { Party } from '../signaling/signaling.ts'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { callEvent, partyOf } from './call-payload.ts'
import { whilePending } from './pending-operation.ts'

/** How long the other side's user may take to answer a request, in ms: a question that is open keeps all else waiting. */
const answerLimit = 30_000

type Generator = 'initiator' | 'receiver'

/** What one call carries may change while it lives, with the other side's consent. */
export class CallModification {
  readonly #call: Call
  readonly #context: CallContext
  /** Set while our own request or answer is under way: the caller who waits for it tells its outcome. */
  #busy = false
  /** Takes our own request back. */
  #withdrawal: AbortController | null = null
  #asking: Promise<void> = Promise.resolve()

  constructor(call: Call, context: CallContext) {
    this.#call = call
    this.#context = context
  }

  /** Asks the other side for another media type. A refusal, or silence, is told by a notification: it is no error. */
  async ask(mediaType: MediaType): Promise<void> {
    const call = this.#call
    const withdrawal = (this.#withdrawal = new AbortController())
    if (mediaType === 'video') await this.#open()
    this.#busy = true
    call.set({ newMediaType: mediaType, refused: null })
    call.publish('call:modification-in-progress')
    let unanswered = false
    const timer = setTimeout(() => {
      unanswered = true
      withdrawal.abort(new DOMException('Nobody answered in time', 'TimeoutError'))
    }, answerLimit)
    this.#asking = whilePending(call, 'change', async () => {
      if (await this.#request(mediaType, withdrawal.signal)) return
      call.set({ refused: Object.freeze({ mediaType }) })
      this.#notify('The other party did not accept the change')
    })
    try {
      await this.#asking
    } catch (error) {
      if (!withdrawal.signal.aborted) throw error
      if (unanswered) call.set({ refused: Object.freeze({ mediaType, unanswered: true }) })
      this.#notify(unanswered ? 'The other party did not answer the request' : 'The change was taken back')
    } finally {
      clearTimeout(timer)
    }
  }

  /**
   * Answers what the other side asked for. A camera cannot be kept on the line: a downgrade is always accepted. `keeps`: a
   * refusal leaves the media as they are.
   */
  async answer(accept: boolean, keeps = false): Promise<void> {
    const call = this.#call
    const { mediaType: before, newMediaType } = call.snapshot
    const consent = accept || newMediaType === 'audio'
    if (consent && newMediaType === 'video') await this.#open()
    // It may have been withdrawn meanwhile.
    if (!call.snapshot.asked) return
    this.#busy = true
    call.set({ asked: false, refused: null })
    call.publish('call:modification-in-progress')
    try {
      await whilePending(call, 'change', () => call.leg?.answerChange(consent, keeps))
      const after = call.leg?.mediaType ?? before
      if (!keeps || after !== before) this.#settled(after, before, 'receiver')
    } finally {
      this.#busy = false
      call.set({ newMediaType: null })
    }
  }

  /** Ends what is being asked for, because the user turns to another call: ours is taken back, theirs is refused. */
  async settle(): Promise<void> {
    this.#withdrawal?.abort(new DOMException('The change was taken back', 'AbortError'))
    await this.#asking.catch(() => {})
    if (this.#call.snapshot.asked) await this.answer(false)
  }

  /** The other side asks. */
  asked(newMediaType: MediaType): void {
    this.#call.set({ newMediaType, asked: true })
    this.#context.publish('call:media-modification', { ...callEvent(this.#call.snapshot), newMediaType })
  }

  withdrawn(): void {
    this.#call.set({ newMediaType: null, asked: false })
  }

  /** The network changed the media without anybody here asking or answering. */
  changed(mediaType: MediaType): void {
    const before = this.#call.snapshot.mediaType
    if (!this.#busy && mediaType !== before) this.#settled(mediaType, before, 'receiver')
  }

  /** The far side is somebody else now. */
  replaced(remote: Party): void {
    const call = this.#call
    // The party it is now holds nothing and asks for nothing.
    const hold = Object.freeze({ ...call.snapshot.hold, remote: false })
    call.set({ remote, hold, newMediaType: null, asked: false })
    const { mediaType } = call.snapshot
    this.#context.publish('call:state-changed', {
      ...callEvent(call.snapshot, { generator: 'receiver' }),
      oldState: mediaType,
      newState: mediaType,
    })
  }

  #settled(mediaType: MediaType, before: MediaType, generator: Generator, refused = false): void {
    const call = this.#call
    call.set({ mediaType, codecs: call.leg?.codecs ?? [] })
    if (mediaType === 'audio') this.#call.releaseCamera()
    else call.set({ camera: call.local.track('video') !== null })
    this.#context.publish('call:state-changed', {
      ...callEvent(call.snapshot, { generator, operation: mediaType === 'video' ? 'upgrade' : 'downgrade' }),
      oldState: before,
      newState: mediaType,
      ...(refused && { refused: true as const }),
    })
  }

  /** Opens the camera; the call shows that it waits. */
  #open(): Promise<void> {
    const call = this.#call
    return whilePending(call, 'change', () => this.#context.devices.open(call.local, 'video', call.gone))
  }

  /** Whether the other side agreed. Nothing of the request is left when it is answered. */
  async #request(mediaType: MediaType, withdrawn: AbortSignal): Promise<boolean> {
    const call = this.#call
    const before = call.snapshot.mediaType
    try {
      const result = await call.leg?.change(mediaType, AbortSignal.any([call.gone, withdrawn]))
      if (!result) return true
      if (result.mediaType !== before) this.#settled(result.mediaType, before, 'initiator', !result.accepted)
      else if (mediaType === 'video') call.set({ camera: call.local.track('video') !== null })
      return result.accepted
    } finally {
      this.#busy = false
      this.#withdrawal = null
      if (!call.ended) {
        // What the other side asks for meanwhile waits for an answer still.
        if (!call.snapshot.asked) call.set({ newMediaType: null })
        if (call.snapshot.mediaType === 'audio') call.releaseCamera()
      }
    }
  }

  #notify(message: string): void {
    const { snapshot } = this.#call
    this.#context.publish('notification', {
      message,
      index: snapshot.index,
      ...partyOf(snapshot),
      mediaType: snapshot.mediaType,
      codec: snapshot.codecs,
      timestamp: new Date(),
    })
  }
}
