import type { MediaStatistics } from '../media/statistics.ts'
import type { Call, MediaElements } from './call.ts'
import { leave } from './call-conditions.ts'
import type { RejectionOptions } from './call-operations.ts'
import type { AnswerOptions, DialOptions } from './calling.ts'
import { PhoneConference } from './phone-conference.ts'
import { refuse, requireHeaders, requireMedia, requireOptions, requirePlain } from './refuse.ts'
import type { TransferOptions } from './second-call.ts'
import type { MediaType } from './snapshot.ts'
import { prepareErrors } from './to-phone-error.ts'

/** Who signs in. */
export interface LoginOptions {
  /**
   * Access token. The gateway asks for one; the local network takes none. A function is asked for it now, and for another
   * one when that is needed, as `PhoneOptions.credentials`.
   */
  readonly token?: string | (() => string | Promise<string>) | null
  /** Password of a SIP account. */
  readonly password?: string | null
  readonly userId?: string | null
  readonly e911Id?: string | null
  readonly displayName?: string | null
}

/** What `associateAccessToken` takes. */
export interface AssociateOptions {
  readonly userId: string
  readonly token: string
  readonly success?: () => void
  readonly error?: (error: unknown) => void
}

/** One entry of `getCalls`. */
export interface CallInfo {
  readonly index: number
  readonly state: string
  readonly breed: 'call' | 'conference'
  readonly type: 'Outgoing' | 'Incoming'
  /** The other party; of a conference who hosts it, and absent where that is this user. */
  readonly peer?: string
  /** Addresses of those who take part in a conference, at its host. */
  readonly participants?: readonly string[]
}

/** What a page may ask for beside calls, loaded then. */
const ahead = () => import('./ahead-of-calls.ts')

/** Where the page's phone is kept: two copies of this code on one page share it. */
const pageKey = Symbol.for('att.phone')

/**
 * A phone: signs in, makes and takes calls, and tells of them by events and by one frozen snapshot.
 *
 * Every method that reaches the network returns a promise that settles when the network has confirmed; a refusal
 * rejects with the `PhoneError` that the `error` event carries too. A page may ignore the promise.
 */
export class Phone extends PhoneConference {
  readonly #inCall = () => this.line.inCall()

  /** The page's phone, the same for every copy of this code on the page. */
  static getPhone(): Phone {
    const page = globalThis as { [pageKey]?: Phone }
    return (page[pageKey] ??= new Phone())
  }

  /** Signs in. Fires session:ready. Refuses with 2001 to 2003. */
  login(options: LoginOptions): Promise<void> {
    return this.line.run('login', async () => {
      requireOptions(options, '2001')
      const { token, password, userId, e911Id, displayName } = options
      if (!token && /^https?:/i.test(this.line.options.server ?? '')) refuse('2002')
      if (this.snapshot.session.state !== 'signed-out' && this.snapshot.session.state !== 'expired') refuse('2003')
      requirePlain([userId, displayName, e911Id, token], '2004')
      requireHeaders(this.line.options.sip?.headers, '2004')
      const identity = {
        ...(typeof token === 'function' ? { freshToken: async () => token() } : { token: token ?? undefined }),
        password: password ?? undefined,
        userId: userId ?? undefined,
        e911Id: e911Id ?? undefined,
        displayName: displayName ?? undefined,
      }
      const sessionId = await this.line.session.connect(identity, this.line.options)
      this.line.publish('session:ready', { sessionId })
      prepareErrors((cause) => void this.line.report(cause, 'login'))
    })
  }

  /** Ends every call and signs out. Fires session:disconnected. Refuses with 2101. */
  logout(): Promise<void> {
    return this.line.run('logout', async () => {
      const { state } = this.snapshot.session
      if (state === 'signed-out' || state === 'expired') refuse('2101')
      await this.line.leaveAll()
      await this.line.session.disconnect()
      for (const call of this.line.calls.all) call.lose('Signed out')
      this.line.publish('session:disconnected', {})
    })
  }

