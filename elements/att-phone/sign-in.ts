import type { ReactiveController, ReactiveControllerHost } from 'lit'
import { askCredentials } from '../base/check-later.ts'
import { plainName } from '../../src/base/plain-name.ts'
import type { Phone } from '../../src/phone/phone.ts'
import type { PhoneOptions } from '../../src/phone/phone-options.ts'

/** What a page's `credentials` callback gives: a token for a gateway, a password for SIP. */
export interface Credentials {
  readonly token?: string
  readonly password?: string
}

/** Who signs in, where, and with what. */
export interface Account {
  readonly server: string | null
  readonly userId: string | null
  readonly e911Id: string | null
  /** How others see who signs in. */
  readonly displayName: string | null
  readonly credentials: (() => Credentials | Promise<Credentials>) | null
  /** The page's own network, in place of `server`. */
  readonly signaling: NonNullable<PhoneOptions['signaling']> | null
}

/** Pauses between attempts to sign in anew, in ms, a quarter of each left to chance. */
const pauses = [200, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const

/** Which account it is, as one comparable text. A page that makes its callbacks anew on each render has the same still. */
export function accountText({ server, userId, e911Id, displayName }: Account): string {
  return JSON.stringify([server, userId, e911Id, displayName])
}

/** Calls `then` when the phone is in no call, until `signal` aborts. */
export function whenIdle(phone: Phone, signal: AbortSignal, then: () => void): void {
  const once = new AbortController()
  const look = (): void => {
    if (phone.snapshot.calls.length > 0 || signal.aborted || once.signal.aborted) return
    once.abort()
    then()
  }
  phone.subscribe(look, { signal: AbortSignal.any([signal, once.signal]) })
  look()
}

/**
 * Signs a phone in for its tag: when the tag comes into the page, and anew when the account is another one, but never
 * under a call. A tag that has left the page for good signs out, once no call is left; one that was only moved does not.
 */
export class SignIn implements ReactiveController {
  #phone: Phone | null = null
  #account: Account | null = null
  /** The account this tag signed in with, as one comparable text; `null` while it has not. */
  #used: string | null = null
  #present = false
  #running: Promise<void> | null = null
  #watch: AbortController | null = null
  #expiry: AbortController | null = null

  constructor(host: ReactiveControllerHost) {
    host.addController(this)
  }

  /** Whether a sign-in could work: local phones need nothing, all others need `credentials`. */
  static isPossible({ server, credentials, signaling }: Account): boolean {
    return !server || credentials !== null || signaling !== null
  }

  /** Tells the phone what its tag says of the network, for the next user who signs in. */
  static configure(phone: Phone, { server, signaling, credentials }: Account): void {
    // A SIP registration that is renewed may need a secret that is still good then.
    const sip = credentials && { credentials: async () => credentials() }
    phone.configure({ server, signaling, sip, credentials, tones: true })
  }

  hostConnected(): void {
    this.#present = true
    this.#watch?.abort()
    this.#watch = null
  }

  hostDisconnected(): void {
    this.#present = false
  }

  /** Makes the phone be signed in with `account`; does nothing if it is. What goes wrong is in the snapshot. */
  async ensure(phone: Phone, account: Account): Promise<void> {
    this.#watch?.abort()
    this.#phone = phone
    this.#account = account
    if (this.#running || !SignIn.isPossible(account)) return
    const { session, calls } = phone.snapshot
    // An account that was tried is not tried again by itself: what it was refused for is still so.
    if (this.#used === accountText(account)) return
    const idle = session.state === 'signed-out'
    if (!idle && (this.#used === null || calls.length > 0)) return
    await this.start(phone, account).catch(() => {})
  }

  /** As `start`, and does nothing where the phone is signed in with `account` already. */
  async begin(phone: Phone, account: Account): Promise<void> {
    await this.#running?.catch(() => {})
    const { state } = phone.snapshot.session
    const signedIn = state === 'ready' || state === 'recovering'
    if (!signedIn || (this.#used !== null && this.#used !== accountText(account))) await this.start(phone, account)
  }

  /** Signs in now. Rejects when that fails; the snapshot has it, too, for the tag to show. */
  start(phone: Phone, account: Account): Promise<void> {
    this.#running ??= this.#start(phone, account).finally(() => {
      this.#running = null
      // The page may have changed its mind meanwhile.
      const wanted = this.#account
      if (this.#present && wanted && wanted !== account && this.#phone === phone) void this.ensure(phone, wanted)
    })
    return this.#running
  }

  /** Signs out now, and stays so until the account is another one or `start` is called. */
  async stop(phone: Phone): Promise<void> {
    this.#expiry?.abort()
    const { state } = phone.snapshot.session
    if (state !== 'signed-out' && state !== 'expired') await phone.logout()
  }

  /** Signs out when no call is left, and then calls `gone`; a tag that is back by then, or ensures, stays signed in. */
  leave(gone?: () => void): void {
    const phone = this.#phone
    if (!phone) return
    this.#watch?.abort()
    this.#watch = new AbortController()
    whenIdle(phone, this.#watch.signal, () => {
      const used = this.release()
      void this.#signOut(phone, used).then(() => !this.#present && gone?.())
    })
  }

  /** As `leave`, of the phone so far: the tag has another one now. */
  drop(gone: () => void): void {
    const phone = this.#phone
    const used = this.release()
    if (!phone) return
    whenIdle(phone, new AbortController().signal, () => void this.#signOut(phone, used).then(gone))
  }

  /** Leaves the phone as it is, to a tag that adopts it; returns the account that is signed in on it. */
  release(): string | null {
    const used = this.#used
    this.#used = this.#phone = null
    this.#watch?.abort()
    this.#expiry?.abort()
    return used
  }

  /** Goes on with a phone that another tag signed in. */
  adopt(phone: Phone, used: string | null): void {
    this.#phone = phone
    this.#used = used
    if (used !== null) this.#stayIn(phone)
  }

  async #start(phone: Phone, account: Account): Promise<void> {
    this.#phone = phone
    this.#account = account
    this.#used = accountText(account)
    if (!this.#expiry || this.#expiry.signal.aborted) this.#stayIn(phone)
    if (phone.snapshot.session.state === 'ready') await phone.logout()
    SignIn.configure(phone, account)
    const { userId, e911Id, credentials } = account
    const displayName = plainName(account.displayName)
    const { token, password } = (credentials && (await askCredentials(credentials))) ?? {}
    await phone.login({
      ...(userId && { userId }),
      ...(e911Id && { e911Id }),
      ...(displayName && { displayName }),
      ...(token && { token }),
      ...(password && { password }),
    })
  }

  /** Signs in anew when the network has ended the session: it may have been restarted. */
  #stayIn(phone: Phone): void {
    this.#expiry?.abort()
    const { signal } = (this.#expiry = new AbortController())
    phone.on('session:expired', () => void this.#again(phone, signal), { signal })
  }

  async #again(phone: Phone, signal: AbortSignal): Promise<void> {
    for (const pause of pauses) {
      await new Promise((resolve) => setTimeout(resolve, pause * (0.75 + Math.random() * 0.5)))
      const { state } = phone.snapshot.session
      if (signal.aborted || !this.#present || !this.#account || (state !== 'expired' && state !== 'signed-out')) return
      // A failure is in the snapshot; the next pause is over soon enough.
      await this.start(phone, this.#account).catch(() => {})
    }
  }

  async #signOut(phone: Phone, used: string | null): Promise<void> {
    // What fails here fails with nobody left to tell.
    if (used !== null && phone.snapshot.session.state !== 'signed-out') await phone.logout().catch(() => {})
  }
}
