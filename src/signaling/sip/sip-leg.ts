import type { RTCSession } from 'jssip/lib/RTCSession.js'
import { abortable } from '../../base/abortable.ts'
import type { ListenOptions } from '../../base/emitter.ts'
import { logger } from '../../base/log.ts'
import { pause } from '../../base/pause.ts'
import type { MediaType } from '../../media/media-type.ts'
import { directionOf, isHold } from '../../media/sdp.ts'
import { newId } from '../../place/new-id.ts'
import {
  SignalingError,
  type EndReason,
  type IncomingDetails,
  type Leg,
  type LegEnd,
  type LegEvents,
  type LegMedia,
  type Party,
} from '../signaling.ts'
import type { DialogEvents } from './dialog-events.ts'
import { leaveSession, recordOf, shortenSession } from './dialog-record.ts'
import { EarlyMedia } from './early-media.ts'
import { HeldEmitter } from './held-emitter.ts'
import { announceHandOver, hearHandOver } from './sip-focus.ts'
import { sendInfoDigits } from './info-digits.ts'
import { callIdOf, replacementOf } from './jssip-session.ts'
import { hearKeyFrameRequests } from './key-frame-request.ts'
import type { LegInit, LegOptions, LegRecord } from './leg-options.ts'
import { PictureRequest } from './picture-request.ts'
import { leadsAway } from './referral.ts'
import type { Redial } from './redial.ts'
import { RemoteMedia } from './remote-media.ts'
import { SipDialog } from './sip-dialog.ts'
import { farewells, movedTo } from './sip-reason.ts'
import { refer, type Referral } from './sip-transfer.ts'
import { Succession } from './succession.ts'

const log = logger('att-phone.sip')

/** How often a call is sent on before it counts as a loop (RFC 3261, 8.1.3.4). */
const redirectionLimit = 5

/** What is told of a call that no phone rings for yet (RFC 3261, 21.1.3 and 21.1.4). */
const underway: Readonly<Record<number, 'forwarded' | 'queued'>> = { 181: 'forwarded', 182: 'queued' }

/** Pauses before a far side is asked to go on with a call of another page, in ms: it may be loaded anew, too. */
const takeUpPauses = [0, 1000, 2000, 4000, 8000] as const

type HandingOver = Referral & { readonly as: 'transferred' | 'moved' }