  /** Links another emergency address to the session. Fires address-updated. Refuses with 2051 to 2053. */
  associateE911Id(options: { readonly e911Id: string }): Promise<void> {
    return this.line.load('associateE911Id', ahead, options)
  }

  /**
   * Ties a token to a user before login.
   *
   * @deprecated since 1.0.6 of the original SDK: login does it.
   */
  associateAccessToken(options: AssociateOptions): Promise<void> {
    const { userId, token, success, error } = options
    const done = this.line.load('associateAccessToken', ahead, userId, token)
    done.then(success, error).catch(() => {})
    return done
  }

  /** Sets the media elements of every call that brings none of its own. Refuses with 5101 to 5112. */
  setup(options: MediaElements): void {
    this.line.check('setup', () => {
      requireOptions(options, '5101')
      const localMedia = requireMedia(options.localMedia, '5111')
      const remoteMedia = requireMedia(options.remoteMedia, '5112')
      this.line.elements = { localMedia, remoteMedia }
    })
  }

  /** Opens microphone and camera ahead of the next call, which takes them over. Fires media:captured. Refuses with 5001 to 5012. */
  getUserMedia(options: MediaElements & { readonly mediaType: MediaType }): Promise<void> {
    return this.line.load('getUserMedia', ahead, options)
  }

  /** Dials the first call. Resolves when the network has taken it; call:connected tells of the answer. Refuses with 2201 to 2252. */
  dial(options: DialOptions): Promise<void> {
    return this.line.run('dial', () => this.line.calling.dial(options))
  }

