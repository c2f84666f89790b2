import { abortable } from '../../base/abortable.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import { TaskQueue } from '../../base/task-queue.ts'
import { details, reasons, type ExchangeEvent, type ModificationKind } from '../../exchange/protocol.ts'
import type { MediaType } from '../../media/media-type.ts'
import { PeerSession } from '../../media/peer-session.ts'
import { readFragment } from '../../media/sdp-fragment.ts'
import { directionOf, isHold, mediaTypeOf } from '../../media/sdp.ts'
import { SignalingError, type EndReason, type Leg, type LegEnd, type LegEvents, type LegMedia, type Party } from '../signaling.ts'
import { CandidateSender } from './candidate-sender.ts'
import type { ExchangePort } from './exchange-port.ts'
import { PendingModification, type ModificationResult } from './pending-modification.ts'

/** How long the end of a call waits for the exchange to confirm it, in ms. The media stops at once. */
const endTimeout = 3000

const glareAttempts = 5

/** Whether the exchange refused because the other side's modification is under way. */
function isGlare(error: unknown): boolean {
  return error instanceof SignalingError && error.details.status === 409
}

const endReasons: Readonly<Record<string, EndReason>> = {
  [details.answeredElsewhere]: 'answered-elsewhere',
  [details.busy]: 'busy',
  [details.noAnswer]: 'no-answer',
  [details.sessionEnded]: 'session-ended',
  [details.serverStopping]: 'session-ended',
  [reasons.rejected]: 'rejected',
  [reasons.canceled]: 'canceled',
}

export interface ExchangeLegInit {
  readonly direction: 'outgoing' | 'incoming'
  readonly remote: Party
  readonly mediaType: MediaType
  /** Id both ends share; an outgoing leg learns it from the reply to `dial`. */
  readonly id?: string
  /** The offer an incoming call came with. */
  readonly offer?: string
}

/** A leg over an exchange: the local network's or the gateway's. */
export class ExchangeLeg implements Leg {
  readonly direction: 'outgoing' | 'incoming'
  readonly remote: Party
  readonly remoteStream = new MediaStream()
  mediaType: MediaType
  #id: string
  #offer: string | undefined
  #peer: PeerSession | null = null
  #media: LegMedia | null = null
  #established = false
  #remoteHeld = false
  #ended = false
  /** The other side's modification that waits for the user. */
  #asked: { readonly modId: string; readonly mediaType: MediaType } | null = null
  readonly #port: ExchangePort
  readonly #left: (leg: ExchangeLeg) => void
  readonly #events = new Emitter<LegEvents>()
  readonly #queue = new TaskQueue()
  readonly #modification = new PendingModification()
  readonly #candidates: CandidateSender
  readonly #earlyFragments: string[] = []
  /** What came before anybody listened; `null` since somebody does. */
  #unread: ExchangeEvent[] | null = []

