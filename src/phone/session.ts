import { abortable } from '../base/abortable.ts'
import { logger } from '../base/log.ts'
import { loadSignaling } from '../signaling/registry.ts'
import { SignalingError, type Identity, type Leg, type SessionInfo, type Signaling } from '../signaling/signaling.ts'
import type { PhoneOptions } from './phone-options.ts'
import { refuse } from './refuse.ts'
import type { SessionSnapshot } from './snapshot.ts'

const log = logger('session')

/** A session is refreshed when this part of its life is over. */
const refreshAt = 0.8

/** Pauses between attempts to reach the network again, in ms; the last one goes on. A quarter of each is chance. */
const pauses = [0, 500, 1000, 2000, 4000, 8000, 15_000, 30_000] as const

/** `setTimeout` counts in 32 bits; a session that lives longer is refreshed at that time. */
const longestTimer = 2 ** 31 - 1

const nothing = { video: false, transfer: false, blindTransfer: false, move: false, conference: false, trickle: false }

export const signedOut: SessionSnapshot = Object.freeze({
  state: 'signed-out',
  userId: null,
  id: null,
  capabilities: Object.freeze(nothing),
  network: null,
})

export interface SessionListener {
  changed(session: SessionSnapshot): void
  /** Loads what calls need, beside the network: it is there before the first call can come. Gives who signs in. */
  prepare(identity: Identity): Promise<Identity>
  incoming(leg: Leg): void
  /** Told once per outage. */
  unreachable(sessionId: string): void
  /** The path to the network is back. */
  recovered(): void
  /** The network ended the session; the snapshot is still the one that ended. */
  expired(sessionId: string): void
}

/** Being signed in: the network of one user, its refreshing, and what is done when it cannot be reached. */
export class Session {
  readonly #listener: SessionListener
  #snapshot = signedOut
  #signaling: Signaling | null = null
  #live = new AbortController()
  #recovering: AbortController | null = null
  #refreshTimer: ReturnType<typeof setTimeout> | undefined

  constructor(listener: SessionListener) {
    this.#listener = listener
  }

  get snapshot(): SessionSnapshot {
    return this.#snapshot
  }

  /** Whether calls can be made: also while the path is being recovered, when an attempt says by itself that it fails. */
  get ready(): boolean {
    return this.#snapshot.state === 'ready' || this.#snapshot.state === 'recovering'
  }