  /** Holds the call one is in and dials a second one. Refuses with 3901 to 3961. */
  addCall(options: DialOptions): Promise<void> {
    return this.line.load('addCall', this.#inCall, options)
  }

  /** Answers the call that rings. Refuses with 2301 to 2341; a refused device leaves it ringing. */
  answer(options: AnswerOptions): Promise<void> {
    return this.line.run('answer', () => this.line.calling.answer(options))
  }

  /** Refuses the call that rings. Refuses with 3001, 3002. */
  reject(): Promise<void> {
    return this.line.run('reject', async () => {
      if (!this.line.session.ready) refuse('3001')
      await (this.line.calls.incoming('call') ?? refuse('3002')).reject()
    })
  }

  /** Takes back the call one is dialling. Refuses with 2901, 2902. */
  cancel(): Promise<void> {
    return this.line.run('cancel', async () => {
      if (!this.line.session.ready) refuse('2901')
      await (this.line.calls.outgoing ?? refuse('2902')).cancel()
    })
  }

  /** Ends the call in the foreground, or the one of `index`: one that waits, too. Refuses with 2401, 2402. */
  hangup({ index }: { readonly index?: number } = {}): Promise<void> {
    return this.line.run('hangup', () => {
      const front = this.line.active('2401', '2402')
      const named = this.line.calls.all.find(({ snapshot }) => snapshot.index === index)
      return leave(index === undefined ? front : (named ?? refuse('2402')))
    })
  }

  /** Holds the call in the foreground: neither side hears or sees the other. Refuses with 2501 to 2503. */
  hold(): Promise<void> {
    return this.line.load('hold', this.#inCall)
  }

  /** Takes the call in the foreground back from hold. Refuses with 2601 to 2603. */
  resume(): Promise<void> {
    return this.line.load('resume', this.#inCall)
  }

  /** Sends silence in place of the microphone. A muted call only gives a warning. Refuses with 2701, 2702. */
  mute(): Promise<void> {
    return this.line.run('mute', () => this.#setMuted(true, this.line.active('2701', '2702')))
  }

  /** Sends the microphone again. Refuses with 2801, 2802. */
  unmute(): Promise<void> {
    return this.line.run('unmute', () => this.#setMuted(false, this.line.active('2801', '2802')))
  }

  /** Stops or starts our own picture in a video call, without asking the other side. */
  setCamera(on: boolean): Promise<void> {
    return this.line.load('setCamera', this.#inCall, on)
  }

  /** Asks the other side for video. Refuses with 4601 to 4605; a refusal by the other side is a notification. */
  upgrade(): Promise<void> {
    return this.line.load('upgrade', this.#inCall)
  }

  /** Asks the other side to go on with sound alone. Refuses with 4501 to 4505. */
  downgrade(): Promise<void> {
    return this.line.load('downgrade', this.#inCall)
  }

  /** Agrees to what the other side asks for. Refuses with 4301 to 4304. */
  acceptModification(): Promise<void> {
    return this.line.load('acceptModification', this.#inCall)
  }

  /**
   * Refuses what the other side asks for: its picture comes, ours does not go; with `keepsMedia` the call stays as it is
   * on both sides. Who asked has it in `refused` of the call. Refuses with 4401 to 4404.
   */
  rejectModification(options?: RejectionOptions): Promise<void> {
    return this.line.load('rejectModification', this.#inCall, options)
  }

  /**
   * Lets the other side have this one call `transferTo` of its call: it takes the other side's place when it answers, and
   * the call stays as it was when it does not. Refuses with 4101, 4103.
   */
  acceptTransfer(): Promise<void> {
    return this.line.load('acceptTransfer', this.#inCall)
  }

  /** Calls nobody else: the call stays as it is. Refuses with 4101, 4103. */
  rejectTransfer(): Promise<void> {
    return this.line.load('rejectTransfer', this.#inCall)
  }

  /**
   * Joins the other parties of the two calls and leaves both; with `destination` sends the other party of the one call
   * there. Fires call:transferring, call:transferred. Refuses with 4101 to 4105; a failure leaves the calls as they were.
   */
  transfer(options?: TransferOptions): Promise<void> {
    return this.line.load('transfer', this.#inCall, options)
  }

  /**
   * Rings the user's other devices; the call goes on where it is answered, and here where it is not. Fires call:moved.
   * Refuses with 4001 to 4004.
   */
  move(): Promise<void> {
    return this.line.load('move', this.#inCall)
  }

  /** Brings the call in the background to the front. Refuses with 4201 to 4203. */
  switchCall(): Promise<void> {
    return this.line.load('switchCall', this.#inCall)
  }

  /**
   * Sends tones by the call, one after the other.
   *
   * @param options `input` is one or more of `0-9 A-D * #`; `gap` the silence between them in ms, at least 50, default 70.
   */
  sendDTMFTone(options: { readonly input: string; readonly gap?: number }): Promise<void> {
    return this.line.load('sendDTMFTone', this.#inCall, options)
  }

  /** The calls there are, as the seed lists them. */
  getCalls(): readonly CallInfo[] {
    return this.snapshot.calls.map(({ index, callType, progress, hold, direction, remote }) => ({
      index,
      state: progress === 'connected' && hold.local ? 'held' : progress,
      breed: callType,
      type: direction === 'outgoing' ? 'Outgoing' : 'Incoming',
      ...(this.line.conferences?.roster(index) ?? { peer: remote.address }),
    }))
  }

  /** Media type of the call in the foreground; `null` without one. */
  getMediaType(): MediaType | null {
    return this.line.calls.foreground?.snapshot.mediaType ?? null
  }

  /** @deprecated Look at `snapshot.calls`. */
  isCallInProgress(): boolean {
    return this.line.calls.all.length > 0
  }

  /** What flowed so far in a call, the foreground one by default; `null` before it has media. */
  async getStatistics(index?: number): Promise<MediaStatistics | null> {
    return (await this.line.inCall()).statistics(this.line, index)
  }

  /** Ends everything: calls, session, sounds, listeners. */
  async dispose(): Promise<void> {
    await this.line.dispose()
    const page = globalThis as { [pageKey]?: Phone | undefined }
    if (page[pageKey] === this) page[pageKey] = undefined
  }

  async #setMuted(muted: boolean, call: Call): Promise<void> {
    const changed = call.setMuted(muted)
    const inCall = this.line.inCall()
    ;(inCall instanceof Promise ? await inCall : inCall).tellMute(this.line, call, changed)
  }
}