  /** `left` is told when the leg is over. */
  constructor(port: ExchangePort, left: (leg: ExchangeLeg) => void, init: ExchangeLegInit) {
    this.#port = port
    this.#left = left
    this.direction = init.direction
    this.remote = init.remote
    this.mediaType = init.mediaType
    this.#id = init.id ?? ''
    this.#offer = init.offer
    this.#candidates = new CandidateSender((sdpfrag) =>
      port.request({ op: 'candidates', call: this.#id, sdpfrag }).then(() => {}),
    )
    if (init.id) this.#candidates.open()
  }

  get id(): string {
    return this.#id
  }

  get connection(): RTCPeerConnection | null {
    return this.#peer?.connection ?? null
  }

  get codecs(): readonly string[] {
    return this.#peer?.codecs ?? []
  }

  get established(): boolean {
    return this.#established && !this.#ended
  }

  on<Name extends keyof LegEvents>(name: Name, listener: (payload: LegEvents[Name]) => void, options?: ListenOptions): void {
    this.#events.on(name, listener, options)
    if (name === 'ended') this.#read()
  }

  /** Offers the call to `to`. Rejects, and leaves nothing, when the exchange refuses it or `signal` aborts. */
  async place(to: string, media: LegMedia, signal: AbortSignal, onOffer?: () => void): Promise<void> {
    const peer = this.#open(media)
    const video = this.mediaType === 'video'
    peer.setVideo({ send: video, receive: video })
    try {
      const sdp = await peer.offer()
      signal.throwIfAborted()
      onOffer?.()
      this.#id = await this.#dial(to, sdp, signal)
    } catch (error) {
      this.#close()
      throw error
    }
    this.#candidates.open()
  }

  async ring(): Promise<void> {
    await this.#port.request({ op: 'ring', call: this.#id })
  }

  accept(media: LegMedia, signal: AbortSignal): Promise<void> {
    return this.#queue.run(async () => {
      this.#assertLive()
      const peer = this.#open(media)
      const video = media.mediaType === 'video' && this.mediaType === 'video'
      await peer.acceptOffer(this.#offer ?? '')
      peer.setVideo({ send: video, receive: video })
      const sdp = await peer.answer()
      signal.throwIfAborted()
      await this.#addEarlyCandidates(peer)
      await this.#port.request({ op: 'answer', call: this.#id, sdp }, signal)
      this.#assertLive()
      this.#establish()
    })
  }

  async reject(reason: 'rejected' | 'busy'): Promise<void> {
    await this.#leave('reject', { reason }, reason === 'busy' ? details.busy : undefined)
  }

  async cancel(reason: 'canceled' | 'no-answer'): Promise<void> {
    await this.#leave('cancel', { reason }, reason === 'no-answer' ? details.noAnswer : undefined)
  }

  async end(): Promise<void> {
    await this.#leave('terminate', { reason: 'hangup' })
  }

  hold(): Promise<void> {
    return this.#afterGlare(() => this.#queue.run(() => this.#setHeld(true)))
  }

  resume(): Promise<void> {
    return this.#afterGlare(() => this.#queue.run(() => this.#setHeld(false)))
  }

