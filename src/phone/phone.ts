import type { ListenOptions } from '../base/emitter.ts'
import type { SnapshotListener } from '../base/snapshot-store.ts'
import { usualGap } from '../media/dtmf.ts'
import type { MediaStatistics } from '../media/statistics.ts'
import { version } from '../version.ts'
import type { Call } from './call.ts'
import { callEvent, partyOf } from './call-payload.ts'
import type { AnswerOptions, DialOptions } from './calling.ts'
import { sdkError } from './error-catalogue.ts'
import type { IceServerOption } from './ice-settings.ts'
import { isOpen, isSteady, leave, Line } from './line.ts'
import { getCallerInfo, type CallerInfo } from './numbers/caller-info.ts'
import { cleanPhoneNumber } from './numbers/clean-phone-number.ts'
import { formatNumber } from './numbers/format-number.ts'
import { phoneEventNames, type PhoneEvents } from './phone-events.ts'
import type { PhoneOptions } from './phone-options.ts'
import { refuse, requireOptions } from './refuse.ts'
import type { MediaType, PhoneSnapshot } from './snapshot.ts'

/** Who signs in. */
export interface LoginOptions {
  /** Access token. The gateway asks for one; the local network takes none. */
  readonly token?: string | null
  /** Password of a SIP account. */
  readonly password?: string | null
  readonly userId?: string | null
  readonly e911Id?: string | null
  readonly displayName?: string | null
}

/** One entry of `getCalls`. */
export interface CallInfo {
  readonly index: number
  readonly state: string
  readonly breed: 'call'
  readonly type: 'Outgoing' | 'Incoming'
  readonly peer: string
}

/** Where the page's phone is kept: two copies of this code on one page share it. */
const pageKey = Symbol.for('att.phone')

/**
 * A phone: signs in, makes and takes calls, and tells of them by events and by one frozen snapshot.
 *
 * Every method that reaches the network returns a promise that settles when the network has confirmed; a refusal
 * rejects with the `PhoneError` that the `error` event carries too. A page may ignore the promise.
 */
export class Phone {
  readonly version = version
  readonly #line = new Line()

  constructor(options: PhoneOptions = {}) {
    this.configure(options)
  }

  /** The page's phone, the same for every copy of this code on the page. */
  static getPhone(): Phone {
    const page = globalThis as { [pageKey]?: Phone }
    return (page[pageKey] ??= new Phone())
  }

  /** Everything a page may show of the phone. Frozen; a change is a new one. */
  get snapshot(): PhoneSnapshot {
    return this.#line.store.snapshot
  }

  /** Calls `listener` after each change of the snapshot, until `signal` aborts. */
  subscribe(listener: SnapshotListener<PhoneSnapshot>, options?: ListenOptions): void {
    this.#line.store.subscribe(listener, options)
  }

