import { ignore } from '../base/ignore.ts'
import { logger } from '../base/log.ts'
import { TaskQueue } from '../base/task-queue.ts'
import { LocalMedia } from '../media/local-media.ts'
import type { MediaType } from '../media/media-type.ts'
import type { Leg, LegEnd, LegEvents, Party, SignalingError } from '../signaling/signaling.ts'
import type { CallContext } from './call-context.ts'
import { next, type CallStep } from './call-machine.ts'
import type { CallChanges } from './call-changes.ts'
import { endEvent, endMessage } from './call-end.ts'
import { callEvent, type CallEventExtras } from './call-payload.ts'
import { newCall, type CallInit } from './new-call.ts'
import { limitRinging } from './ring-limit.ts'
import type { CallSnapshot } from './snapshot.ts'
import { toPhoneError } from './to-phone-error.ts'

const log = logger('call')

/** The media elements an old page passes in; what it leaves out the engine or the tags take care of. */
export interface MediaElements {
  readonly localMedia?: HTMLMediaElement | undefined
  readonly remoteMedia?: HTMLMediaElement | undefined
}

/** What a leg tells of a call that is up. */
const changeEvents = [
  'held',
  'resumed',
  'change-requested',
  'change-withdrawn',
  'changed',
  'replaced',
  'transfer-requested',
  'transfer-withdrawn',
  'hand-over-requested',
  'hand-over-withdrawn',
] as const

export type ChangeEvent = (typeof changeEvents)[number]

/** Thrown away when the user takes back what they began: that is no failure. */
export const takenBack = new DOMException('The user ended the call', 'AbortError')

/** One call: its leg, how far it has come, and what it sends. It publishes the seed's events of itself. */
export class Call {
  local: LocalMedia
  /** Called when a transfer has succeeded, before the end of this call is told. */
  transferred: (() => void) | null = null
  /** Tones on their way, one after the other. */
  readonly tones = new TaskQueue()
  readonly #context: CallContext
  readonly #gone = new AbortController()
  #state: CallSnapshot
  #leg: Leg | null = null
  #changes: CallChanges | null = null
  /** Where the page shows it. */
  elements: MediaElements = {}
  #asksFor: MediaType
  #headers: Readonly<Record<string, string>> | undefined
  #mediaEstablished = false

  constructor(context: CallContext, init: CallInit) {
    this.#context = context
    this.local = init.local ?? new LocalMedia()
    this.#asksFor = init.mediaType
    this.#headers = init.headers
    this.#state = newCall(init)
  }

  get snapshot(): CallSnapshot {
    return this.#state
  }

  /** The leg, once there is one. */
  get leg(): Leg | null {
    return this.#leg
  }

  get ended(): boolean {
    return this.#state.progress === 'ended'
  }

  /** Aborts when the call is over. */
  get gone(): AbortSignal {
    return this.#gone.signal
  }

  /** Changes fields of the snapshot. */
  set(change: Partial<CallSnapshot>): void {
    this.#state = Object.freeze({ ...this.#state, ...change })
    this.#context.changed()
  }

  /** Publishes one of the events that carry a call. */
  publish(
    name:
      | 'answering'
      | `call:${'connecting' | 'connected' | 'held' | 'resumed' | 'muted' | 'unmuted' | 'disconnecting' | 'disconnected' | 'canceled' | 'rejected' | 'moved' | 'transferring' | 'transferred' | 'modification-in-progress' | 'incoming'}`
      | 'media:established',
    extras?: CallEventExtras & { readonly downgrade?: true },
  ): void {
    this.#context.publish(name, callEvent(this.#state, extras))
  }

