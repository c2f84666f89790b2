import { SnapshotStore } from '../../src/base/snapshot-store.ts'
import { PhoneError } from '../../src/phone/phone-error.ts'
import { plainName } from '../../src/base/plain-name.ts'
import { Phone } from '../../src/phone/phone.ts'
import { askCredentials } from '../base/check-later.ts'
import { warnAuthor } from '../base/author-warnings.ts'
import type { Account } from '../att-phone/sign-in.ts'
import type { MediaType } from '../../src/phone/snapshot.ts'
import { askGuestToken, GuestRefusal, guestTokenUrl } from './guest-token.ts'

/** Whom the visitor calls, as whom, and where. */
export interface VisitorAccount extends Omit<Account, 'e911Id' | 'signaling'> {
  /** Asks for a guest's token: at the gateway where it is empty, else at this address. `null`: `credentials` has one. */
  readonly guest: string | null
  readonly to: string
  readonly mediaType: MediaType
}

/** How far the call is that the phone itself does not tell of. */
export interface VisitorState {
  /** From the press until the call is made. */
  readonly beginning: boolean
  /** Why there is no token; what else goes wrong is in the phone's snapshot. */
  readonly refusal: GuestRefusal['reason'] | null
}

/**
 * A phone for one call: signs in, dials, and signs out as soon as the call is over. Nothing of it is there before a
 * visitor wants to call.
 */
export class VisitorCall extends SnapshotStore<VisitorState> {
  readonly phone = new Phone()
  #attempt: AbortController | null = null
  #running: Promise<void> = Promise.resolve()

  constructor() {
    super({ beginning: false, refusal: null })
  }

  /** Calls. What goes wrong is in this snapshot or the phone's, for the panel to show; a second press does nothing. */
  begin(account: VisitorAccount): Promise<void> {
    if (this.snapshot.beginning || this.phone.snapshot.calls.length > 0) return this.#running
    this.update({ beginning: true, refusal: null })
    return (this.#running = this.#run(account, this.#running))
  }

  /** Ends the call, if any, and the phone with it. */
  async end(): Promise<void> {
    this.#attempt?.abort()
    if (this.phone.snapshot.calls.length > 0) await this.#signOut()
    // What fails here fails with nobody left to tell.
    await this.phone.dispose().catch(() => {})
  }

  /** Calls `then` when no call is left. */
  whenOver(then: () => void): void {
    void Promise.all([this.#running, this.#over()]).then(then)
  }

  /** `before`: the call before this one may still be signing out. */
  async #run(account: VisitorAccount, before: Promise<void>): Promise<void> {
    await before
    const { signal } = (this.#attempt = new AbortController())
    try {
      await this.#dial(account, signal)
    } catch (error) {
      if (error instanceof GuestRefusal) {
        if (error.reason === 'refused') warnAuthor('no-guests', error.message)
        this.update({ refusal: error.reason })
      }
      // What the phone refused it tells itself; what is left is the page's own callback.
      else if (!signal.aborted && !(error instanceof PhoneError)) this.update({ refusal: 'refused' })
    }
    this.update({ beginning: false })
    await this.#over()
    if (!signal.aborted) await this.#signOut()
  }

  async #dial(account: VisitorAccount, signal: AbortSignal): Promise<void> {
    const { phone } = this
    const { server, credentials, guest, to, mediaType } = account
    // A SIP registration that is renewed may need a secret that is still good then.
    const sip = credentials && { credentials: async () => credentials() }
    // Another token of a guest would be that of another guest.
    phone.configure({ server, sip, credentials: guest === null ? credentials : null, tones: true })
    const visitor = guest === null ? null : await askGuestToken(guestTokenUrl(guest, server), signal)
    const { token, password } = visitor ?? (credentials && (await askCredentials(credentials))) ?? {}
    const userId = visitor?.userId ?? account.userId
    signal.throwIfAborted()
    const displayName = plainName(account.displayName)
    await phone.login({
      ...(userId && { userId }),
      ...(displayName && { displayName }),
      ...(token && { token }),
      ...(password && { password }),
    })
    signal.throwIfAborted()
    await phone.dial({ destination: to, mediaType })
  }

  /** Resolves when no call is left. */
  #over(): Promise<void> {
    if (this.phone.snapshot.calls.length === 0) return Promise.resolve()
    const watch = new AbortController()
    return new Promise((resolve) => {
      const listener = ({ calls }: Phone['snapshot']): void => {
        if (calls.length > 0) return
        watch.abort()
        resolve()
      }
      this.phone.subscribe(listener, { signal: watch.signal })
    })
  }

  async #signOut(): Promise<void> {
    const { state } = this.phone.snapshot.session
    // What fails here fails with nobody left to tell.
    if (state === 'ready' || state === 'recovering') await this.phone.logout().catch(() => {})
  }
}
