import type { ExchangeEvent, ModificationKind } from '../../exchange/protocol.ts'
import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { abortable } from '../../base/abortable.ts'
import type { MediaType } from '../../media/media-type.ts'
import type { PeerSession } from '../../media/peer-session.ts'
import { directionOf, isHold } from '../../media/sdp.ts'
import { SignalingError } from '../signaling.ts'
import type { LegCore } from './leg-core.ts'
import { PendingModification, type ModificationResult } from './pending-modification.ts'

const log = logger('call')

const glareAttempts = 5

/** Whether the exchange refused because another modification is under way. */
function isGlare(error: unknown): boolean {
  return error instanceof SignalingError && error.details.messageId === 'SVC8501'
}

/** Everything that changes a call that is up, asked by either side: hold, resume, other media, a new path. */
export class LegModifications {
  readonly #leg: LegCore
  readonly #pending = new PendingModification()
  #remoteHeld = false
  /** The other side's modification that waits for the user. */
  #asked: { readonly modId: string; readonly mediaType: MediaType } | null = null

  constructor(leg: LegCore) {
    this.#leg = leg
  }

  hold(): Promise<void> {
    return this.#afterGlare(() => this.#leg.queue.run(() => this.#setHeld(true)))
  }

  resume(): Promise<void> {
    return this.#afterGlare(() => this.#leg.queue.run(() => this.#setHeld(false)))
  }

  change(
    mediaType: MediaType,
    signal: AbortSignal,
  ): Promise<{ readonly accepted: boolean; readonly mediaType: MediaType }> {
    const leg = this.#leg
    return leg.queue.run(async () => {
      signal.throwIfAborted()
      const peer = leg.peer()
      const before = peer.video
      const video = mediaType === 'video'
      // Clients of the original SDK follow a side that goes on to receive: that it gets no picture is their answer.
      peer.setVideo({ send: video, receive: video || before.send })
      try {
        const { accepted } = await this.#modify('mod', () => peer.setVideo(before), { signal })
        if (!peer.video.send) peer.setVideo({ send: false, receive: peer.receivesVideo })
        this.#settleMediaType()
        return { accepted, mediaType: leg.mediaType }
      } catch (error) {
        // The other side's request was first: it is the one that counts.
        if (isGlare(error)) return { accepted: false, mediaType: leg.mediaType }
        throw error
      }
    })
  }

