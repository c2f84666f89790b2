import { Emitter } from '../base/emitter.ts'
import { logger } from '../base/log.ts'
import { SnapshotStore } from '../base/snapshot-store.ts'
import type { LocalMedia } from '../media/local-media.ts'
import { Output } from '../media/output.ts'
import { PlaceError } from '../place/cause.ts'
import type { Leg } from '../signaling/signaling.ts'
import { Call, type MediaElements } from './call.ts'
import type { CallContext } from './call-context.ts'
import { leave } from './call-conditions.ts'
import { CallList } from './call-list.ts'
import { Calling } from './calling.ts'
import type { Conferences } from './conference/conferences.ts'
import { DeviceAccess } from './device-access.ts'
import { IceSettings } from './ice-settings.ts'
import type * as InCall from './in-call.ts'
import type { CallInit } from './new-call.ts'
import { countryOf, requireDialPlan, type DialPlan } from './numbers/dial-plan.ts'
import { loadNumberFormat } from './numbers/load-number-format.ts'
import type { PhoneError } from './phone-error.ts'
import type { PhoneEvents } from './phone-events.ts'
import { defaultPhoneOptions, type PhoneOptions } from './phone-options.ts'
import { Refusal, refuse } from './refuse.ts'
import { Session, signedOut } from './session.ts'
import type { DevicesSnapshot, PhoneSnapshot, SessionSnapshot } from './snapshot.ts'
import type { Sounds } from './sounds.ts'
import { promptPhoneError, toPhoneError } from './to-phone-error.ts'

const log = logger('phone')

/** Whether an error tells that the network cannot be reached, or cannot help now. */
function isOutage({ ErrorCode: code, HttpStatusCode: status }: PhoneError): boolean {
  return code === '0002' || /^5\d\d$/.test(code) || /^5\d\d$/.test(status ?? '')
}

/** More calls than this at a time would be one too many to keep apart: a further one hears that the user is busy. */
const mostCalls = 2

/** A module of methods that a phone hands its calls to. */
type MethodsOf<Name extends string, Options extends readonly unknown[]> = Readonly<
  Record<Name, (line: Line, ...options: Options) => Promise<void>>
>

/**
 * What is behind the public face: the session, the calls and what they share, put together, and the way every event and
 * every error takes to the page.
 */
export class Line {
  readonly events = new Emitter<PhoneEvents>()
  readonly store = new SnapshotStore<PhoneSnapshot>({
    session: signedOut,
    online: globalThis.navigator?.onLine ?? true,
    calls: Object.freeze([]),
    lastCall: null,
    conference: null,
    devices: Object.freeze({ microphone: 'unknown', camera: 'unknown', output: 'ok' }),
    error: null,
  })
  readonly ice = new IceSettings()
  /** Loaded when the phone is told to make tones. */
  sounds: Sounds | null = null
  readonly output = new Output((blocked) => this.setBlocked('output', blocked))
  readonly calls = new CallList(() => this.store.update({ calls: this.calls.snapshots }))
  readonly session: Session
  readonly calling = new Calling(this)
  options: Required<PhoneOptions> = defaultPhoneOptions
  /** The elements that calls use which bring none of their own. */
  elements: MediaElements = {}
  /** Made with the first conference. */
  conferences: Conferences | null = null
  /** What getUserMedia opened: the next call takes it over. */
  prepared: LocalMedia | null = null
  readonly devices = new DeviceAccess(
    (change) => this.setDevices(change),
    async () => new (await import('./devices/device-settings.ts')).DeviceSettings(this),
    (error) => void this.report(error, 'getUserMedia'),
  )
  #inCall: typeof InCall | null = null
  readonly #blocked = new Set<'output' | 'sounds' | 'mix'>()
  readonly #told = new WeakSet<PhoneError>()
  readonly #disposed = new AbortController()