/** A call over SIP. Its dialog changes when the far side is transferred or replaced; the leg stays. */
export class SipLeg implements Leg {
  readonly id: string
  readonly direction: 'outgoing' | 'incoming'
  readonly conference: Leg['conference']
  readonly remoteStream: MediaStream
  readonly headers?: Readonly<Record<string, string>>
  readonly details?: IncomingDetails
  /** There only while the far side takes no digits by the media path. */
  sendDigits?: (digits: string) => Promise<void>
  remote: Party
  mediaType: MediaType
  readonly #options: LegOptions
  readonly #events = new HeldEmitter()
  readonly #incoming = new RemoteMedia((track) => this.#events.emit('track', track))
  readonly #early = new EarlyMedia(
    () => this.connection,
    (progress) => this.#events.emit('progress', progress),
  )
  readonly #picture: PictureRequest
  #dialog: SipDialog
  #wiring = new AbortController()
  readonly #succession: Succession
  #endReason: EndReason | null = null
  #lent: { end?: LegEnd } | null = null
  readonly #redial: LegInit['redial']
  readonly #onEnded: (end: LegEnd) => void
  /** What the far side told that its legs of a hand-over will bring. */
  #announced: string | null = null
  /** What it was told that ours will. */
  #announcing: Promise<string> | null = null
  #redirections = 0
  /** Where a redirection sent the call to, and what of it was not tried yet. */
  readonly #targets: string[] = []
  #alternatives: string[] = []
  /** The far side is to call somebody else instead. */
  #handingOver: HandingOver | null = null
  #remoteHeld = false
  #ended = false
  #moving = false
  /** Whether another page may go on with this call. */
  #kept = false
  readonly #life = new AbortController()

  constructor(session: RTCSession, options: LegOptions, init: LegInit) {
    this.id = session.id
    this.remoteStream = this.#incoming.stream
    this.direction = init.direction
    this.remote = init.remote
    this.mediaType = init.mediaType
    this.conference = init.conference ?? false
    if (init.headers) this.headers = init.headers
    if (init.details) this.details = init.details
    this.#options = options
    this.#redial = init.redial
    this.#onEnded = init.onEnded
    this.#dialog = new SipDialog(session, options)
    this.#picture = new PictureRequest(options.changeTimeout)
    this.#succession = new Succession(options, {
      onAsked: (to) => this.#events.emit('transfer-requested', { to }),
      onWithdrawn: () => this.#events.emit('transfer-withdrawn', undefined),
      onSucceeded: (dialog, party) => this.#succeed(dialog, party),
      onFailed: (end) => this.#finish(end),
    })
    this.#wire(this.#dialog)
  }

  get connection(): RTCPeerConnection | null {
    return this.#dialog.connection
  }

  get codecs(): readonly string[] {
    return this.#dialog.codecs
  }

  get dialog(): SipDialog {
    return this.#dialog
  }

  /** Whether the call is being offered to this user's other devices: our own must not ring. */
  get moving(): boolean {
    return this.#moving
  }

  /** Whether a leg that brings this secret is handed over by the far side of this one. */
  handsOver(token: string | null): boolean {
    return token !== null && token === this.#announced && this.#dialog.established
  }

  /** Tells the far side that a conference will be handed over to it; resolves to the secret that proves it. */
  announceHandOver(): Promise<string> {
    const token = newId()
    this.#announcing ??= announceHandOver(this.#dialog.session, token).then(() => token)
    return this.#announcing
  }

  on<Name extends keyof LegEvents>(
    name: Name,
    listener: (payload: LegEvents[Name]) => void,
    options?: ListenOptions,
  ): void {
    this.#events.on(name, listener, options)
  }

  /** The library rang for us, as soon as the invitation had arrived. */
  ring(): Promise<void> {
    return Promise.resolve()
  }

  async accept(media: LegMedia, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    this.#assertLive()
    const confirmed = this.#dialog.confirmed()
    // It may fail before anyone waits.
    confirmed.catch(() => {})
    this.#dialog.answer({ ...media, mediaType: this.mediaType === 'video' ? media.mediaType : 'audio' })
    try {
      await abortable(confirmed, signal)
    } catch (error) {
      this.#terminate('canceled', farewells['session-ended'])
      throw error
    }
  }

  async reject(reason: 'rejected' | 'busy'): Promise<void> {
    this.#terminate(reason)
  }

  async cancel(reason: 'canceled' | 'no-answer'): Promise<void> {
    this.#options.onCancel(callIdOf(this.#dialog.session))
    this.#terminate(reason)
  }

  async end(): Promise<void> {
    this.#terminate('hangup')
  }

  /** Ends the leg, in any state, because the session ends. */
  close(): void {
    this.#terminate('session-ended')
  }

  hold(): Promise<void> {
    return this.#setHeld(true)
  }

  resume(): Promise<void> {
    return this.#setHeld(false)
  }

  async change(
    mediaType: MediaType,
    signal: AbortSignal,
  ): Promise<{ readonly accepted: boolean; readonly mediaType: MediaType }> {
    signal.throwIfAborted()
    const lines = this.#lines()
    // Theirs came first: it is to be answered.
    if (this.#picture.asked) return { accepted: false, mediaType: this.mediaType }
    const before = lines.wanted('video')
    lines.want('video', mediaType === 'video' ? 'sendrecv' : 'inactive')
    const pending = this.#picture.begin()
    pending.lost.addEventListener('abort', () => lines.want('video', before))
    try {
      await this.#dialog.offer({ moot: pending.lost, signal })
      if (pending.lost.aborted) return { accepted: false, mediaType: this.mediaType }
      const { sends, receives } = lines.current('video')
      if (!sends && !receives) lines.want('video', 'inactive')
      const waits = mediaType === 'video' && sends && !receives
      const accepted = waits ? await pending.answer(signal) : mediaType === 'audio' || receives
      // The far side's user wants no picture either way.
      const after = lines.current('video')
      if (waits && !after.sends && !after.receives) lines.want('video', 'inactive')
      this.#settle()
      return { accepted, mediaType: this.mediaType }
    } catch (error) {
      lines.want('video', before)
      // Nobody waits for it: a dialog that the far side no longer knows has ended by itself.
      if (signal.aborted) this.#dialog.offer().catch(() => {})
      // A far side that does not take the offer has answered it: with no.
      if (!(error instanceof SignalingError) || (error.kind !== 'refused' && error.kind !== 'media')) throw error
      this.#assertLive()
      return { accepted: false, mediaType: this.mediaType }
    } finally {
      pending.end()
    }
  }

  async answerChange(accept: boolean, keeps = false): Promise<void> {
    const asked = this.#picture.takeAsked()
    const lines = this.#lines()
    if (!asked) throw new SignalingError('refused', 'There is no request to answer')
    if (asked === 'video') {
      if (accept) lines.want('video', 'sendrecv')
      else if (keeps) lines.want('video', 'inactive')
      // The request itself was answered at once, as SIP wants it; this offer tells what the user said.
      await this.#dialog.offer()
    }
    this.#settle()
  }

  async answerTransfer(accept: boolean): Promise<void> {
    this.#assertLive()
    if (!this.#succession.answer(accept)) throw new SignalingError('refused', 'There is no request to answer')
  }

  async restartMedia(): Promise<void> {
    this.#lines()
    await this.#dialog.restart()
  }

  keep(may: boolean): LegRecord | null {
    const { lines, established, session } = this.#dialog
    const dialog = may && lines && established && !this.#ended ? recordOf(session) : null
    this.#kept = dialog !== null
    if (!dialog || !lines) return null
    const { remote: party, mediaType } = this
    const { sections, held } = lines
    return { dialog, party, mediaType, sections, held, remoteHeld: this.#remoteHeld }
  }

  /** The page goes: ends the leg, on this side alone where another page may go on with it. */
  leave(): void {
    const { session, established } = this.#dialog
    if (!this.#kept || !established) return this.close()
    shortenSession(session)
    leaveSession(session)
    this.#finish({ reason: 'session-ended' })
  }

  /** Goes on with a call of another page. Where the far side does not come along, it ends. */
  async takeUp(media: LegMedia, { sections, held, remoteHeld }: LegRecord): Promise<void> {
    const dialog = this.#dialog
    this.#remoteHeld = remoteHeld
    dialog.start(media, sections)
    if (held) await dialog.lines?.setHeld(true)
    for (const wait of takeUpPauses) {
      await pause(wait, this.#life.signal)
      try {
        await dialog.offer()
        this.#establish()
        return
      } catch (error) {
        // A far side that no longer knows the call has ended it by saying so.
        log.debug('the call is not taken up yet', error)
      }
    }
    this.#terminate('lost')
  }

  /** The caller never confirmed that it heard us ring (RFC 3262, 3). */
  unconfirmed(): void {
    if (!this.#dialog.established)
      this.#terminate('failed', { status_code: 504, reason_phrase: 'Ringing Was Not Confirmed' })
  }

  /** Tells the far side, and every proxy on the way, where we are now; ends the leg when they no longer know it. */
  probe(): void {
    const dialog = this.#dialog
    if (!dialog.established) return dialog.invitation.moved()
    // Its answer may hold what the far side's user said to a request of ours, and could not tell.
    const look = () => dialog.lines?.current('video').receives && this.#picture.granted()
    dialog
      .probe()
      .then(look)
      .catch(() => {})
  }

  async transfer(to: string | Leg, signal: AbortSignal): Promise<void> {
    this.#lines()
    if (typeof to === 'string') await this.#refer(to, signal)
    else if (to instanceof SipLeg) await to.#lend((target) => this.#refer(target, signal))
    else throw new TypeError('The other leg belongs to another network')
    this.#terminate('transferred')
    if (to instanceof SipLeg) to.#terminate('transferred')
  }

  async #refer(target: string, signal: AbortSignal, as: 'transferred' | 'moved' = 'transferred'): Promise<void> {
    const handingOver: HandingOver = (this.#handingOver = { taken: false, as })
    try {
      await refer(this.#dialog.session, target, signal, handingOver)
    } finally {
      this.#handingOver = null
    }
  }

  /** Has its far side called by another. That ends this leg, which we may hear of before anything else: it waits. */
  async #lend(call: (target: string) => Promise<void>): Promise<void> {
    const lent: { end?: LegEnd } = (this.#lent = {})
    try {
      await call(replacementOf(this.#dialog.session))
    } catch (error) {
      if (lent.end) this.#finish(lent.end)
      throw error
    } finally {
      this.#lent = null
    }
  }

  /** The far side is sent to this user's own address: every device of it rings, but for this one. */
  async move(signal: AbortSignal): Promise<void> {
    this.#lines()
    this.#moving = true
    try {
      await this.#refer(this.#options.ownUri, signal, 'moved')
    } catch (cause) {
      // No matter what the answer is, and it may be that of this very device.
      if (!(cause instanceof SignalingError) || cause.kind !== 'refused') throw cause
      const details = { status: 404, resource: 'REFER', cause }
      throw new SignalingError('refused', 'No other device took the call', details)
    } finally {
      this.#moving = false
    }
    this.#terminate('moved')
  }

  #wire(dialog: SipDialog): void {
    this.#wiring.abort()
    this.#wiring = new AbortController()
    const { signal } = this.#wiring
    const { events } = dialog
    events.on('progress', ({ status, sdp }) => this.#progress(status, sdp), { signal })
    events.on('confirmed', () => this.#establish(), { signal })
    events.on('offering', ({ sdp }) => this.#picture.meet(sdp), { signal })
    events.on('offered', ({ sdp }) => this.#offered(sdp), { signal })
    events.on('track', (track) => track.kind === 'audio' && this.#incoming.add(track), { signal })
    events.on('identified', (party) => this.#identify(party), { signal })
    events.on('renewed', () => this.#renewed(), { signal })
    events.on('link', (link) => this.#events.emit('link', link), { signal })
    events.on('refer', (event) => this.#succession.referred(event, dialog, this.mediaType), { signal })
    events.on('replaces', (event) => this.#succession.replaced(event, dialog, this.mediaType), { signal })
    events.on('ended', (end) => this.#dialogEnded(end), { signal })
    // Who comes in its place has told nothing.
    this.#announced = this.#announcing = null
    hearKeyFrameRequests(dialog)
    hearHandOver(dialog.session, (token) => {
      if (this.#dialog === dialog) this.#announced = token
    })
  }

  #dialogEnded({ redial, mayTryNext, ...end }: DialogEvents['ended']): void {
    const { media } = this.#dialog
    const [elsewhere] = redial?.to ?? []
    const next = this.#nextOf(redial, mayTryNext ?? false)
    if (this.#lent) this.#lent.end = end
    else if (next && media && this.#redial && this.#redirections++ < redirectionLimit) {
      this.#dialog = new SipDialog(this.#redial(next), this.#options)
      this.#wire(this.#dialog)
      this.#dialog.start(media)
    } else if (elsewhere !== undefined) this.#finish(movedTo(elsewhere))
    else if (this.#handingOver?.taken && end.reason === 'remote-hangup') this.#finish({ reason: this.#handingOver.as })
    else if (!this.#succession.postpone(end)) this.#finish(end)
  }

  /** How the call is made again: to where it is sent, or to the next of where it was sent before (RFC 3261, 8.1.3.4). */
  #nextOf(redial: DialogEvents['ended']['redial'], mayTryNext: boolean): Redial | null {
    const known = new Set(this.#targets)
    for (const target of redial?.to ?? []) {
      if (known.has(target) || leadsAway(target, this.#options.ownUri)) continue
      known.add(target)
      this.#targets.push(target)
      this.#alternatives.push(target)
    }
    if (redial && !redial.to) return redial
    if (!redial && !mayTryNext) return null
    const [next, ...others] = this.#alternatives
    this.#alternatives = others
    return next === undefined || this.#endReason ? null : { to: [next] }
  }

  #progress(status: number, sdp: boolean): void {
    if (sdp) this.#incoming.show(this.#dialog.lines?.remotePicture ?? null)
    const told = underway[status]
    if (told) this.#events.emit('progress', told)
    this.#early.progress(status, sdp)
  }

  /** The connection is another one now. */
  #renewed(): void {
    const { connection, lines } = this.#dialog
    if (!connection) return
    this.#incoming.renew(connection)
    this.#incoming.show(lines?.remotePicture ?? null)
  }

  #identify(party: Party): void {
    const { remote } = this
    // The same address keeps the name that was told before.
    const isSame = party.address === remote.address
    const now =
      isSame && remote.displayName && !party.displayName ? { ...party, displayName: remote.displayName } : party
    const isKnown =
      isSame &&
      now.displayName === remote.displayName &&
      now.vouchedBy === remote.vouchedBy &&
      now.withheld === remote.withheld &&
      now.verified === remote.verified
    if (isKnown) return
    this.remote = now
    this.#events.emit('identified', now)
  }

  #establish(): void {
    this.#early.close()
    this.#agree()
    this.#events.emit('established', { mediaType: this.mediaType })
  }

  /** Takes over what was agreed on. */
  #agree(): void {
    const { lines } = this.#dialog
    if (!lines) return
    if (!lines.held || !this.#remoteHeld) this.mediaType = lines.mediaType
    this.#picture.theirs = lines.current('video').receives
    if (this.#dialog.telephoneEvents) delete this.sendDigits
    else this.sendDigits = (digits) => sendInfoDigits(this.#dialog.session, digits)
    this.#incoming.show(this.#dialog.lines?.remotePicture ?? null)
  }

  #settle(): void {
    this.#agree()
    this.#events.emit('changed', { mediaType: this.mediaType })
  }

  /** The far side made an offer, and it was answered. */
  #offered(sdp: string): void {
    const { lines } = this.#dialog
    if (!lines || !this.#dialog.established) return
    const hold = isHold(sdp)
    // A hold is no answer to a request of ours; what is offered while it lasts may be.
    if (!hold || (this.#remoteHeld && this.#picture.waiting)) this.#pictureOffered(sdp)
    this.#incoming.show(this.#dialog.lines?.remotePicture ?? null)
    if (hold === this.#remoteHeld) return
    this.#remoteHeld = hold
    this.#events.emit(hold ? 'held' : 'resumed', undefined)
  }

  #pictureOffered(sdp: string): void {
    const lines = this.#lines()
    const outcome = this.#picture.offered(sdp, lines.current('video').sends, lines.held)
    if (outcome === 'asked-video') this.#events.emit('change-requested', { mediaType: 'video' })
    if (outcome === 'asked-audio') {
      lines.want('video', 'inactive')
      this.#events.emit('change-requested', { mediaType: 'audio' })
    }
    if (outcome === 'withdrawn') {
      // The question was whether to go on without a picture, and theirs is there again.
      const back = this.#picture.theirs
      lines.want('video', back ? 'recvonly' : 'inactive')
      this.#events.emit('change-withdrawn', undefined)
    }
    if (outcome === 'changed') {
      if (directionOf(sdp, 'video') === null) lines.want('video', 'inactive')
      this.#settle()
    }
  }

  async #setHeld(held: boolean): Promise<void> {
    const lines = this.#lines()
    if (lines.held === held) return
    // It is silent here at once, and the far side is told as soon as it can be.
    await lines.setHeld(held)
    try {
      await this.#options.outbox.deliver(() => this.#dialog.offer())
    } catch (error) {
      await lines.setHeld(!held)
      throw error
    }
    this.#agree()
  }

  #succeed(dialog: SipDialog, remote: Party): void {
    const { session: before } = this.#dialog
    const { mediaType } = this
    this.#dialog = dialog
    this.#wire(dialog)
    if (!before.isEnded()) before.terminate()
    this.#incoming.clear()
    for (const { track } of dialog.connection?.getReceivers() ?? [])
      if (track.kind === 'audio') this.#incoming.add(track)
    const isSame = remote.address === this.remote.address
    const wasHeld = this.#remoteHeld
    this.remote = remote
    this.#remoteHeld = isHold(dialog.connection?.remoteDescription?.sdp ?? '')
    this.#agree()
    // The same user at another device is nobody else. Nothing is known of somebody else, but that they hold.
    if (!isSame) this.#events.emit('replaced', remote)
    if (this.#remoteHeld !== (isSame && wasHeld)) this.#events.emit(this.#remoteHeld ? 'held' : 'resumed', undefined)
    if (this.mediaType !== mediaType) this.#events.emit('changed', { mediaType: this.mediaType })
  }

  #lines(): NonNullable<SipDialog['lines']> {
    this.#assertLive()
    const { lines } = this.#dialog
    if (!lines) throw new SignalingError('refused', 'The call has not been answered')
    return lines
  }

  #assertLive(): void {
    if (this.#ended) throw new SignalingError('refused', 'The call has ended')
  }

  /** Ends the session. The library tells of it at once; the far side hears of it when it can be reached. */
  #terminate(reason: EndReason, farewell = farewells[reason]): void {
    if (this.#ended) return
    this.#endReason = reason
    const { session } = this.#dialog
    this.#succession.close()
    if (!session.isEnded()) session.terminate(farewell)
    this.#finish({ reason })
  }

  #finish(end: LegEnd): void {
    if (this.#ended) return
    this.#ended = true
    this.#life.abort()
    this.#wiring.abort()
    this.#early.close()
    this.#picture.close()
    this.#incoming.clear()
    const told = this.#endReason ? { ...end, reason: this.#endReason } : end
    this.#onEnded(told)
    this.#events.emit('ended', told)
  }
}