  answerChange(accept: boolean, keeps = false): Promise<void> {
    const asked = this.#asked
    this.#asked = null
    return this.#leg.queue.run(async () => {
      const peer = this.#leg.peer()
      if (!asked) throw new SignalingError('refused', 'There is no request to answer')
      const video = asked.mediaType === 'video'
      // Refusing a picture means not to send ours; theirs still comes, unless the user wants none.
      peer.setVideo({ send: video && accept, receive: video && (accept || !keeps) })
      await this.#answer(asked.modId, accept)
      this.#settleMediaType()
    })
  }

  restartMedia(): Promise<void> {
    return this.#leg.queue.run(async () => {
      await this.#modify('mod', () => {}, { restart: true })
    })
  }

  /** Takes a `mod-received` event. */
  received(event: ExchangeEvent): void {
    this.#leg.own(this.#leg.queue.run(() => this.#consider(event)))
  }

  /** Takes a `mod-terminated` event: the end of ours, or of theirs that nobody answered. */
  terminated(event: ExchangeEvent): void {
    if (!this.#asked || this.#asked.modId !== event.modId) this.#pending.terminated(event)
    else this.#withdrawn()
  }

  /** The exchange that knew of what is pending is gone. */
  interrupt(): void {
    this.#pending.interrupt()
    if (this.#asked) this.#withdrawn()
  }

  /** The page before knew that the far side holds the call, or does not. */
  restore(remoteHeld: boolean): void {
    this.#remoteHeld = remoteHeld
  }

  get remoteHeld(): boolean {
    return this.#remoteHeld
  }

  /** There is another connection, by which the far side asks for nothing, and may hold. `stays`: it is who it was. */
  beginWith({ connection, held }: PeerSession, stays: boolean): void {
    const { sdp = '', type } = connection.remoteDescription ?? {}
    const before = stays && this.#remoteHeld
    this.#asked = null
    // To an offer of a side that holds every answer looks like that of one.
    this.#remoteHeld = isHold(sdp) && !(held && type === 'answer')
    if (this.#remoteHeld !== before) this.#leg.emit(before ? 'resumed' : 'held', undefined)
  }

  /** The leg ended. */
  end(): void {
    this.#pending.end()
  }

  #withdrawn(): void {
    this.#asked = null
    this.#leg.own(this.#leg.queue.run(() => this.#leg.peer().rollback()))
    this.#leg.emit('change-withdrawn', undefined)
  }

  /** Tries again when both sides asked at once: the one that lost waits a random moment (RFC 3261, 14.1). */
  async #afterGlare(task: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await task()
        return
      } catch (error) {
        if (!isGlare(error) || attempt === glareAttempts) throw error
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200 * attempt))
      }
    }
  }

  async #setHeld(held: boolean): Promise<void> {
    const peer = this.#leg.peer()
    const apply = async (value: boolean) => {
      peer.setHeld(value)
      await this.#leg.media?.local.setHeld(value)
    }
    await apply(held)
    const result = await this.#modify(held ? 'hold' : 'resume', () => void apply(!held))
    if (!result.accepted) throw new SignalingError('refused', result.words)
  }

  /** Offers what is wanted now and waits for the other side's answer. `undo` takes the wish back when it fails. */
  async #modify(
    kind: ModificationKind,
    undo: () => void,
    { restart = false, signal }: { readonly restart?: boolean; readonly signal?: AbortSignal } = {},
  ): Promise<ModificationResult> {
    const leg = this.#leg
    const peer = leg.peer()
    let result: ModificationResult
    if (peer.hasOffer) {
      undo()
      throw new SignalingError('refused', 'The other side asks for a change: answer it', {
        messageId: 'SVC8501',
        status: 409,
      })
    }
    try {
      const sdp = await peer.offer({ restart })
      const { modId = '' } = await leg.port.request({ op: 'modify', call: leg.id, kind, sdp })
      result = await this.#result(modId, signal)
    } catch (error) {
      undo()
      if (leg.ended)
        throw error instanceof SignalingError
          ? error
          : new SignalingError('refused', 'The call ended', { cause: error })
      await peer.rollback()
      throw error
    }
    await this.#settle(peer, result, undo)
    return result
  }

  async #result(modId: string, signal?: AbortSignal): Promise<ModificationResult> {
    const result = this.#pending.result(modId)
    if (!signal) return result
    try {
      return await abortable(result, signal)
    } catch (error) {
      if (signal.aborted && !this.#leg.ended) {
        result.catch(() => {})
        const { id: call, port } = this.#leg
        await ignore(
          log,
          port.request({ op: 'reject-modification', call, modId, sdp: '' }),
          'a request was not taken back',
        )
      }
      throw error
    }
  }

  async #settle(peer: PeerSession, { sdp }: ModificationResult, undo: () => void): Promise<void> {
    try {
      if (sdp) await peer.acceptAnswer(sdp)
      else {
        undo()
        await peer.rollback()
      }
    } catch (cause) {
      if (this.#leg.ended) throw new SignalingError('refused', 'The call ended', { cause })
      throw new SignalingError('media', 'The answer of the other side does not fit', { cause })
    }
  }

  async #consider({ modId = '', sdp = '' }: ExchangeEvent): Promise<void> {
    const leg = this.#leg
    const hold = isHold(sdp)
    const wanted = hold || this.#remoteHeld ? leg.mediaType : this.#wantedBy(sdp)
    await leg.peer().acceptOffer(sdp)
    if (wanted !== leg.mediaType) {
      this.#asked = { modId, mediaType: wanted }
      leg.emit('change-requested', { mediaType: wanted })
      return
    }
    await this.#answer(modId, true)
    if (hold === this.#remoteHeld) return
    this.#remoteHeld = hold
    leg.emit(hold ? 'held' : 'resumed', undefined)
  }

  /** Who only receives a picture has not asked for anything, unless it sent one until now. */
  #wantedBy(sdp: string): MediaType {
    const direction = directionOf(sdp, 'video')
    if (direction === null || direction === 'inactive') return 'audio'
    if (direction === 'recvonly') return this.#leg.peer().receivesVideo ? 'audio' : this.#leg.mediaType
    return 'video'
  }

  async #answer(modId: string, accept: boolean): Promise<void> {
    const sdp = await this.#leg.peer().answer()
    const op = accept ? 'accept-modification' : 'reject-modification'
    await this.#leg.port.request({ op, call: this.#leg.id, modId, sdp })
  }

  #settleMediaType(): void {
    const leg = this.#leg
    if (leg.ended) return
    leg.mediaType = leg.peer().mediaType
    leg.emit('changed', { mediaType: leg.mediaType })
  }
}
