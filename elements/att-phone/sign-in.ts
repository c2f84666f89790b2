import type { ReactiveController, ReactiveControllerHost } from 'lit'
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
  readonly credentials: (() => Credentials | Promise<Credentials>) | null
  /** The page's own network, in place of `server`. */
  readonly signaling: NonNullable<PhoneOptions['signaling']> | null
}

/** Pauses between attempts to sign in anew, in ms, a quarter of each left to chance. */
const pauses = [200, 1000, 2000, 5000, 10_000, 30_000, 60_000] as const

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
  #running = false
  #watch: AbortController | null = null
  #expiry: AbortController | null = null

  /** `left` is called when the tag is gone for good and its phone is signed out. */
  constructor(
    host: ReactiveControllerHost,
    private readonly left: (phone: Phone) => void,
  ) {
    host.addController(this)
  }

  /** Whether a sign-in could work: local phones need nothing, all others need `credentials`. */
  static isPossible({ server, credentials, signaling }: Account): boolean {
    return !server || credentials !== null || signaling !== null
  }

  hostConnected(): void {
    this.#present = true
    this.#watch?.abort()
    this.#watch = null
  }

  hostDisconnected(): void {
    this.#present = false
    // A page builder takes a tag out and puts it back in one go.
    setTimeout(() => !this.#present && this.#leave())
  }

  /** Makes the phone be signed in with `account`; does nothing if it is. What goes wrong is in the snapshot. */
  async ensure(phone: Phone, account: Account): Promise<void> {
    this.#watch?.abort()
    this.#phone = phone
    this.#account = account
    if (this.#running || !SignIn.isPossible(account)) return
    const { session, calls } = phone.snapshot
    // An account that was tried is not tried again by itself: what it was refused for is still so.
    if (this.#used === textOf(account)) return
    const idle = session.state === 'signed-out'
    if (!idle && (this.#used === null || calls.length > 0)) return
    this.#stayIn(phone)
    await this.start(phone, account).catch(() => {})
  }

  /** Signs in now. Rejects when that fails; the snapshot has it, too, for the tag to show. */
  async start(phone: Phone, account: Account): Promise<void> {
    if (this.#running) return
    this.#running = true
    this.#used = textOf(account)
    try {
      if (phone.snapshot.session.state === 'ready') await phone.logout()
      const { server, signaling, credentials } = account
      // A SIP registration that is renewed may need a secret that is still good then.
      const sip = credentials && { credentials: async () => credentials() }
      phone.configure({ server, signaling, sip, credentials, tones: true })
      const { token, password } = (await credentials?.()) ?? {}
      const { userId, e911Id } = account
      await phone.login({
        ...(userId && { userId }),
        ...(e911Id && { e911Id }),
        ...(token && { token }),
        ...(password && { password }),
      })
    } finally {
      this.#running = false
    }
    // The page may have changed its mind meanwhile.
    const wanted = this.#account
    if (this.#present && wanted && wanted !== account && this.#phone === phone) await this.ensure(phone, wanted)
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

  /** Signs out when no call is left, until `ensure` is called again: the tag is to do nothing for a while. */
  rest(): void {
    if (this.#used !== null) this.#leave()
  }

  #leave(): void {
    const phone = this.#phone
    if (!phone) return
    this.#watch?.abort()
    this.#watch = new AbortController()
    const { signal } = this.#watch
    const leaveIfIdle = (): void => {
      if (phone.snapshot.calls.length > 0 || signal.aborted) return
      this.#watch?.abort()
      void this.#signOut(phone)
    }
    phone.subscribe(leaveIfIdle, { signal })
    leaveIfIdle()
  }

  async #signOut(phone: Phone): Promise<void> {
    const mine = this.#used !== null
    this.#used = this.#phone = null
    this.#expiry?.abort()
    // What fails here fails with nobody left to tell.
    if (mine && phone.snapshot.session.state !== 'signed-out') await phone.logout().catch(() => {})
    if (!this.#present) this.left(phone)
  }
}

/** `credentials` is left out: a page that makes the callback anew on each render has the same account still. */
function textOf({ server, userId, e911Id }: Account): string {
  return JSON.stringify([server, userId, e911Id])
}