  change(mediaType: MediaType, signal: AbortSignal): Promise<{ readonly accepted: boolean; readonly mediaType: MediaType }> {
    return this.#queue.run(async () => {
      signal.throwIfAborted()
      const { peer } = this.#assertLive()
      const before = peer.video
      const video = mediaType === 'video'
      peer.setVideo({ send: video, receive: video })
      try {
        const { accepted } = await this.#modify('mod', () => peer.setVideo(before))
        this.#settleMediaType()
        return { accepted, mediaType: this.mediaType }
      } catch (error) {
        // The other side's request was first: it is the one that counts.
        if (isGlare(error)) return { accepted: false, mediaType: this.mediaType }
        throw error
      }
    })
  }

  answerChange(accept: boolean): Promise<void> {
    const asked = this.#asked
    this.#asked = null
    return this.#queue.run(async () => {
      const { peer } = this.#assertLive()
      if (!asked) throw new SignalingError('refused', 'There is no request to answer')
      const video = asked.mediaType === 'video'
      // Refusing a picture means not to send ours; theirs still comes.
      peer.setVideo({ send: video && accept, receive: video })
      await this.#answerModification(asked.modId, accept)
      this.#settleMediaType()
    })
  }

  restartMedia(): Promise<void> {
    return this.#queue.run(async () => {
      this.#assertLive()
      await this.#modify('mod', () => {}, true)
    })
  }

  /** Takes what the exchange says of this call. */
  handle(event: ExchangeEvent): void {
    if (this.#unread) this.#unread.push(event)
    else this.#handle(event)
  }

  /** Somebody listens: what came before is told now. */
  #read(): void {
    const unread = this.#unread
    this.#unread = null
    if (unread) queueMicrotask(() => unread.forEach((event) => this.#handle(event)))
  }

  #handle(event: ExchangeEvent): void {
    if (this.#ended) return
    switch (event.state) {
      case 'ringing':
        return this.#events.emit('progress', 'ringing')
      case 'session-open':
        if (event.sdp && this.direction === 'outgoing') this.#own(this.#queue.run(() => this.#answered(event.sdp ?? '')))
        return
      case 'ice-candidates':
        return this.#remoteCandidates(event.sdpfrag ?? '')
      case 'mod-received':
        return this.#own(this.#queue.run(() => this.#modificationAsked(event)))
      case 'mod-terminated':
        if (this.#asked && this.#asked.modId === event.modId) this.#withdrawn()
        else this.#modification.terminated(event)
        return
      case 'session-terminated':
        return this.finish({
          reason: endReasons[event.detail ?? ''] ?? endReasons[event.reason ?? ''] ?? 'remote-hangup',
          ...(event.reason !== undefined && { message: event.reason }),
        })
    }
  }

  /** Ends the leg on this side without a word to the exchange. Once. */
  finish(end: LegEnd): void {
    if (this.#ended) return
    this.#close()
    this.#left(this)
    this.#events.emit('ended', end)
    this.#events.clear()
  }

  #open(media: LegMedia): PeerSession {
    const peer = new PeerSession(media.local, media.settings, this.remoteStream)
    this.#peer = peer
    this.#media = media
    peer.events.on('track', (track) => this.#events.emit('track', track))
    peer.events.on('link', (link) => this.#events.emit('link', link))
    peer.events.on('candidate', (candidate) => this.#candidates.send(candidate))
    return peer
  }

  #close(): void {
    this.#ended = true
    this.#candidates.close()
    this.#modification.end()
    this.#peer?.close()
    this.#peer = null
  }

  #assertLive(): { readonly peer: PeerSession } {
    if (this.#ended) throw new SignalingError('refused', 'The call has ended')
    // Before `accept` there is no peer, and nothing that asks for one.
    return { peer: this.#peer as PeerSession }
  }

  #establish(): void {
    if (this.#established) return
    this.#established = true
    this.mediaType = this.#peer?.mediaType ?? this.mediaType
    const { mediaType } = this
    // What this side will ask for next begins from what was agreed on.
    const video = mediaType === 'video'
    this.#peer?.setVideo({ send: video, receive: video })
    this.#events.emit('established', { mediaType })
  }

  /** An exchange that learns of the abort after it made the call is told to take it back. */
  async #dial(to: string, sdp: string, signal: AbortSignal): Promise<string> {
    const dialing = this.#port.request({ op: 'dial', to, sdp })
    try {
      return (await abortable(dialing, signal)).call ?? ''
    } catch (error) {
      if (signal.aborted) {
        dialing
          .then(({ call = '' }) => this.#port.request({ op: 'end', call, how: 'cancel' }))
          .catch(() => {})
      }
      throw error
    }
  }

  async #answered(sdp: string): Promise<void> {
    const { peer } = this.#assertLive()
    await peer.acceptAnswer(sdp)
    await this.#addEarlyCandidates(peer)
    if (!this.#ended) this.#establish()
  }

  async #leave(how: 'reject' | 'cancel' | 'terminate', end: LegEnd, detail?: string): Promise<void> {
    if (this.#ended) return
    const call = this.#id
    // Nothing is heard or seen from this moment, whatever the network takes to agree.
    this.#peer?.connection.close()
    const timeout = AbortSignal.timeout(endTimeout)
    // A call that the exchange no longer knows, or cannot be told of, has ended here all the same.
    if (call) {
      await this.#port.request({ op: 'end', call, how, ...(detail && { detail }) }, timeout).catch(() => {})
    }
    this.finish(end)
  }

  /** Tries again when both sides asked at once: the one that lost waits a random moment (RFC 3261, 14.1). */
  async #afterGlare(task: () => Promise<void>): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await task()
      } catch (error) {
        if (!isGlare(error) || attempt === glareAttempts) throw error
        await new Promise((resolve) => setTimeout(resolve, 50 + Math.random() * 200 * attempt))
      }
    }
  }

  async #setHeld(held: boolean): Promise<void> {
    const { peer } = this.#assertLive()
    const local = this.#media?.local
    const apply = async (value: boolean) => {
      peer.setHeld(value)
      await local?.setHeld(value)
    }
    await apply(held)
    const result = await this.#modify(held ? 'hold' : 'resume', () => void apply(!held))
    if (!result.accepted) throw new SignalingError('refused', result.words)
  }

  /** Offers what is wanted now and waits for the other side's answer. `undo` takes the wish back when it fails. */
  async #modify(kind: ModificationKind, undo: () => void, restart = false): Promise<ModificationResult> {
    const { peer } = this.#assertLive()
    if (this.#asked) throw new SignalingError('refused', 'The other side asks for a change; answer it first', { status: 409 })
    let result: ModificationResult
    try {
      const sdp = await peer.offer({ restart })
      const { modId = '' } = await this.#port.request({ op: 'modify', call: this.#id, kind, sdp })
      result = await this.#modification.result(modId)
    } catch (error) {
      undo()
      if (!this.#ended) await peer.rollback()
      throw error
    }
    if (result.sdp) await peer.acceptAnswer(result.sdp)
    else {
      undo()
      await peer.rollback()
    }
    return result
  }

  async #modificationAsked({ modId = '', sdp = '' }: ExchangeEvent): Promise<void> {
    const { peer } = this.#assertLive()
    const hold = isHold(sdp)
    const wanted = hold || this.#remoteHeld ? this.mediaType : mediaTypeOf(sdp)
    await peer.acceptOffer(sdp)
    if (wanted !== this.mediaType && !hold) {
      this.#asked = { modId, mediaType: wanted }
      this.#events.emit('change-requested', { mediaType: wanted })
      return
    }
    if (!hold && directionOf(sdp, 'video') === 'recvonly') peer.setVideo({ ...peer.video, receive: false })
    await this.#answerModification(modId, true)
    if (hold === this.#remoteHeld) return
    this.#remoteHeld = hold
    this.#events.emit(hold ? 'held' : 'resumed', undefined)
  }

  async #answerModification(modId: string, accept: boolean): Promise<void> {
    const { peer } = this.#assertLive()
    const sdp = await peer.answer()
    const op = accept ? 'accept-modification' : 'reject-modification'
    await this.#port.request({ op, call: this.#id, modId, sdp })
  }

  #withdrawn(): void {
    this.#asked = null
    this.#own(this.#queue.run(async () => this.#assertLive().peer.rollback()))
    this.#events.emit('change-withdrawn', undefined)
  }

  #settleMediaType(): void {
    if (!this.#peer) return
    this.mediaType = this.#peer.mediaType
    this.#events.emit('changed', { mediaType: this.mediaType })
  }

  #remoteCandidates(fragment: string): void {
    if (this.#peer && (this.direction === 'outgoing' || this.#established)) {
      this.#own(this.#peer.addCandidates(readFragment(fragment)))
    } else this.#earlyFragments.push(fragment)
  }

  async #addEarlyCandidates(peer: PeerSession): Promise<void> {
    for (const fragment of this.#earlyFragments.splice(0)) await peer.addCandidates(readFragment(fragment))
  }

  /** What happens on an event has no caller to tell: a failure there ends the leg, with its reason. */
  #own(task: Promise<void>): void {
    task.catch((cause: unknown) => {
      if (this.#ended) return
      const error =
        cause instanceof SignalingError ? cause : new SignalingError('media', 'The media of the call failed', { cause })
      const call = this.#id
      this.#port.request({ op: 'end', call, how: 'terminate' }, AbortSignal.timeout(endTimeout)).catch(() => {})
      this.finish({ reason: 'failed', message: error.message, error })
    })
  }
}
