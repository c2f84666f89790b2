import { ignore } from '../../base/ignore.ts'
import { logger } from '../../base/log.ts'
import { abortable } from '../../base/abortable.ts'
import { Emitter, type ListenOptions } from '../../base/emitter.ts'
import { TaskQueue } from '../../base/task-queue.ts'
import { details, type EndKind, type ExchangeEvent, type ExchangeReply } from '../../exchange/protocol.ts'
import type { MediaType } from '../../media/media-type.ts'
import { PeerSession } from '../../media/peer-session.ts'
import { codecsOf } from '../../media/sdp.ts'
import { readFragment } from '../../media/sdp-fragment.ts'
import {
  SignalingError,
  type Leg,
  type LegEnd,
  type LegEvents,
  type LegMedia,
  type Party,
  type PlaceOptions,
} from '../signaling.ts'
import { CandidateSender } from './candidate-sender.ts'
import type { Outbox } from '../outbox.ts'
import type { ExchangePort } from './exchange-port.ts'
import type { LegCore } from './leg-core.ts'
import type { ExchangeRecord } from './exchange-record.ts'
import { legEnd } from './leg-end.ts'
import { LegParts } from './leg-parts.ts'
import { partyOf } from './party.ts'

const log = logger('call')

/** How long the end of a call waits for the exchange to confirm it, in ms. The media stops at once. */
const endTimeout = 1000

export interface ExchangeLegInit {
  readonly direction: 'outgoing' | 'incoming'
  readonly remote: Party
  readonly mediaType: MediaType
  /** Id both ends share; an outgoing leg learns it from the reply to `dial`. */
  readonly id?: string
  /** The offer an incoming call came with. */
  readonly offer?: string
  /** It was up in the page before. */
  readonly renewed?: boolean
  /** What an incoming call is, where it comes from the focus of a conference. */
  readonly conference?: Leg['conference']
}