  constructor() {
    this.session = new Session({
      changed: (session) => this.#sessionChanged(session),
      prepare: async (identity) => (await this.inCall()).keepCalls(this, identity),
      incoming: (leg) => this.#incoming(leg),
      unreachable: (sessionId) => this.publish('gateway:unreachable', { sessionId, timestamp: new Date() }),
      recovered: () => this.calls.all.forEach((call) => call.recover()),
      expired: (sessionId) => {
        this.publish('session:expired', { sessionId, timestamp: new Date() })
        for (const call of this.calls.all) call.lose('The session expired')
      },
    })
    this.store.subscribe((snapshot) => this.sounds?.follow(snapshot), this.#disposed)
    this.#followConnectivity()
  }

  /** Aborts when the phone is disposed of. */
  get disposed(): AbortSignal {
    return this.#disposed.signal
  }

  publish<Name extends keyof PhoneEvents>(name: Name, payload: PhoneEvents[Name]): void {
    if (name === 'error') this.#failed(payload as PhoneError)
    this.events.emit(name, payload)
  }

  /**
   * Runs one method: what goes wrong is told by the `error` event, once, and rejects the promise. What the user
   * took back is no failure. A promise that nobody looks at stays quiet.
   */
  run(method: string, task: () => Promise<void>): Promise<void> {
    // A task may refuse before its first promise.
    const result = (async () => task())().catch(async (cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') return
      throw this.#tell(await toPhoneError(cause, method))
    })
    result.catch(() => {})
    return result
  }

  /** What can happen to calls that are up: there from sign-in on, loaded now where a page asks before. */
  inCall(): typeof InCall | Promise<typeof InCall> {
    return this.#inCall ?? import('./in-call.ts').then((module) => (this.#inCall = module))
  }

  /** As `run`, for a method of a module that is loaded first, unless it is there. */
  load<Name extends string, Options extends readonly unknown[]>(
    method: Name,
    module: () => MethodsOf<Name, Options> | Promise<MethodsOf<Name, Options>>,
    ...options: Options
  ): Promise<void> {
    return this.run(method, async () => {
      const loaded = module()
      const methods = loaded instanceof Promise ? await loaded : loaded
      await methods[method](this, ...options)
    })
  }

  /** As `run`, for what is done at once: throws what it tells. */
  check<T>(method: string, task: () => T): T {
    try {
      return task()
    } catch (cause) {
      throw this.#tell(promptPhoneError(cause, method))
    }
  }

  /** Tells the page of an error that stops nothing. */
  tell(code: string, method: string): void {
    this.#tell(promptPhoneError(new Refusal(code), method))
  }

  /** Tells the page why something is not as it was to be; nothing is stopped by it. */
  async report(cause: unknown, method: string): Promise<void> {
    this.#tell(await toPhoneError(cause, method))
  }

  /** The call in the foreground, or the error of the caller who needs one. */
  active(signedOutCode: string, noCallCode: string): Call {
    if (!this.session.ready) refuse(signedOutCode)
    const call = this.calls.foreground
    if (!call || call.ended) return refuse(noCallCode)
    return call
  }

  /** How numbers are read and written now. */
  get dialPlan(): DialPlan {
    const { dialPlan, server, signaling } = this.options
    if (dialPlan) return dialPlan
    const network = this.session.snapshot.network ?? (!signaling && /^wss?:/i.test(server ?? '') ? 'sip' : null)
    return network === 'sip' ? 'exchange' : 'north-american'
  }

  /** Reads a number that is to be dialled, with what its dial plan has to load. */
  readNumber<T>(read: () => T): T | Promise<T> {
    if (countryOf(this.dialPlan) === null) return read()
    return loadNumberFormat().then(read, (error: unknown) => {
      // As typed an exchange of that country takes it, too.
      log.warn('The rules of numbers could not be loaded: they are dialled as typed', error)
      return read()
    })
  }

  configure(options: PhoneOptions): void {
    requireDialPlan(options.dialPlan)
    this.options = Object.freeze({ ...this.options, ...options })
    if (this.options.tones) void this.#loadSounds()
    else {
      this.sounds?.close()
      this.sounds = null
    }
  }

  /** Ends every call, in the way that fits how far it has come. */
  async leaveAll(): Promise<void> {
    await Promise.all(this.calls.all.map((call) => leave(call).catch(() => {})))
  }

  async dispose(): Promise<void> {
    await this.leaveAll()
    await this.session.disconnect()
    for (const call of this.calls.all) call.lose('The phone was disposed of')
    this.#disposed.abort()
    this.prepared?.close()
    this.output.close()
    this.sounds?.close()
    this.events.clear()
  }

  #failed(error: PhoneError): void {
    this.#told.add(error)
    this.session.failed(error.cause)
    this.store.update({ error })
  }

  #tell(error: PhoneError): PhoneError {
    if (!this.#told.has(error)) this.publish('error', error)
    return error
  }

