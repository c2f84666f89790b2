import type { ReferEvent, RTCSession } from 'jssip/lib/RTCSession.js'
import type { MediaType } from '../../media/media-type.ts'
import type { LegEnd, Party } from '../signaling.ts'
import { sessionOptions, type DialogOptions } from './dialog-options.ts'
import { acceptReferral, endOnce, type IncomingReferral } from './jssip-session.ts'
import { domainOf, needsConsent, targetOf } from './referral.ts'
import { SipDialog } from './sip-dialog.ts'
import type { TransferPolicy } from './sip-options.ts'
import { callerOf, partyOf } from './sip-party.ts'

export interface SuccessionOptions extends DialogOptions {
  readonly allowTransfers: TransferPolicy
  /** Header fields that show a request that begins a dialog its way. */
  readonly routes: () => readonly string[]
}

export interface SuccessionListeners {
  /** The far side wants this one to call `to`: `answer` has to say whether it may. */
  readonly onAsked: (to: Party) => void
  /** What was asked needs no answer any more. */
  readonly onWithdrawn: () => void
  /** `dialog` is up and takes over. */
  readonly onSucceeded: (dialog: SipDialog, remote: Party) => void
  /** Nothing took over, and the dialog before has ended meanwhile. */
  readonly onFailed: (end: LegEnd) => void
}

/**
 * A leg's change from one dialog to another: the far side sends us to somebody else (REFER), or somebody takes its place
 * (INVITE with Replaces). The call goes on as it is until the new dialog is up, and if it fails.
 */
export class Succession {
  readonly #options: SuccessionOptions
  readonly #listeners: SuccessionListeners
  #next: SipDialog | null = null
  #postponed: LegEnd | null = null
  #question: { readonly accept: () => void; readonly reject: () => void } | null = null

  constructor(options: SuccessionOptions, listeners: SuccessionListeners) {
    this.#options = options
    this.#listeners = listeners
  }

  /** The far side of `current` asks us to call somebody else instead. */
  referred(event: ReferEvent, current: SipDialog, mediaType: MediaType): void {
    const { media } = current
    const { allowTransfers: policy, ownUri } = this.#options
    if (!policy || !media || this.#next || this.#question) return event.reject()
    const begin = (session: RTCSession) => {
      const next = this.#await(session, partyOf(session.remote_identity))
      next.start({ ...media, mediaType })
      keepHeld(current, next)
    }
    const options = { ...sessionOptions(media.settings, this.#options), extraHeaders: [...this.#options.routes()] }
    const accept = () => acceptReferral(event, begin, options)
    const to = targetOf(event.request as unknown as IncomingReferral)
    if (!needsConsent(to, policy, domainOf(ownUri))) return accept()
    this.#question = { accept, reject: () => event.reject() }
    this.#listeners.onAsked(to)
  }

  /** Answers what `onAsked` told; `false` where nothing waits for an answer. */
  answer(accept: boolean): boolean {
    const question = this.#question
    this.#question = null
    if (accept) question?.accept()
    else question?.reject()
    return question !== null
  }

  /** Somebody else takes the place of the far side of `current`. */
  replaced(event: ReferEvent, current: SipDialog, mediaType: MediaType): void {
    const { media } = current
    if (!this.#options.allowTransfers || !media || this.#next) return event.reject()
    endOnce(current.session)
    const remote = callerOf(event.request, this.#options)
    acceptReferral(event, (session) => {
      const next = this.#await(session, remote)
      // The library still has to tell that it rings.
      queueMicrotask(() => {
        if (this.#next !== next) return
        next.answer({ ...media, mediaType })
        keepHeld(current, next)
      })
    })
  }

  /** Whether the end of the dialog before can wait for what becomes of the next. */
  postpone(end: LegEnd): boolean {
    if (this.#next) this.#postponed = end
    return this.#next !== null
  }

  close(): void {
    this.#question = null
    const next = this.#next
    this.#next = null
    if (next && !next.session.isEnded()) next.session.terminate()
  }

  #await(session: RTCSession, remote: Party): SipDialog {
    const next = new SipDialog(session, this.#options)
    this.#next = next
    const settled = (act: () => void) => {
      if (this.#next !== next) return
      this.#next = null
      act()
    }
    // Who comes now was not asked about.
    next.events.on('confirmed', () => {
      if (this.answer(false)) this.#listeners.onWithdrawn()
    })
    next.events.on('confirmed', () => settled(() => this.#listeners.onSucceeded(next, remote)))
    next.events.on('ended', () =>
      settled(() => {
        if (this.#postponed) this.#listeners.onFailed(this.#postponed)
      }),
    )
    return next
  }
}

/** A call that this side holds stays held, no matter who is at the far end. */
function keepHeld(before: SipDialog, next: SipDialog): void {
  if (before.lines?.held) void next.lines?.setHeld(true)
}