  get signaling(): Signaling {
    if (!this.#signaling) throw new SignalingError('expired', 'Signed out')
    return this.#signaling
  }

  /** Signs in. A failure leaves it signed out. */
  async connect(identity: Identity, options: PhoneOptions): Promise<string> {
    const live = (this.#live = new AbortController())
    this.#set({ ...signedOut, state: 'signing-in', userId: identity.userId ?? null })
    try {
      const loading = options.signaling?.() ?? loadSignaling(options)
      const [signaling, prepared] = await Promise.all([loading, this.#listener.prepare(identity)])
      live.signal.throwIfAborted()
      this.#signaling = signaling
      this.#listen(signaling, live.signal)
      const known = await withTokens(prepared, options, live.signal)
      const over = new AbortController()
      // Loaded by the network anyway, which waits as long as the browser asks the person about the server.
      if (options.server)
        void import('../place/open-question.ts')
          .then((it) => it.watchQuestion(options, (asking) => this.#set({ ...this.#snapshot, asking }), over.signal))
          .catch(log.debug)
      const info = await signaling.connect(known, live.signal).finally(() => over.abort())
      live.signal.throwIfAborted()
      const { kind: network, capabilities } = signaling
      this.#set({ state: 'ready', userId: info.userId || null, id: info.id, capabilities, network })
      this.#keepAlive(info)
      log.info('signed in', network)
      return info.id
    } catch (error) {
      if (this.#live === live) await this.disconnect()
      throw error
    }
  }

  /** Signs out, or stops signing in. */
  async disconnect(): Promise<void> {
    this.#live.abort(new DOMException('Signed out', 'AbortError'))
    this.#recovering?.abort()
    const signaling = this.#signaling
    this.#signaling = null
    try {
      await signaling?.disconnect()
    } finally {
      if (!this.#signaling) this.#set(signedOut)
    }
  }

  /** Something failed, and it may be for a session that is over. */
  failed(cause: unknown): void {
    if (cause instanceof SignalingError && cause.kind === 'expired' && this.ready) void this.#expire()
  }

  /** The browser has a network again: no need to sit out a pause. */
  retry(): void {
    if (this.#snapshot.state === 'recovering') void this.#recover()
  }

  #listen(signaling: Signaling, signal: AbortSignal): void {
    signaling.on('incoming', (leg) => this.#listener.incoming(leg), { signal })
    signaling.on('capabilities', (capabilities) => this.#set({ ...this.#snapshot, capabilities }), { signal })
    signaling.on('expired', () => void this.#expire(), { signal })
    signaling.on(
      'link',
      (link) => {
        if (link.state === 'ok') this.#recovered()
        else if (this.#snapshot.state === 'ready') this.#lose()
      },
      { signal },
    )
  }

  #lose(): void {
    log.info('lost the network')
    this.#set({ ...this.#snapshot, state: 'recovering' })
    void this.#recover()
  }

  async #recover(): Promise<void> {
    this.#recovering?.abort()
    const recovering = (this.#recovering = new AbortController())
    const signal = AbortSignal.any([recovering.signal, this.#live.signal])
    for (let attempt = 0; !signal.aborted; attempt++) {
      await pause(pauses[Math.min(attempt, pauses.length - 1)] ?? 0, signal)
      if (signal.aborted) return
      try {
        const info = await this.signaling.resume(signal)
        if (signal.aborted) return
        this.#recovered()
        this.#keepAlive(info)
        return
      } catch (error) {
        if (signal.aborted) return
        if (error instanceof SignalingError && error.kind === 'expired') return void this.#expire()
        // The first attempt is what makes an interruption an outage.
        if (attempt === 0) this.#listener.unreachable(this.#snapshot.id ?? '')
        log.debug('cannot reach the network yet', error)
      }
    }
  }

  #recovered(): void {
    if (this.#snapshot.state !== 'recovering') return
    this.#recovering?.abort()
    this.#set({ ...this.#snapshot, state: 'ready' })
    this.#listener.recovered()
  }

  async #expire(): Promise<void> {
    const signaling = this.#signaling
    if (!signaling) return
    const { id } = this.#snapshot
    this.#live.abort(new DOMException('The session expired', 'AbortError'))
    this.#recovering?.abort()
    this.#signaling = null
    this.#listener.expired(id ?? '')
    this.#set({ ...signedOut, state: 'expired' })
    await signaling.disconnect()
  }

  #keepAlive({ expiresIn }: SessionInfo): void {
    if (expiresIn === undefined) return
    const { signal } = this.#live
    clearTimeout(this.#refreshTimer)
    const timer = setTimeout(() => void this.#refresh(), Math.min(expiresIn * refreshAt, longestTimer))
    this.#refreshTimer = timer
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  async #refresh(): Promise<void> {
    const { signal } = this.#live
    try {
      this.#keepAlive(await this.signaling.refresh(signal))
    } catch (error) {
      if (signal.aborted) return
      if (error instanceof SignalingError && error.kind === 'expired') return void this.#expire()
      // The recovery of the path, or the end of the session, follows from the event channel.
      log.warn('could not refresh the session', error)
      this.#keepAlive({ id: '', userId: '', expiresIn: 10_000 })
    }
  }

  #set(snapshot: SessionSnapshot): void {
    this.#snapshot = Object.freeze(snapshot)
    this.#listener.changed(this.#snapshot)
  }
}

/** Asks the page for the first token where it gave none, but a way to get one; and puts the way to the others beside it. */
async function withTokens(identity: Identity, { credentials }: PhoneOptions, signal: AbortSignal): Promise<Identity> {
  const { token, freshToken } = identity
  if (token || !freshToken) {
    return credentials ? { freshToken: async () => (await credentials()).token ?? '', ...identity } : identity
  }
  return { ...identity, token: (await abortable(freshToken(), signal)) || refuse('2002') }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(resolve, ms * (0.75 + Math.random() * 0.5))
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