  /** Being ready again is the end of what kept it from that. */
  #sessionChanged(session: SessionSnapshot): void {
    const { error, session: before } = this.store.snapshot
    const isBack = session.state === 'ready' && before.state !== 'ready'
    const isOver = isBack && error !== null && (error.JSMethod === 'login' || isOutage(error))
    this.store.update({ session, ...(isOver && { error: null }) })
  }

  /** Whether there is no room for one more call. */
  get full(): boolean {
    return this.calling.count >= mostCalls
  }

  /** Whether a call rings here, or at the other side. */
  get #settingUp(): boolean {
    return this.calling.beginning || this.calls.all.some(({ snapshot }) => snapshot.connectedAt === null)
  }

  /** Makes a call, listed and not yet begun. `adapt` puts something of its own in place of what calls share. */
  create(init: Omit<CallInit, 'index'>, adapt = (context: CallContext): CallContext => context): Call {
    const { session, output, options } = this
    const { signaling } = session
    const inCall = this.#inCall
    if (!inCall) throw new Error('A call was made before sign-in was over')
    const context = adapt({
      signaling,
      inCall,
      settings: { ...this.ice.settings, codecs: options.codecs },
      devices: this.devices,
      output,
      ringTimeout: options.ringTimeout,
      allowHandOver: () => this.options.allowHandOver,
      publish: (name, payload) => this.publish(name, payload),
      report: (cause, method) => void this.report(cause, method),
      changed: () => this.store.update({ calls: this.calls.snapshots }),
      ended: () => this.#ended(call),
    })
    const local = this.prepared ?? undefined
    this.prepared = null
    const call = new Call(context, { ...init, index: this.calls.nextIndex(), local })
    this.calls.add(call)
    this.store.update({ error: null })
    return call
  }

  /** Tells everybody who calls that this user is busy, and the page who that was. */
  decline(leg: Leg): void {
    const { remote, mediaType } = leg
    const message = 'Somebody called while the line was busy'
    this.publish('notification', { message, from: remote.uri, mediaType, timestamp: new Date() })
    leg.reject('busy').catch(() => {})
  }

  #incoming(leg: Leg): void {
    const { remote, mediaType } = leg
    // Who hands a conference over needs no room.
    if (leg.conference) this.#invited(leg)
    else if (this.full || (!this.options.callWaiting && this.#settingUp)) this.decline(leg)
    else {
      const call = this.create({ direction: 'incoming', remote, mediaType, details: leg.details })
      call.alert(leg)
      this.#answerByItself(call, leg)
    }
  }

  /** An intercom: the page allows it, the caller asks for it, and nobody is talking. */
  #answerByItself(call: Call, { details }: Leg): void {
    const after = details?.answerAfter ?? null
    if (!this.options.autoAnswer || after === null || this.calling.count > 1) return
    const answer = () => {
      const alone = this.calls.all.length === 1 && call.snapshot.progress === 'ringing'
      if (alone) void this.run('answer', () => this.calling.take(call, this.elements, 'audio', 'hold'))
    }
    const timer = setTimeout(answer, after * 1000)
    call.gone.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  #invited(leg: Leg): void {
    import('./conference/conferencing.ts')
      .then(({ invited }) => invited(this, leg))
      // A phone that cannot load what it takes declines: the host learns of it at once.
      .catch(() => this.decline(leg))
  }

  #ended(call: Call): void {
    // What goes on as a part of a conference did not end for the person.
    if (call.snapshot.endedReason !== 'merged') this.store.update({ lastCall: call.snapshot })
    void this.run('resume', () => this.calling.ended(call))
  }

  async #loadSounds(): Promise<void> {
    // A phone that cannot fetch its sounds is silent, and works; the next configure tries again.
    const module = await import('./sounds.ts').catch(() => null)
    if (!module || this.sounds || !this.options.tones || this.disposed.aborted) return
    this.sounds = new module.Sounds((blocked) => this.setBlocked('sounds', blocked))
    this.devices.settings.tell((settings) => void settings.route().catch(() => {}))
    this.sounds.follow(this.store.snapshot)
  }

  /** Shows what became known of the devices. */
  setDevices(change: Partial<DevicesSnapshot>): void {
    this.store.update({ devices: Object.freeze({ ...this.store.snapshot.devices, ...change }) })
  }

  /** The browser keeps something from sounding until the person touches the page, or does no longer. */
  setBlocked(by: 'output' | 'sounds' | 'mix', blocked: boolean): void {
    const was = this.#blocked.size > 0
    if (blocked) this.#blocked.add(by)
    else this.#blocked.delete(by)
    const is = this.#blocked.size > 0
    this.setDevices({ output: is ? 'blocked' : 'ok' })
    if (is && !was) void this.report(new PlaceError('silent-page'), 'setup')
    else if (!is && this.store.snapshot.error?.code === '0037') this.store.update({ error: null })
  }

  #followConnectivity(): void {
    const { signal } = this.#disposed
    const follow = (online: boolean) => {
      this.store.update({ online })
      this.publish(online ? 'connectivity:on' : 'connectivity:off', {})
      if (!online) return
      this.session.retry()
      for (const call of this.calls.all) call.recover()
    }
    const network = (globalThis.navigator as { readonly connection?: EventTarget } | undefined)?.connection
    // From Wi-Fi to mobile no event says that it was offline.
    network?.addEventListener('change', () => this.calls.all.forEach((call) => call.recover()), { signal })
    globalThis.window?.addEventListener('online', () => follow(true), { signal })
    globalThis.window?.addEventListener('offline', () => follow(false), { signal })
  }
}
