import { logger } from '../base/log.ts'
import { LocalMedia } from '../media/local-media.ts'
import type { Identity } from '../signaling/signaling.ts'
import type { Call } from './call.ts'
import { readKept, type Kept, type KeptCall } from './kept-call.ts'
import type { Line } from './line.ts'

const log = logger('phone')

/** How long the page before may take to let go of its session, in ms. */
const release = 5000

/** How often it is written that the page is there, in ms: one that crashes has no time to. */
const rhythm = 10_000

/** Before the id of a session: a page may have several phones. */
const storageKey = 'att-phone.calls.'

/**
 * Calls that outlive their page. They are written into the storage of the tab at each change, and once more as the page
 * goes. The next page takes them up as it signs in, under the same session. A lock says that the page before is gone: a
 * tab that is duplicated has its storage, too.
 */
export class KeptCalls {
  readonly #line: Line
  #kept: Kept | null = null
  #release: (() => void) | null = null
  #leaving = false
  /** As the page gave it at sign-in. */
  #userId = ''
  #state: string
  /** Where something is written. */
  #key: string | null = null
  #clock: ReturnType<typeof setTimeout> | undefined

  constructor(line: Line) {
    this.#line = line
    this.#state = line.store.snapshot.session.state
    line.store.subscribe(({ session }) => this.#follow(session.state), { signal: line.disposed })
    // Before that of the network, which ends what may not go on.
    globalThis.addEventListener?.('pagehide', () => this.#leave(), { signal: line.disposed })
    globalThis.addEventListener?.('pageshow', ({ persisted }) => this.#back(persisted), { signal: line.disposed })
    line.disposed.addEventListener('abort', () => clearTimeout(this.#clock), { once: true })
  }

  get #enabled(): boolean {
    const { options, session } = this.#line
    const wanted = options.resumeCalls ?? session.snapshot.network !== 'sip'
    return wanted && 'locks' in (globalThis.navigator ?? {})
  }

  /** What the page before left of this user, unless it is still there: the identity takes its session over. */
  async claim(identity: Identity): Promise<Identity> {
    this.#userId = identity.userId ?? ''
    const kept = this.#enabled ? take(this.#userId) : null
    if (!kept) return identity
    this.#kept = kept
    if (await this.#lock(kept.sessionId, AbortSignal.timeout(release)))
      return { ...identity, sessionId: kept.sessionId }
    this.#kept = null
    return identity
  }

  #follow(state: string): void {
    const before = this.#state
    this.#state = state
    if (state === 'ready' && before !== 'ready') this.#takeUp()
    if (state === 'signed-out' || state === 'expired') {
      // The session is nobody's.
      this.#release?.()
      this.#release = this.#kept = null
    }
    this.#write(this.#enabled)
  }

  /** Signed in: the calls go on at once, before the far side asks for them. */
  #takeUp(): void {
    const { signaling, snapshot } = this.#line.session
    const kept = this.#release && this.#kept?.sessionId === snapshot.id ? this.#kept : null
    this.#kept = null
    if (!this.#enabled || !signaling.takeUp) return
    if (!this.#release && snapshot.id) void this.#lock(snapshot.id, this.#line.disposed)
    for (const call of kept?.calls ?? []) {
      // What goes wrong has been told by the call, where there is one.
      this.#resume(call).catch((error: unknown) => log.info('a call was not taken up', error))
    }
  }

  async #resume(kept: KeptCall): Promise<void> {
    const line = this.#line
    const { direction, remote, mediaType, foreground, muted, hold, connectedAt } = kept
    const local = new LocalMedia()
    local.setMuted(muted)
    const settings = { ...line.ice.settings, codecs: line.options.codecs }
    const leg = line.session.signaling.takeUp?.(kept.record, { mediaType, local, settings })
    if (!leg) return
    line.prepared = local
    const call = line.create({ direction, remote, mediaType }, (context) => ({
      ...context,
      // It is dialled as any other, and its leg is there already.
      signaling: {
        place: async (_to, _media, _signal, options) => {
          options?.onOffer?.()
          return leg
        },
      },
      publish: (name, payload) => {
        if (name === 'call:connected') call.set({ connectedAt })
        if (name !== 'dialing' && name !== 'call:connecting') context.publish(name, payload)
      },
    }))
    call.set({ muted, hold })
    if (foreground) line.calls.foreground = call
    log.info(`${call.snapshot.index} is taken up`)
    try {
      await call.place(line.elements, 'dial')
    } finally {
      // Without a microphone it is over here, and was never given its leg.
      if (!call.leg) await leg.end()
    }
  }

  /** Resolves whether the session is this page's own, until its end. */
  async #lock(sessionId: string, signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const hold = () =>
        new Promise<void>((release) => {
          this.#release = release
          resolve(true)
        })
      navigator.locks.request(`att-phone.session.${sessionId}`, { signal }, hold).catch((error: unknown) => {
        log.debug('another page has the session', error)
        resolve(false)
      })
    })
  }

  #leave(): void {
    this.#write(this.#enabled)
    // What ends here now is for the next page.
    this.#leaving = true
    this.#release?.()
    this.#release = null
  }

  /** A page that was only put away is as good as the next one, where no other has come before. */
  #back(persisted: boolean): void {
    this.#leaving = false
    const kept = persisted && this.#enabled ? take(this.#userId) : null
    this.#kept = kept
    if (kept) void this.#lock(kept.sessionId, AbortSignal.timeout(release)).then((own) => own || (this.#kept = null))
  }

  #forget(): void {
    if (this.#key) sessionStorage.removeItem(this.#key)
    this.#key = null
  }

  #write(enabled: boolean): void {
    const { session, calls } = this.#line
    const { id } = session.snapshot
    // What the page before left is still to be taken up.
    if (this.#leaving || this.#kept) return
    clearTimeout(this.#clock)
    try {
      const kept = calls.all.flatMap((call) => keptOf(call, enabled))
      if (id === null || kept.length === 0) return this.#forget()
      const all: Kept = { version: 1, userId: this.#userId, sessionId: id, at: Date.now(), calls: kept }
      this.#key = `${storageKey}${id}`
      sessionStorage.setItem(this.#key, JSON.stringify(all))
      this.#clock = setTimeout(() => this.#write(this.#enabled), rhythm)
    } catch (error) {
      // Storage that is full or forbidden: the call ends with its page.
      for (const { leg } of calls.all) leg?.keep?.(false)
      log.debug('a call could not be written down', error)
    }
  }
}

/** A call that can go on in another page; none of a conference, and none that still rings. */
function keptOf(call: Call, enabled: boolean): readonly KeptCall[] {
  const { callType, connectedAt, direction, remote, mediaType, muted, hold, foreground } = call.snapshot
  const mayGoOn = enabled && callType === 'call' && connectedAt !== null && !call.ended
  const record = call.leg?.keep?.(mayGoOn) ?? null
  if (!mayGoOn || record === null) return []
  return [{ record, direction, remote, mediaType, muted, hold, connectedAt, foreground }]
}

/** Takes what is written of a user; what cannot be read goes, too. */
function take(userId: string): Kept | null {
  let found: Kept | null = null
  try {
    for (const key of Object.keys(sessionStorage).filter((name) => name.startsWith(storageKey))) {
      const kept = readKept(sessionStorage.getItem(key) ?? '')
      // Another phone of the page takes the next.
      if (kept && (found || kept.userId !== userId)) continue
      sessionStorage.removeItem(key)
      found ??= kept
    }
  } catch (error) {
    // Storage may be forbidden to the page.
    log.debug('what was written of calls cannot be read', error)
  }
  return found
}