/** A leg over an exchange: the local network's or the gateway's. */
export class ExchangeLeg implements Leg, LegCore {
  readonly direction: 'outgoing' | 'incoming'
  readonly conference: Leg['conference']
  remote: Party
  readonly remoteStream = new MediaStream()
  readonly queue = new TaskQueue()
  readonly port: ExchangePort
  readonly #outbox: Outbox
  mediaType: MediaType
  media: LegMedia | null = null
  tellMute?: (muted: boolean) => Promise<void>
  #id: string
  #offer: string | undefined
  #peer: PeerSession | null = null
  #established = false
  #ended: LegEnd | null = null
  /** The end that was begun on this side; nothing that the exchange says meanwhile changes it. */
  #leaving: { readonly end: LegEnd; readonly done: Promise<void> } | null = null
  readonly #left: (leg: ExchangeLeg) => void
  readonly #events = new Emitter<LegEvents>()
  readonly #parts = new LegParts(
    this,
    (candidate) => this.#candidates.send(candidate),
    (peer, uri, name) => this.#succeed(peer, uri, name),
  )
  /** The far side becomes somebody else, or did once: candidates may be for another connection. */
  #succeeding = false
  readonly #candidates: CandidateSender
  /** Candidates that came before the call was up, for whichever attempt to answer succeeds. */
  readonly #earlyFragments: string[] = []
  /** Whether another page may go on with it. */
  #kept = false
  /** The page before had another connection: the answer to the offer of this one is still to come. */
  #renewing = false
  /** What came before anybody listened; `null` since somebody does. */
  #unread: ExchangeEvent[] | null = []

  /** `left` is told when the leg is over. */
  constructor(port: ExchangePort, outbox: Outbox, left: (leg: ExchangeLeg) => void, init: ExchangeLegInit) {
    this.port = port
    this.#outbox = outbox
    this.#left = left
    this.direction = init.direction
    this.remote = init.remote
    this.mediaType = init.mediaType
    this.conference = init.conference ?? false
    this.#id = init.id ?? ''
    this.#offer = init.offer
    this.#candidates = new CandidateSender((sdpfrag) => port.request({ op: 'candidates', call: this.#id, sdpfrag }))
    if (init.id && !init.renewed) this.#candidates.open()
  }

  get id(): string {
    return this.#id
  }

  get connection(): RTCPeerConnection | null {
    return this.#peer?.connection ?? null
  }

  get codecs(): readonly string[] {
    const agreed = this.#peer?.codecs ?? []
    return agreed.length > 0 ? agreed : codecsOf(this.#offer ?? '')
  }

  get established(): boolean {
    return this.#established && !this.#ended
  }

  on<Name extends keyof LegEvents>(
    name: Name,
    listener: (payload: LegEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
    if (name === 'ended') queueMicrotask(() => this.#read())
  }

  /** Offers the call to `to`. Rejects, and leaves nothing, when the exchange refuses it or `signal` aborts. */
  async place(to: string, media: LegMedia, signal: AbortSignal, { onOffer, focus }: PlaceOptions): Promise<void> {
    const peer = this.#open(media)
    const video = this.mediaType === 'video'
    peer.setVideo({ send: video, receive: video })
    try {
      const sdp = await peer.offer()
      signal.throwIfAborted()
      onOffer?.()
      const dialling = this.port.request({ op: 'dial', to, sdp, ...(focus && { focus }) })
      this.#id = (await this.#withdrawable(dialling, 'cancel', signal)).call ?? ''
    } catch (error) {
      this.#close({ reason: 'failed' })
      throw error
    }
    this.#candidates.open()
  }

  ring(): Promise<void> {
    return this.port.request({ op: 'ring', call: this.#id }).then(() => {})
  }

  accept(media: LegMedia, signal: AbortSignal): Promise<void> {
    return this.queue.run(async () => {
      if (this.ended) throw new SignalingError('refused', 'The call has ended')
      signal.throwIfAborted()
      const peer = this.#open(media)
      const video = media.mediaType === 'video' && this.mediaType === 'video'
      try {
        await peer.acceptOffer(this.#offer ?? '')
        peer.setVideo({ send: video, receive: video })
        const sdp = await peer.answer()
        signal.throwIfAborted()
        await this.#withdrawable(this.port.request({ op: 'answer', call: this.#id, sdp }), 'terminate', signal)
      } catch (error) {
        // It rings on; another attempt opens another connection.
        peer.close()
        this.#peer = null
        if (this.ended && !signal.aborted) throw new SignalingError('refused', 'The call has ended', { cause: error })
        throw error
      }
      this.peer()
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

  async hold(): Promise<void> {
    await this.#parts.modifications.hold()
  }

  async resume(): Promise<void> {
    await this.#parts.modifications.resume()
  }

  async change(
    mediaType: MediaType,
    signal: AbortSignal,
  ): Promise<{ readonly accepted: boolean; readonly mediaType: MediaType }> {
    return this.#parts.modifications.change(mediaType, signal)
  }

  async answerChange(accept: boolean, keeps?: boolean): Promise<void> {
    await this.#parts.modifications.answerChange(accept, keeps)
  }

  async answerHandOver(accept: boolean): Promise<void> {
    await this.port.request({ op: accept ? 'accept-hand-over' : 'reject-hand-over', call: this.#id })
  }

  async restartMedia(): Promise<void> {
    await this.#parts.modifications.restartMedia()
  }

  async transfer(to: string | Leg, signal: AbortSignal): Promise<void> {
    await this.#parts.handover.transfer(to, signal)
  }

  async move(signal: AbortSignal): Promise<void> {
    await this.#parts.handover.move(signal)
  }

  keep(may: boolean): ExchangeRecord | null {
    this.#kept =
      may &&
      this.port.outlivesPage === true &&
      this.established &&
      !this.#leaving &&
      this.conference === false &&
      this.#peer !== null
    if (!this.#kept) return null
    const { direction, mediaType, remote } = this
    const { uri, displayName: name } = remote
    const { remoteHeld } = this.#parts.modifications
    const held = this.peer().held
    return { call: this.#id, uri, ...(name !== undefined && { name }), direction, mediaType, held, remoteHeld }
  }

  /** Whether another page may go on with it. */
  get kept(): boolean {
    return this.#kept && !this.ended
  }

  /** Goes on with a call of the page before, by a new connection. */
  async takeUp(media: LegMedia, { held, remoteHeld }: ExchangeRecord): Promise<void> {
    this.#renewing = true
    this.#parts.modifications.restore(remoteHeld)
    try {
      await media.local.setHeld(held)
      // What the far side says meanwhile is looked at when the exchange knows of this offer.
      await this.queue.run(async () => {
        const sdp = await this.#renewed(media, held).offer()
        await this.port.request({ op: 'renew', call: this.#id, sdp })
      })
      this.#candidates.open()
    } catch (error) {
      log.info('the call is not taken up', error)
      void this.#tellEndOf(this.#id, 'terminate')
      this.finish({ reason: 'lost' })
    }
  }

  #renewed(media: LegMedia, held: boolean): PeerSession {
    const peer = this.#open(media)
    const video = this.mediaType === 'video'
    peer.setVideo({ send: video, receive: video })
    peer.setHeld(held)
    return peer
  }

  /** The far side's answer; or its offer, where its page is another one, too. */
  async #takeRenewal({ sdp = '', detail }: ExchangeEvent): Promise<void> {
    if (detail !== details.renewed) await this.peer().acceptAnswer(sdp)
    else if (!(await this.#answerRenewal(sdp))) return
    this.#renewing = false
    if (this.ended) return
    this.#parts.modifications.beginWith(this.peer(), true)
    this.#establish()
  }

  /** Resolves whether the exchange took our answer: where our own offer came last, that one counts. */
  async #answerRenewal(sdp: string): Promise<boolean> {
    const { media } = this
    const offering = this.peer()
    if (!media) return false
    // Its end is to take nothing from the stream of the call.
    offering.moveTo(new MediaStream())
    const peer = this.#renewed(media, offering.held)
    try {
      await peer.acceptOffer(sdp)
      await this.port.request({ op: 'rejoin', call: this.#id, sdp: await peer.answer() })
      offering.close()
      return true
    } catch (error) {
      log.debug('the answer was not taken', error)
      peer.close()
      this.#peer = offering
      offering.moveTo(this.remoteStream)
      for (const fragment of this.#earlyFragments) this.own(offering.addCandidates(readFragment(fragment)))
      return false
    }
  }

  peer(): PeerSession {
    if (this.ended) throw new SignalingError('refused', 'The call has ended')
    if (!this.#peer) throw new SignalingError('refused', 'The call is not up yet')
    return this.#peer
  }

  emit<Name extends keyof LegEvents>(name: Name, payload: LegEvents[Name]): void {
    this.#events.emit(name, payload)
  }

  /** Whether it is over, or about to be. */
  get ended(): boolean {
    return this.#ended !== null || this.#leaving !== null
  }

  /** Takes what the exchange says of this call. */
  handle(event: ExchangeEvent): void {
    if (!this.#unread) this.#handle(event)
    else this.#unread.push(event)
  }

  /** Somebody listens: what came before is told now. */
  #read(): void {
    const unread = this.#unread
    this.#unread = null
    for (const event of unread ?? []) this.#handle(event)
    if (this.#ended) this.#tellEnd(this.#ended)
  }

  /** The exchange that knew what was pending is gone. */
  interrupt(): void {
    this.#parts.interrupt()
  }

  #handle(event: ExchangeEvent): void {
    if (this.#ended) return
    if (this.#leaving) {
      if (event.state === 'session-terminated') this.finish(this.#leaving.end)
      return
    }
    if (this.#renewing && event.state === 'session-modified') {
      this.#renewing = event.detail === details.renewed
      return this.own(this.queue.run(() => this.#takeRenewal(event)))
    }
    // It was for the page before, and for its connection.
    if (this.#renewing && event.state.startsWith('mod-')) return
    switch (event.state) {
      case 'ringing':
        return this.#events.emit('progress', 'ringing')
      case 'session-open':
        this.#identify(event)
        if (event.sdp && this.direction === 'outgoing') this.own(this.queue.run(() => this.#answered(event.sdp ?? '')))
        return
      case 'far-side-away':
        return this.#events.emit('link', 'recovering')
      case 'ice-candidates':
        return this.#remoteCandidates(event.sdpfrag ?? '')
      case 'session-terminated':
        return this.finish(legEnd(event))
      default:
        this.#succeeding ||= event.state === 'session-modified'
        return this.#parts.take(event)
    }
  }

  /** Who answers says how they are called. */
  #identify({ from, fromName }: ExchangeEvent): void {
    if (from !== this.remote.uri || !fromName) return
    const remote = partyOf(from, fromName)
    if (remote.displayName === this.remote.displayName) return
    this.remote = remote
    this.#events.emit('identified', remote)
  }

  /** Ends the leg on this side without a word to the exchange. Once. */
  finish(end: LegEnd): void {
    if (this.#ended) return
    this.#close(end)
    this.#left(this)
    if (!this.#unread) this.#tellEnd(end)
  }

  #tellEnd(end: LegEnd): void {
    this.#events.emit('ended', end)
    this.#events.clear()
  }

  #open(media: LegMedia): PeerSession {
    const peer = new PeerSession(media.local, media.settings, this.remoteStream)
    this.media = media
    peer.events.on('candidate', (candidate) => this.#candidates.send(candidate))
    this.#follow(peer)
    for (const fragment of this.#earlyFragments) this.own(peer.addCandidates(readFragment(fragment)))
    return peer
  }

  #follow(peer: PeerSession): void {
    this.#peer = peer
    peer.events.on('track', (track) => this.#events.emit('track', track))
    peer.events.on('link', (link) => this.#events.emit('link', link))
  }

  /** The new connection takes the place of the present one. */
  #succeed(peer: PeerSession, uri: string, name?: string): void {
    this.#peer?.close()
    peer.moveTo(this.remoteStream)
    this.#follow(peer)
    this.mediaType = peer.mediaType
    for (const track of this.remoteStream.getTracks()) this.#events.emit('track', track)
    if (uri && uri !== this.remote.uri) {
      this.remote = partyOf(uri, name)
      this.#events.emit('replaced', this.remote)
    }
    this.#events.emit('changed', { mediaType: this.mediaType })
  }

  #close(end: LegEnd): void {
    this.#ended = end
    this.#candidates.close()
    this.#parts.end()
    this.#peer?.close()
    this.#peer = null
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

  /** An exchange that took a request after it was aborted here is told to take the call back. */
  async #withdrawable(request: Promise<ExchangeReply>, how: EndKind, signal: AbortSignal): Promise<ExchangeReply> {
    try {
      return await abortable(request, signal)
    } catch (error) {
      if (signal.aborted) {
        void ignore(
          log,
          request.then(({ call = this.#id }) => this.#tellEndOf(call, how)),
          'a call was not taken back',
        )
      }
      throw error
    }
  }

  async #answered(sdp: string): Promise<void> {
    const peer = this.peer()
    await peer.acceptAnswer(sdp)
    if (!this.ended) this.#establish()
  }

  #leave(how: EndKind, end: LegEnd, detail?: string): Promise<void> {
    if (this.#ended) return Promise.resolve()
    this.#leaving ??= { end, done: this.#tellLeaving(how, end, detail) }
    return this.#leaving.done
  }

  async #tellLeaving(how: EndKind, end: LegEnd, detail?: string): Promise<void> {
    const call = this.#id
    // Nothing is heard or seen from this moment, however long the network takes to agree.
    this.#peer?.close()
    // A call that the exchange no longer knows, or cannot be told of now, has ended here all the same.
    if (call) await this.#tellEndOf(call, how, detail)
    this.finish(end)
  }

  /** Resolves when the exchange knows, or when it is told later. */
  #tellEndOf(call: string, how: EndKind, detail?: string): Promise<void> {
    return new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, endTimeout)
      const settle = () => {
        clearTimeout(timer)
        resolve()
      }
      const command = { op: 'end', call, how, ...(detail && { detail }) } as const
      const telling = this.#outbox.deliver((back) => this.port.request(command, back), { onUnheard: settle })
      void ignore(log, telling, 'the end of a call was not told').then(settle)
    })
  }

  #remoteCandidates(fragment: string): void {
    if (this.#succeeding) return this.own(this.#parts.succession.takeCandidates(fragment))
    if (this.#peer) this.own(this.#peer.addCandidates(readFragment(fragment)))
    if (!this.#established) this.#earlyFragments.push(fragment)
  }

  /** What happens on an event has no caller to tell: a failure there ends the leg, with its reason. */
  own(task: Promise<void>): void {
    task.catch((cause: unknown) => {
      if (this.ended) return
      const error =
        cause instanceof SignalingError ? cause : new SignalingError('media', 'The media of the call failed', { cause })
      const call = this.#id
      void this.#tellEndOf(call, 'terminate')
      this.finish({ reason: 'failed', message: error.message, error })
    })
  }
}
