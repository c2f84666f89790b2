import { sdkError } from '../phone/error-catalogue.ts'
import { PhoneError } from '../phone/phone-error.ts'
import type { CallEvent, PhoneEvents } from '../phone/phone-events.ts'
import { phoneEventNames } from '../phone/phone-events.ts'
import type { CallInfo, Phone } from '../phone/phone.ts'
import type { MediaType } from '../phone/snapshot.ts'
import { LegacyCall, wanting, type LegacyChange, type LegacyState } from './legacy-call.ts'
import { legacyError, type LegacyError } from './legacy-error.ts'
import { LegacyEvents } from './legacy-events.ts'

/** What a page did not ask to hear: `disconnecting` of calls it ends by another method, or also all that only rings. */
export type Hush = 'disconnecting' | 'ringing' | null

interface Switching {
  readonly from: LegacyCall
  readonly to: LegacyCall
  told: boolean
}

type Translation = (name: string, payload: CallEvent) => void

const endings: Readonly<Record<string, LegacyState>> = { 'call:canceled': 'canceled', 'call:rejected': 'rejected' }

/**
 * Tells of a phone as the original did: listens to the engine, and makes of its events those of the original, in their
 * order and with their payloads. What was told last is what `getCalls`, `isCallInProgress` and `getMediaType` say.
 */
export class LegacyStory {
  readonly events = new LegacyEvents()
  /** Set while a method runs whose events are told in fewer words. */
  hush: Hush = null
  readonly #phone: Phone
  readonly #calls: LegacyCall[] = []
  /** The call in front, among those that count. */
  #front: LegacyCall | null = null
  /** The same for a page that asks: as old as the event that is told. */
  #toldFront: LegacyCall | null = null
  readonly #listed = new Set<LegacyCall>()
  #switching: Switching | null = null
  readonly #errors = new WeakMap<PhoneError, LegacyError>()

  constructor(phone: Phone) {
    this.#phone = phone
    const translations: Readonly<Partial<Record<keyof PhoneEvents, Translation>>> = this.#translations()
    for (const name of phoneEventNames) {
      const translate = translations[name] ?? this.#pass
      phone.on(name, (payload: PhoneEvents[typeof name]) => translate(name, payload as unknown as CallEvent))
    }
  }