  /** Dials: opens the devices, then offers the call. */
  async place(elements: MediaElements, method: 'dial' | 'addCall' | 'startConference' | 'merge'): Promise<void> {
    const { mediaType, index, remote } = this.#state
    this.elements = elements
    this.#step('dial')
    this.#context.publish('dialing', { index, to: remote.address, mediaType, callType: 'call', timestamp: new Date() })
    try {
      // Nobody is called by a phone that has no microphone.
      await this.#capture(mediaType)
      this.#gone.signal.throwIfAborted()
      const { signaling, settings } = this.#context
      const media = { mediaType, local: this.local, settings }
      const onOffer = () => {
        this.#step('offered')
        this.publish('call:connecting')
      }
      const options = { onOffer, ...(this.#headers && { headers: this.#headers }) }
      this.#adopt(await signaling.place(remote.address, media, this.#gone.signal, options))
      this.#limitRinging()
    } catch (error) {
      await this.#failed(error, method)
    }
  }

  /** Takes an incoming leg: the user is alerted. */
  alert(leg: Leg): void {
    this.#step('alert')
    this.#adopt(leg)
    this.#context.publish('call:incoming', { ...callEvent(this.#state), ...leg.details })
    // A caller who gave up meanwhile is told by `ended`.
    leg.ring().catch(() => {})
  }

  /** Answers, with sound alone or with a picture too. A refused device leaves the call ringing. */
  async answer(elements: MediaElements, mediaType: MediaType): Promise<void> {
    this.elements = elements
    this.publish('answering')
    await this.#capture(mediaType)
    if (this.ended) throw takenBack
    this.#step('answer')
    this.publish('call:connecting')
    try {
      const { settings } = this.#context
      await this.#leg?.accept({ mediaType, local: this.local, settings }, this.#gone.signal)
    } catch (error) {
      await this.#failed(error, 'answer')
    }
  }

  async reject(reason: 'rejected' | 'busy' = 'rejected'): Promise<void> {
    this.#step('leave')
    await this.#confirmed({ reason }, this.#leg?.reject(reason))
  }

  async cancel(reason: 'canceled' | 'no-answer' = 'canceled'): Promise<void> {
    this.#step('leave')
    if (this.#leg) await this.#confirmed({ reason }, this.#leg.cancel(reason))
    else this.#finish({ reason })
  }

  async hangup(): Promise<void> {
    if (this.#state.progress === 'ending') return
    if (!this.#step('leave')) return
    this.publish('call:disconnecting')
    await this.#confirmed({ reason: 'hangup' }, this.#leg?.end())
  }

  /**
   * Gives its leg and what that sends away, to go on as a part of a conference; the call is over on this side, and the
   * far side is told nothing. `message` says so for people. `null` where there is no leg.
   */
  release(message: string): { readonly leg: Leg; readonly local: LocalMedia } | null {
    const leg = this.#leg
    const { local } = this
    if (!leg || this.ended) return null
    if (this.#state.transferTo) leg.answerTransfer?.(false).catch(() => {})
    this.#leg = null
    this.#context.output.stop(leg.remoteStream)
    this.local = new LocalMedia()
    this.#finish({ reason: 'merged', message })
    return { leg, local }
  }

  /** Ends the call on this side because the session it belonged to is gone. */
  lose(message: string): void {
    this.#finish({ reason: 'session-ended', message })
  }

  /** Ends the call because the far side is gone. It is told all the same, should it come back. */
  abandon(): void {
    if (!this.#step('leave')) return
    const leg = this.#leg
    this.#finish({ reason: 'lost' })
    void ignore(log, leg?.end(), 'the end of a call was not told')
  }

  /** Returns whether it changed anything. */
  setMuted(muted: boolean): boolean {
    if (this.#state.muted === muted) return false
    this.local.setMuted(muted)
    this.set({ muted })
    this.publish(muted ? 'call:muted' : 'call:unmuted')
    return true
  }

  /** What changes the call once it is up: hold, other media, a new path. */
  get changes(): CallChanges {
    return (this.#changes ??= this.#context.inCall.callChanges(this, this.#context))
  }

  /** Switches off a camera whose picture nobody gets. */
  releaseCamera(): void {
    void this.local.release('video')
    this.set({ camera: false, screen: false })
  }

  /** The network can be reached again: what was interrupted looks for a new path. */
  recover(): void {
    this.#changes?.recovery?.retry()
  }

  /** Moves on in the machine; `false` where the step is not possible any more. */
  #step(step: CallStep): boolean {
    const progress = next(this.#state.progress, step)
    if (!progress) return false
    if (progress !== this.#state.progress) {
      this.set({ progress })
      log.info(`${this.#state.index} ${progress === 'ended' ? 'has ended' : `is ${progress}`}`)
    }
    return true
  }

  #capture(mediaType: MediaType): Promise<void> {
    const { localMedia } = this.elements
    if (localMedia) {
      // One's own voice must not be heard.
      localMedia.muted = true
      localMedia.autoplay = true
      localMedia.srcObject = this.local.stream
    }
    this.set({ localStream: this.local.stream })
    const capturing = this.#context.devices.open(this.local, mediaType, this.#gone.signal)
    const captured = capturing.then(() => this.set({ camera: this.local.track('video') !== null }))
    // Its caller awaits it later, or has been told of the end of the call.
    captured.catch(() => {})
    return captured
  }

  #adopt(leg: Leg): void {
    this.#leg = leg
    const { signal } = this.#gone
    leg.on('progress', (progress) => this.#progressed(progress), { signal })
    leg.on('established', ({ mediaType }) => this.#established(mediaType), { signal })
    leg.on('link', (link) => this.#linked(link), { signal })
    leg.on('identified', (remote) => this.#identified(remote), { signal })
    for (const name of changeEvents) leg.on(name, (payload) => this.#told(name, payload), { signal })
    this.set({ remoteStream: leg.remoteStream, codecs: leg.codecs })
    // Last, because it lets the leg's events come.
    leg.on('ended', (end) => {
      // It may belong to somebody else by now.
      if (this.#leg !== leg) return
      if (end.error) void this.#broken(end, end.error)
      else this.#finish(end)
    })
  }

  /** The far side changed something. */
  #told<Name extends ChangeEvent>(name: Name, payload: LegEvents[Name]): void {
    if (!this.ended) this.changes.told(name, payload)
  }

  #progressed(progress: LegEvents['progress']): void {
    if (progress === 'forwarded' || progress === 'queued') return this.set({ waiting: progress })
    this.#step('rung')
    if (progress === 'ringing') return this.set({ earlyMedia: false, waiting: null })
    if (this.#state.earlyMedia) return
    this.set({ earlyMedia: true })
    this.#play()
    this.#context.publish('call:ringback-provided', { timestamp: new Date() })
  }

  /** It is known who is there, or known better. The event is that of another party after a transfer. */
  #identified(remote: Party): void {
    if (this.ended) return
    this.set({ remote })
    const { mediaType } = this.#state
    const event = callEvent(this.#state, { generator: 'receiver' })
    this.#context.publish('call:state-changed', { ...event, oldState: mediaType, newState: mediaType })
  }

  #established(mediaType: MediaType): void {
    if (!this.#step('establish')) return
    if (this.#state.progress !== 'connected') return
    const codecs = this.#leg?.codecs ?? []
    this.set({ mediaType, codecs, connectedAt: Date.now(), waiting: null })
    if (mediaType === 'audio') this.releaseCamera()
    this.#play()
    const downgraded = this.#state.direction === 'outgoing' && this.#asksFor === 'video' && mediaType === 'audio'
    this.publish('call:connected', downgraded ? { downgrade: true } : {})
    if (this.#leg?.connection?.connectionState === 'connected') this.#linked('ok')
    this.#changes ??= this.#context.inCall.callChanges(this, this.#context)
  }

  #linked(link: 'ok' | 'recovering' | 'lost'): void {
    if (link === 'ok' && this.#state.connectedAt !== null && !this.#mediaEstablished) {
      this.#mediaEstablished = true
      this.publish('media:established')
    }
  }

  #play(): void {
    if (this.#leg) this.#context.output.play(this.#leg.remoteStream, this.elements.remoteMedia ?? null)
  }

  #limitRinging(): void {
    if (this.#state.progress === 'connected' || this.ended) return
    limitRinging(this.#context.ringTimeout, this.#gone.signal, () => {
      if (this.#state.connectedAt === null) this.cancel('no-answer').catch(() => {})
    })
  }

  /** What the user ended is over on this side, no matter what the network makes of it. */
  async #confirmed(end: LegEnd, leaving: Promise<void> | undefined): Promise<void> {
    try {
      await leaving
    } catch (error) {
      this.#finish(end)
      throw error
    }
  }

  /** A call that could not be set up: the error first, then its end, and the same error to the caller who waits. */
  async #failed(cause: unknown, method: string): Promise<void> {
    if (this.ended) return
    const error = await toPhoneError(cause, method)
    if (this.ended) return
    this.#context.publish('error', error)
    const leg = this.#leg
    this.#finish({ reason: 'failed', message: error.message })
    // The far side must not ring on for a call that is over here.
    const left = leg?.direction === 'outgoing' ? leg.cancel('canceled') : leg?.end()
    left?.catch(() => {})
    throw error
  }

  /** The network failed under the call: the error first, then its end. */
  async #broken(end: LegEnd, cause: SignalingError): Promise<void> {
    this.#step('leave')
    const error = await toPhoneError(cause, 'call')
    if (this.ended) return
    this.#context.publish('error', error)
    this.#finish(end)
  }

  #finish(end: LegEnd): void {
    if (this.ended) return
    const { connectedAt, progress } = this.#state
    this.#gone.abort(takenBack)
    this.local.close()
    const { localMedia } = this.elements
    if (localMedia?.srcObject === this.#state.localStream) localMedia.srcObject = null
    if (this.#leg) this.#context.output.stop(this.#leg.remoteStream)
    if (end.reason === 'transferred') this.transferred?.()
    const event = endEvent(end.reason, { connected: connectedAt !== null, unheard: progress === 'new' })
    this.#step('end')
    log.info(`${this.#state.index}: ${end.reason}`)
    this.set({
      endedReason: end.reason,
      pending: null,
      asked: false,
      transferTo: null,
      handOverAsked: false,
      localStream: null,
      remoteStream: null,
    })
    const message = endMessage(end)
    this.publish(event, message === undefined ? {} : { message })
    this.#context.ended()
  }
}