  /**
   * Calls `handler` at each event of that name, until `off` or `signal`.
   *
   * @throws {PhoneError} 4901 without name or handler, 4902 for a name that is no event.
   */
  on<Name extends keyof PhoneEvents>(name: Name, handler: (event: PhoneEvents[Name]) => void, options?: ListenOptions): void {
    this.#line.check('on', () => {
      if (typeof name !== 'string' || typeof handler !== 'function') refuse('4901', 'on')
      if (!phoneEventNames.includes(name)) refuse('4902', 'on')
    })
    this.#line.events.on(name, handler, options)
  }

  /** Ends what `on` began; without `handler` for all handlers of that name. */
  off<Name extends keyof PhoneEvents>(name: Name, handler?: (event: PhoneEvents[Name]) => void): void {
    this.#line.events.off(name, handler)
  }

  /** Sets options; those left out stay as they are. */
  configure(options: PhoneOptions): void {
    this.#line.options = Object.freeze({ ...this.#line.options, ...options })
  }

  /** Signs in. Fires session:ready. Refuses with 2001 to 2003. */
  login(options: LoginOptions): Promise<void> {
    return this.#line.run('login', async () => {
      requireOptions(options, '2001', 'login')
      const { token, password, userId, e911Id, displayName } = options
      if (!token && /^https?:/i.test(this.#line.options.server ?? '')) refuse('2002', 'login')
      if (this.snapshot.session.state !== 'signed-out' && this.snapshot.session.state !== 'expired') refuse('2003', 'login')
      const identity = {
        token: token ?? undefined,
        password: password ?? undefined,
        userId: userId ?? undefined,
        e911Id: e911Id ?? undefined,
        displayName: displayName ?? undefined,
      }
      const sessionId = await this.#line.session.connect(identity, this.#line.options)
      this.#line.publish('session:ready', { sessionId })
    })
  }

  /** Ends every call and signs out. Fires session:disconnected. Refuses with 2101. */
  logout(): Promise<void> {
    return this.#line.run('logout', async () => {
      const { state } = this.snapshot.session
      if (state === 'signed-out' || state === 'expired') refuse('2101', 'logout')
      await this.#line.leaveAll()
      await this.#line.session.disconnect()
      for (const call of this.#line.calls.all) call.lose('Signed out')
      this.#line.publish('session:disconnected', {})
    })
  }

  /** Links another emergency address to the session. Fires address-updated. Refuses with 2051 to 2053. */
  associateE911Id(options: { readonly e911Id: string }): Promise<void> {
    return this.#line.run('associateE911Id', async () => {
      requireOptions(options, '2051', 'associateE911Id')
      if (!options.e911Id) refuse('2052', 'associateE911Id')
      if (!this.#line.session.ready) refuse('2053', 'associateE911Id')
      const { signaling } = this.#line.session
      await signaling.associateE911Id?.(options.e911Id, this.#line.disposed)
      this.#line.publish('address-updated', {})
    })
  }

  /** Dials the first call. Resolves when the network has taken it; call:connected tells of the answer. Refuses with 2201 to 2252. */
  dial(options: DialOptions): Promise<void> {
    return this.#line.run('dial', () => this.#line.calling.dial(options))
  }

  /** Holds the call one is in and dials a second one. Refuses with 3901 to 3961. */
  addCall(options: DialOptions): Promise<void> {
    return this.#line.run('addCall', () => this.#line.calling.addCall(options))
  }

  /** Answers the call that rings. Refuses with 2301 to 2341; a refused device leaves it ringing. */
  answer(options?: AnswerOptions): Promise<void> {
    return this.#line.run('answer', () => this.#line.calling.answer(options))
  }

  /** Refuses the call that rings. Refuses with 3001, 3002. */
  reject(): Promise<void> {
    return this.#line.run('reject', async () => {
      if (!this.#line.session.ready) refuse('3001', 'reject')
      await (this.#line.calls.incoming ?? refuse('3002', 'reject')).reject()
    })
  }

  /** Takes back the call one is dialling. Refuses with 2901, 2902. */
  cancel(): Promise<void> {
    return this.#line.run('cancel', async () => {
      if (!this.#line.session.ready) refuse('2901', 'cancel')
      await (this.#line.calls.outgoing ?? refuse('2902', 'cancel')).cancel()
    })
  }

  /** Ends the call in the foreground. Refuses with 2401, 2402. */
  hangup(): Promise<void> {
    return this.#line.run('hangup', () => leave(this.#line.active('hangup', '2401', '2402')))
  }

  /** Holds the call in the foreground: neither side hears or sees the other. Refuses with 2501 to 2503. */
  hold(): Promise<void> {
    return this.#line.run('hold', async () => {
      const call = this.#line.active('hold', '2501', '2502')
      if (!isOpen(call) || (call.snapshot.hold.local && call.snapshot.hold.explicit)) refuse('2503', 'hold')
      await call.hold(true)
    })
  }

  /** Takes the call in the foreground back from hold. Refuses with 2601 to 2603. */
  resume(): Promise<void> {
    return this.#line.run('resume', async () => {
      const call = this.#line.active('resume', '2601', '2602')
      if (!isOpen(call) || !call.snapshot.hold.local) refuse('2603', 'resume')
      await call.resume()
    })
  }

  /** Sends silence in place of the microphone. A muted call only gives a warning. Refuses with 2701, 2702. */
  mute(): Promise<void> {
    return this.#line.run('mute', async () => this.#setMuted(true, this.#line.active('mute', '2701', '2702')))
  }

  /** Sends the microphone again. Refuses with 2801, 2802. */
  unmute(): Promise<void> {
    return this.#line.run('unmute', async () => this.#setMuted(false, this.#line.active('unmute', '2801', '2802')))
  }

  /** Stops or starts our own picture in a video call, without asking the other side. */
  setCamera(on: boolean): Promise<void> {
    return this.#line.run('setCamera', async () => {
      const call = this.#line.active('setCamera', '4601', '4602')
      if (call.snapshot.mediaType !== 'video' || !isOpen(call)) refuse('4603', 'setCamera')
      await call.setCamera(on)
    })
  }

  /** Asks the other side for video. Refuses with 4601 to 4604; a refusal by the other side is a notification. */
  upgrade(): Promise<void> {
    return this.#line.run('upgrade', async () => {
      const call = this.#line.active('upgrade', '4601', '4602')
      if (!isSteady(call)) refuse('4603', 'upgrade')
      if (call.snapshot.mediaType === 'video') refuse('4604', 'upgrade')
      await call.modification.ask('video', 'upgrade')
    })
  }

  /** Asks the other side to go on with sound alone. Refuses with 4501 to 4504. */
  downgrade(): Promise<void> {
    return this.#line.run('downgrade', async () => {
      const call = this.#line.active('downgrade', '4501', '4502')
      if (!isSteady(call)) refuse('4503', 'downgrade')
      if (call.snapshot.mediaType === 'audio') refuse('4504', 'downgrade')
      await call.modification.ask('audio', 'downgrade')
    })
  }

  /** Agrees to what the other side asks for. Refuses with 4301 to 4304. */
  acceptModification(): Promise<void> {
    return this.#answerModification('acceptModification', '43', true)
  }

  /** Refuses what the other side asks for: its picture comes, ours does not go. Refuses with 4401 to 4404. */
  rejectModification(): Promise<void> {
    return this.#answerModification('rejectModification', '44', false)
  }

  /** Brings the call in the background to the front. Refuses with 4201 to 4203. */
  switchCall(): Promise<void> {
    return this.#line.run('switchCall', () => this.#line.calling.switchCall())
  }

  /**
   * Sends tones by the call, one after the other.
   *
   * @param options `input` is one or more of `0-9 A-D * #`; `gap` the silence between them in ms, at least 50, default 70.
   */
  sendDTMFTone(options: { readonly input: string; readonly gap?: number }): Promise<void> {
    return this.#line.run('sendDTMFTone', async () => {
      requireOptions(options, '4711', 'sendDTMFTone')
      const { input, gap = usualGap } = options
      if (typeof input !== 'string' || !/^[0-9a-d*#]+$/i.test(input)) refuse('4712', 'sendDTMFTone')
      const call = this.#line.active('sendDTMFTone', '4721', '4731')
      if (!isOpen(call) || call.snapshot.hold.local) refuse('4741', 'sendDTMFTone')
      await call.sendTones(input.toUpperCase(), Number.isFinite(gap) ? gap : usualGap, {
        sending: (tone) => {
          this.playTone(tone)
          this.#line.publish('dtmf:tone-sending', callEvent(call.snapshot))
        },
        sent: (tone) => this.#line.publish('dtmf:tone-sent', { ...callEvent(call.snapshot), tone }),
      })
    })
  }

  /** The sound of a key, to the user alone; silent unless the phone makes tones. */
  playTone(digit: string): void {
    if (this.#line.options.tones) this.#line.sounds.key(digit)
  }

  /** The calls there are, as the seed lists them. */
  getCalls(): readonly CallInfo[] {
    return this.snapshot.calls.map(({ index, progress, hold, direction, remote }) => ({
      index,
      state: progress === 'connected' && hold.local ? 'held' : progress,
      breed: 'call',
      type: direction === 'outgoing' ? 'Outgoing' : 'Incoming',
      peer: remote.address,
    }))
  }

  /** Media type of the call in the foreground; `null` without one. */
  getMediaType(): MediaType | null {
    return this.#line.calls.foreground?.snapshot.mediaType ?? null
  }

  /** @deprecated Look at `snapshot.calls`. */
  isCallInProgress(): boolean {
    return this.#line.calls.all.length > 0
  }

  getVersion(): string {
    return version
  }

  /** What flowed so far in a call, the foreground one by default; `null` before it has media. */
  async getStatistics(index?: number): Promise<MediaStatistics | null> {
    const call = index === undefined ? this.#line.calls.foreground : this.#line.calls.all.find((each) => each.snapshot.index === index)
    return (await call?.statistics()) ?? null
  }

  getIceServers(): readonly RTCIceServer[] {
    return this.#line.ice.settings.iceServers
  }

  /** Servers for the next peer connection, with `urls` or the original's `url`. Refuses with 4811. */
  setIceServers(iceServers: readonly IceServerOption[]): void {
    this.#line.check('setIceServers', () => this.#line.ice.setIceServers(iceServers))
  }

  resetIceServers(): void {
    this.#line.ice.reset('iceServers')
  }

  getIceTransport(): 'all' | 'none' | 'relay' {
    return this.#line.ice.settings.iceTransport
  }

  /** Which candidates the next peer connection may use. Refuses with 4821. */
  setIceTransport(iceTransport: 'all' | 'none' | 'relay'): void {
    this.#line.check('setIceTransport', () => this.#line.ice.setIceTransport(iceTransport))
  }

  resetIceTransport(): void {
    this.#line.ice.reset('iceTransport')
  }

  getIpv6(): boolean {
    return this.#line.ice.settings.ipv6
  }

  /** Whether the next peer connection may use IPv6. Refuses with 4831. */
  setIpv6(ipv6: boolean): void {
    this.#line.check('setIpv6', () => this.#line.ice.setIpv6(ipv6))
  }

  resetIpv6(): void {
    this.#line.ice.reset('ipv6')
  }

  /** The digits of a number, letters turned into keys; `false`, and error 3810, for what is none. */
  cleanPhoneNumber(number: string): string | false {
    const clean = cleanPhoneNumber(number)
    if (clean === false) this.#line.tell(sdkError('3810'), 'cleanPhoneNumber')
    return clean
  }

  /** A number as people write it; `false`, and error 3820, for nothing at all. */
  formatNumber(number: string): string | false {
    const text = formatNumber(number)
    if (text === false) this.#line.tell(sdkError('3820'), 'formatNumber')
    return text
  }

  /** The parts of an address as `event.from` has it. */
  getCallerInfo(callerUri: string): CallerInfo | null {
    return getCallerInfo(callerUri)
  }

  /** Starts sound that the browser had blocked; works within a gesture of the person. */
  async unlockOutput(): Promise<void> {
    await Promise.all([this.#line.output.unlock(), this.#line.sounds.unlock()])
  }

  /** Ends everything: calls, session, sounds, listeners. */
  async dispose(): Promise<void> {
    await this.#line.dispose()
    const page = globalThis as { [pageKey]?: Phone }
    if (page[pageKey] === this) delete page[pageKey]
  }

  #setMuted(muted: boolean, call: Call): void {
    if (call.setMuted(muted)) return
    const { index, mediaType, codecs } = call.snapshot
    this.#line.publish('warning', {
      message: muted ? 'The call is muted already' : 'The call is not muted',
      index,
      ...partyOf(call.snapshot),
      mediaType,
      codec: codecs,
      timestamp: new Date(),
    })
  }

  #answerModification(method: 'acceptModification' | 'rejectModification', prefix: string, accept: boolean): Promise<void> {
    return this.#line.run(method, async () => {
      const call = this.#line.active(method, `${prefix}01`, `${prefix}02`)
      if (!isOpen(call)) refuse(`${prefix}03`, method)
      if (!call.snapshot.asked) refuse(`${prefix}04`, method)
      await call.modification.answer(accept, method)
    })
  }
}