  /** The calls that count, by their ordinals. */
  get calls(): readonly CallInfo[] {
    const rosters = this.#phone.getCalls()
    return [...this.#listed]
      .sort((one, other) => one.index - other.index)
      .map(({ index, engineIndex, breed, type, peer, told }) => {
        const { participants = [] } = rosters.find((each) => each.index === engineIndex) ?? {}
        const who = breed === 'conference' ? { participants } : { peer: peer ?? '' }
        return { index, state: told?.state ?? '', breed, type, ...who }
      })
  }

  /** Media type of the call in front; `null` where none counts. */
  get mediaType(): MediaType | null {
    return this.#toldFront?.told?.mediaType ?? null
  }

  /** What was told last of the call in front. */
  get front(): LegacyCall | null {
    return this.#front
  }

  /** How many calls count. */
  get count(): number {
    return this.#up().length
  }

  /** The engine's ordinal of a call that the page names. */
  engineIndex(index: number): number {
    return this.#calls.find((call) => call.index === index)?.engineIndex ?? index
  }

  /** Tells that a method refuses. */
  refuse(code: string, method: string): void {
    this.events.tell('error', legacyError(new PhoneError(sdkError(code), method)))
  }

  /** Tells that nobody is signed in, and why. */
  signedOut(error: PhoneError): void {
    this.events.tell('session:disconnected', this.#legacyError(error))
  }

  /** The calls are about to change places: that is told once the one is held, before the other is resumed. */
  switching(): void {
    const from = this.#front
    const to = this.#up().find((call) => call !== from)
    this.#switching = from && to ? { from, to, told: false } : null
  }

  /** The page's own request for other media is over; where nothing was told of it, nothing changed but who sends. */
  settled(asked: MediaType, accepted: boolean): void {
    for (const call of this.#up().filter(({ asking }) => asking === asked)) this.#settle(call, accepted)
  }

  #translations(): Readonly<Partial<Record<keyof PhoneEvents, Translation>>> {
    const early: Translation = (name, payload) => this.#early(name, payload)
    const connecting: Translation = (name, payload) => this.#connecting(name, payload)
    const connected: Translation = (name, payload) => this.#connected(name, payload)
    const disconnecting: Translation = (name, payload) => this.#disconnecting(name, payload)
    const ended: Translation = (name, payload) => this.#ended(name, payload)
    const held: Translation = (_, payload) => this.#held(payload)
    const resumed: Translation = (_, payload) => this.#resumed(payload)
    const bare: Translation = (name) => this.events.tell(name)
    return {
      dialing: early,
      answering: early,
      'call:incoming': early,
      'conference:invitation-received': early,
      'conference:joining': early,
      'call:connecting': connecting,
      'conference:connecting': connecting,
      'call:connected': connected,
      'conference:connected': connected,
      'media:established': (name, payload) => this.#established(name, payload),
      'call:held': held,
      'conference:held': held,
      'call:resumed': resumed,
      'conference:resumed': resumed,
      'call:modification-in-progress': (_, payload) => this.#changing(payload),
      'call:media-modification': (name, payload) =>
        this.#askedFor(name, payload as PhoneEvents['call:media-modification']),
      'call:state-changed': (_, payload) => this.#changed(payload as PhoneEvents['call:state-changed']),
      'call:disconnecting': disconnecting,
      'conference:disconnecting': disconnecting,
      'call:disconnected': ended,
      'call:canceled': ended,
      'call:rejected': ended,
      'call:moved': ended,
      'conference:ended': ended,
      'conference:canceled': ended,
      'conference:invitation-rejected': ended,
      'session:call-switched': () => this.#switched(),
      'session:ready': (name, payload) => {
        const timestamp = new Date()
        this.events.tell(name, { ...payload, timestamp, timeStamp: timestamp })
      },
      'session:disconnected': bare,
      'address-updated': bare,
      notification: (name, payload) => this.#notified(name, payload),
      error: (_, payload) => this.#failed(payload as unknown as PhoneError),
    }
  }

  /** An event of which the original told no more than the engine does. */
  readonly #pass: Translation = (name, payload) => {
    const call = typeof payload.index === 'number' ? this.#find(payload.index) : undefined
    if (!call) return this.events.tell(name, payload)
    this.#update(call, payload)
    const isOfCall = name !== 'warning' && name !== 'notification'
    this.events.tell(name, { ...payload, ...this.#payload(call, isOfCall ? call.openChange : {}) })
  }

  #up(): readonly LegacyCall[] {
    return this.#calls.filter(({ isUp }) => isUp)
  }

  #find(engineIndex: number): LegacyCall | undefined {
    return this.#calls.find((call) => call.engineIndex === engineIndex)
  }

  /** The call that an event is about, as the event tells it. */
  #callOf(payload: CallEvent): LegacyCall {
    const call = this.#find(payload.index) ?? this.#begin(payload)
    this.#update(call, payload)
    return call
  }

  #begin({ index: engineIndex, callType, to, from, mediaType }: CallEvent): LegacyCall {
    const outgoing = this.#phone.snapshot.calls.find(({ index }) => index === engineIndex)?.direction !== 'incoming'
    const call = new LegacyCall({
      engineIndex,
      index: Math.max(0, ...this.#calls.map(({ index }) => index)) + 1,
      breed: callType,
      type: outgoing ? 'Outgoing' : 'Incoming',
      peer: (outgoing ? to : from) ?? null,
      mediaType,
    })
    this.#calls.push(call)
    return call
  }

