import type { MediaType } from '../media/media-type.ts'
import type { Party } from '../signaling/signaling.ts'
import type { Call } from './call.ts'
import type { CallContext } from './call-context.ts'
import { callEvent, partyOf } from './call-payload.ts'

type Generator = 'initiator' | 'receiver'

/** What one call carries may change while it lives, with the other side's consent. */
export class CallModification {
  readonly #call: Call
  readonly #context: CallContext
  /** Set while our own request or answer is under way: its outcome is told by whoever waits for it. */
  #busy = false

  constructor(call: Call, context: CallContext) {
    this.#call = call
    this.#context = context
  }

  /** Asks the other side for another media type. A refusal is told by a notification: it is no error. */
  async ask(mediaType: MediaType): Promise<void> {
    const call = this.#call
    const before = call.snapshot.mediaType
    if (mediaType === 'video') await this.#context.devices.open(call.local, 'video', call.gone)
    this.#busy = true
    call.publish('call:modification-in-progress')
    call.set({ newMediaType: mediaType })
    try {
      await call.while('change', async () => {
        const result = await call.leg?.change(mediaType, call.gone)
        if (!result) return
        if (result.mediaType !== before) this.#settled(result.mediaType, before, 'initiator')
        else if (mediaType === 'video') call.set({ camera: call.local.track('video') !== null })
        if (!result.accepted) this.#refused()
      })
    } finally {
      this.#busy = false
      if (!call.ended) {
        call.set({ newMediaType: null })
        if (call.snapshot.mediaType === 'audio') this.#call.releaseCamera()
      }
    }
  }

  /** Answers what the other side asked for. A camera cannot be kept on the line: a downgrade is always accepted. */
  async answer(accept: boolean): Promise<void> {
    const call = this.#call
    const { mediaType: before, newMediaType } = call.snapshot
    const consent = accept || newMediaType === 'audio'
    if (consent && newMediaType === 'video') {
      await this.#context.devices.open(call.local, 'video', call.gone)
    }
    this.#busy = true
    call.set({ asked: false })
    call.publish('call:modification-in-progress')
    try {
      await call.while('change', () => call.leg?.answerChange(consent))
      this.#settled(call.leg?.mediaType ?? before, before, 'receiver')
    } finally {
      this.#busy = false
      call.set({ newMediaType: null })
    }
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
    // Whoever it is now holds nothing and asks for nothing.
    const hold = Object.freeze({ ...call.snapshot.hold, remote: false })
    call.set({ remote, hold, newMediaType: null, asked: false })
    const { mediaType } = call.snapshot
    this.#context.publish('call:state-changed', {
      ...callEvent(call.snapshot, { generator: 'receiver' }),
      oldState: mediaType,
      newState: mediaType,
    })
  }

  #settled(mediaType: MediaType, before: MediaType, generator: Generator): void {
    const call = this.#call
    call.set({ mediaType, codecs: call.leg?.codecs ?? [] })
    if (mediaType === 'audio') this.#call.releaseCamera()
    else call.set({ camera: call.local.track('video') !== null })
    this.#context.publish('call:state-changed', {
      ...callEvent(call.snapshot, { generator, operation: mediaType === 'video' ? 'upgrade' : 'downgrade' }),
      oldState: before,
      newState: mediaType,
    })
  }

  #refused(): void {
    const { snapshot } = this.#call
    this.#context.publish('notification', {
      message: 'The other party did not accept the change',
      index: snapshot.index,
      ...partyOf(snapshot),
      mediaType: snapshot.mediaType,
      codec: snapshot.codecs,
      timestamp: new Date(),
    })
  }
}