  #update(call: LegacyCall, { codec, mediaType }: CallEvent): void {
    if (Array.isArray(codec)) call.codec = codec
    if (!call.asking && typeof mediaType === 'string') call.mediaType = mediaType
  }

  #payload(call: LegacyCall, change: Partial<LegacyChange> = call.openChange): object {
    const { index, breed, party, mediaType, codec } = call
    return { index, callType: breed, ...party, mediaType, codec, timestamp: new Date(), ...change }
  }

  /** Whether another call is in front of it. */
  #isBehind(call: LegacyCall): boolean {
    return this.#front !== null && this.#front !== call
  }

  /** Tells an event of a call. */
  #tell(name: string, call: LegacyCall, more: object = {}): void {
    this.events.tell(name, { ...this.#payload(call), ...more })
  }

  /** Tells that a call has come to another state. */
  #move(call: LegacyCall, newState: LegacyState, change?: Partial<LegacyChange>): void {
    const { state: oldState } = call
    const behind = this.#isBehind(call) && { background: true }
    call.state = newState
    if (newState === 'connected') this.#front ??= call
    const payload = { ...this.#payload(call, change), oldState, newState, ...behind }
    this.events.tell('call:state-changed', payload, this.#listing(call))
  }

  /** What makes a page that asks learn how a call is now. */
  #listing(call: LegacyCall): () => void {
    const { isUp, state, mediaType } = call
    const front = this.#front
    const over = endings[`call:${state}`] !== undefined || state === 'disconnected'
    return () => {
      call.told = isUp && !over ? { state, mediaType } : null
      if (call.told) this.#listed.add(call)
      else this.#listed.delete(call)
      this.#toldFront = front
    }
  }

  #early(name: string, payload: CallEvent): void {
    const call = this.#callOf(payload)
    const { index, party, mediaType, codec } = call
    const codecs = name !== 'dialing' && { codec }
    this.events.tell(name, { index, ...party, mediaType, ...codecs, timestamp: payload.timestamp })
  }

  #connecting(name: string, payload: CallEvent): void {
    const call = this.#callOf(payload)
    // The original told of the callee's media when they were agreed on.
    if (call.type === 'Incoming') this.#tell('media:established', call)
    this.#move(call, 'connecting')
    this.#tell(name, call, call.breed === 'conference' ? { from: payload.from } : {})
  }

  #connected(name: string, payload: CallEvent): void {
    const call = this.#callOf(payload)
    const before = this.#front
    const behind = this.#isBehind(call) && { background: true }
    call.state = 'connected'
    this.#front = call
    const changed = { ...this.#payload(call), oldState: 'connecting', newState: 'connected', ...behind }
    this.events.tell('call:state-changed', changed, this.#listing(call))
    const { downgrade } = payload as PhoneEvents['call:connected']
    this.#tell(name, call, downgrade ? { downgrade } : {})
    if (before && before !== call) this.#tellSwitch(before, call)
  }

  #established(name: string, payload: CallEvent): void {
    const call = this.#callOf(payload)
    if (call.type === 'Outgoing') this.#tell(name, call)
  }

  #held(payload: CallEvent): void {
    const call = this.#callOf(payload)
    const { generator = 'receiver' } = payload
    const change = { operation: 'hold', generator } as const
    if (generator === 'receiver') this.#acceptedBy(call, change)
    else {
      this.#move(call, 'modification-initiated', change)
      if (call.breed === 'call') this.#tell('call:modification-in-progress', call, change)
      this.#move(call, 'held', change)
    }
    this.#tellHold(`${call.breed}:held`, call, payload, change)
    const switching = this.#switching
    if (generator === 'initiator' && switching?.from === call) this.#toldSwitch(switching)
  }

  #resumed(payload: CallEvent): void {
    const call = this.#callOf(payload)
    const { generator = 'receiver' } = payload
    const change = { operation: 'resume', generator } as const
    const switching = this.#switching
    if (generator === 'initiator' && switching?.to === call) this.#toldSwitch(switching)
    if (generator === 'receiver') this.#acceptedBy(call, change)
    else {
      this.#move(call, 'modification-initiated', change)
      if (call.breed === 'call') this.#tell('call:modification-in-progress', call, change)
      this.#restart(call, change)
    }
    this.#tellHold(`${call.breed}:resumed`, call, payload, change)
  }

  /** Media flow again, or others do. */
  #restart(call: LegacyCall, change: LegacyChange): void {
    const { state: oldState } = call
    call.state = 'connected'
    this.events.tell('media:established', this.#payload(call, change), this.#listing(call))
    const behind = this.#isBehind(call) && { background: true }
    const payload = { ...this.#payload(call, change), oldState, newState: 'connected', ...behind }
    this.events.tell('call:state-changed', payload)
  }

  /** The other side changed something, and this side agrees at once: the state is what it was. */
  #acceptedBy(call: LegacyCall, change: Partial<LegacyChange>): void {
    const { state } = call
    // It has taken back what it asked for before.
    call.asked = null
    this.#move(call, 'modification-accepted', change)
    this.#move(call, state, change)
  }

  #tellHold(name: string, call: LegacyCall, payload: CallEvent, change: LegacyChange): void {
    const { participants, invitations } = payload as unknown as PhoneEvents['conference:held']
    const roster = participants && { participants, invitations }
    this.#tell(name, call, { ...change, ...roster, ...(this.#isBehind(call) && { background: true }) })
  }

  /** One side's request, or this side's answer, is on its way. */
  #changing(payload: CallEvent): void {
    const call = this.#callOf(payload)
    const snapshot = this.#phone.snapshot.calls.find(({ index }) => index === call.engineIndex)
    if (call.asked) {
      // Who is asked hears of it when it is done, and when both have asked nothing comes of the later request.
      call.refused = snapshot?.asked ?? false
      return
    }
    const { newMediaType } = snapshot ?? {}
    const mediaType = newMediaType ?? call.mediaType
    call.asking = mediaType
    call.mediaType = mediaType
    const change = { operation: wanting(mediaType), generator: 'initiator' } as const
    this.#move(call, 'modification-initiated', change)
    this.#tell('call:modification-in-progress', call, change)
  }

  #askedFor(name: string, payload: PhoneEvents['call:media-modification']): void {
    const call = this.#callOf(payload)
    const { newMediaType } = payload
    if (call.asking) {
      // Both have asked at once, and the other side was first: that nothing came of it is told by the state.
      this.#settle(call, false)
      call.refused = true
    }
    call.asked = newMediaType
    const change = { operation: wanting(newMediaType), generator: 'receiver' } as const
    this.#tell('media:established', call, change)
    this.#tell(name, call, { ...change, newMediaType })
  }

  #changed(payload: PhoneEvents['call:state-changed']): void {
    const { generator, operation, mediaType, refused = false } = payload
    const call = this.#callOf(payload)
    if (generator === 'initiator' && call.asking) {
      call.refused = refused
      this.#settle(call, !refused, mediaType)
      return
    }
    const { to, from } = payload
    // The other party is somebody else after a transfer.
    call.peer = to ?? from ?? call.peer
    const change = { generator: 'receiver' as const, ...(operation && { operation }) }
    this.#acceptedBy(call, change)
  }

  /** What this side asked for is over. */
  #settle(call: LegacyCall, accepted: boolean, mediaType?: MediaType): void {
    if (call.state !== 'modification-initiated') return
    const change = { operation: wanting(call.asking ?? call.mediaType), generator: 'initiator' } as const
    const { mediaType: before } = this.#phone.snapshot.calls.find(({ index }) => index === call.engineIndex) ?? call
    call.asking = null
    call.mediaType = mediaType ?? before
    if (accepted) this.#restart(call, change)
    else this.#move(call, 'connected', change)
  }

  #notified(name: string, payload: CallEvent): void {
    const call = this.#find(payload.index)
    // That nothing came of a request is told by the state.
    if (call?.asking) this.#settle(call, false)
    else if (call?.refused) call.refused = false
    else this.#pass(name, payload)
  }

  #disconnecting(name: string, payload: CallEvent): void {
    const call = this.#callOf(payload)
    if (call.isUp) this.#move(call, 'disconnecting')
    if (!this.hush) this.#tell(name, call)
  }

  #ended(name: string, payload: CallEvent): void {
    const call = this.#callOf(payload)
    const { isUp, type, state } = call
    // At its host this tells of a participant.
    if (name === 'conference:invitation-rejected' && (isUp || type === 'Outgoing')) return this.#pass(name, payload)
    if (this.hush === 'ringing' && !isUp) return this.#forget(call)
    const wasFront = this.#front === call
    if (isUp || type === 'Outgoing' || state === 'connecting') {
      const behind = this.#isBehind(call) && { background: true }
      const newState = endings[name] ?? 'disconnected'
      call.state = newState
      this.#forget(call)
      const changed = { ...this.#payload(call), oldState: state, newState, ...behind }
      this.events.tell('call:state-changed', changed, this.#listing(call))
    } else this.#forget(call)
    const others = this.#up().length > 0
    const { message, participants, invitations } = payload as unknown as PhoneEvents['conference:ended']
    this.#tell(name, call, {
      ...(message !== undefined && { message }),
      ...(participants && { participants, invitations }),
      ...(isUp && others && { background: true }),
    })
    if (isUp && wasFront && this.#front) this.#tellSwitch(null, this.#front)
  }

  #forget(call: LegacyCall): void {
    const at = this.#calls.indexOf(call)
    if (at >= 0) this.#calls.splice(at, 1)
    if (this.#front === call) this.#front = this.#up()[0] ?? null
    if (this.#switching?.from === call || this.#switching?.to === call) this.#switching = null
  }

  #switched(): void {
    // Somebody else, a tag, had the calls change places.
    if (!this.#switching) this.switching()
    if (this.#switching) this.#toldSwitch(this.#switching)
    this.#switching = null
  }

  #toldSwitch(switching: Switching): void {
    if (switching.told) return
    switching.told = true
    this.#tellSwitch(switching.from, switching.to)
  }

  #tellSwitch(from: LegacyCall | null, to: LegacyCall): void {
    this.#front = to
    const payload = {
      ...(from && { from: this.#switchedCall(from) }),
      to: this.#switchedCall(to),
      timestamp: new Date(),
    }
    this.events.tell('session:call-switched', payload, () => {
      this.#toldFront = to
    })
  }

  /** The specification gives the peer's address, the original gave the whole call: this is both. */
  #switchedCall(call: LegacyCall): object {
    const { peer } = call
    return Object.defineProperty(this.#payload(call), 'toString', { value: () => peer ?? '' })
  }

  #failed(error: PhoneError): void {
    const { ErrorCode, HttpStatusCode = ErrorCode, timestamp } = error
    // A request found that the session is over: session:expired tells that.
    if (/^40[14]$/.test(HttpStatusCode) && this.#phone.snapshot.session.state === 'expired') return
    if (HttpStatusCode === '502' || HttpStatusCode === '503') {
      const sessionId = this.#phone.snapshot.session.id
      this.events.tell('gateway:unreachable', { ...(sessionId !== null && { sessionId }), timestamp })
    } else this.events.tell('error', this.#legacyError(error))
  }

  /** The same error is the same object, no matter what tells it. */
  #legacyError(error: PhoneError): LegacyError {
    const told = this.#errors.get(error) ?? legacyError(error)
    this.#errors.set(error, told)
    return told
  }
}
